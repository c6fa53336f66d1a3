"""Addresses of the procedure."""

from django.urls import path

from initiatives.views import concept, file, my_work, notices, overview, overview_pdf, procedure, register, scope, step

urlpatterns = [
    path("", my_work.my_work, name="my-work"),
    path("beleid/", procedure.policy, name="policy"),
    path("initiatieven/", register.register, name="register"),
    path("initiatieven/<int:pk>/", file.file, name="file"),
    path("initiatieven/<int:pk>/bewerken/", concept.concept, name="concept"),
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
]
