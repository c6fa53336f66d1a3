"""Addresses of the procedure."""

from django.urls import path

from initiatives.views import (
    concept,
    file,
    letter,
    my_work,
    notices,
    overview,
    overview_pdf,
    policy,
    policy_changes,
    procedure,
    register,
    scope,
    step,
    terms,
)

urlpatterns = [
    path("", my_work.my_work, name="my-work"),
    path("beleid/", policy.policy, name="policy"),
    path("beleid/regels/<str:code>/", policy.policy_rule, name="policy-rule"),
    path("beleid/regels/<str:code>/veranderen/", policy_changes.propose_policy, name="propose-policy"),
    path("beleid/verschillen/", policy.policy_differences, name="policy-differences"),
    path("beleid/voorstellen/<int:pk>/", policy_changes.policy_change, name="policy-change"),
    path("beleid/voorstellen/<int:pk>/antwoord/", policy_changes.answer_policy, name="answer-policy"),
    path("initiatieven/", register.register, name="register"),
    path("initiatieven/<int:pk>/", file.file, name="file"),
    path("initiatieven/<int:pk>/bewerken/", concept.concept, name="concept"),
    path("initiatieven/<int:pk>/brieven/<int:n>.pdf", letter.letter, name="letter"),
    path("initiatieven/<int:pk>/stap/<str:name>/", step.step, name="step"),
    path("initiatieven/<int:pk>/weggooien/", concept.discard, name="discard"),
    path("initiatieven/buiten-procedure/", scope.outside_list, name="outside-list"),
    path("initiatieven/buiten-procedure/<int:pk>/", scope.turn_outside, name="turn-outside"),
    path("initiatieven/nieuw/", scope.scope_check, name="scope-check"),
    path("meldingen/", notices.notices, name="notices"),
    path("meldingen/gelezen/", notices.read_notices, name="read-notices"),
    path("overzicht/", overview.overview, name="overview"),
    path("overzicht/goedgekeurde-initiatieven.pdf", overview_pdf.overview_pdf, name="overview-pdf"),
    path("procedure/", procedure.procedure, name="procedure"),
    path("termijnen/", terms.terms, name="terms"),
    path("termijnen/dagen/nieuw/", terms.new_decree_day, name="new-decree-day"),
    path("termijnen/dagen/<int:pk>/weghalen/", terms.remove_decree_day, name="remove-decree-day"),
]
