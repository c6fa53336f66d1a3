"""The addresses of log-in, one's own account, units, people and roles, and the journal. No personnel number is part of
a path.
"""

from django.urls import path

from organisation import (
    account_views,
    administration_views,
    directory_views,
    ending_views,
    journal_views,
    token_views,
    views,
)

urlpatterns = [
    path("inloggen/", views.log_in, name="login"),
    path("inloggen/wachtwoord/<int:pk>/<str:token>/", account_views.choose_password, name="choose-password"),
    path("uitloggen/", views.log_out, name="logout"),
    path("account/", account_views.account, name="account"),
    path("account/wachtwoord/", account_views.change_password, name="password-change"),
    path("account/mail/", account_views.mail_choice, name="mail-choice"),
    path("account/ingelogd/", account_views.stay, name="stay"),
    path("account/mandaten/nieuw/", account_views.new_mandate, name="new-mandate"),
    path("account/mandaten/<int:pk>/intrekken/", account_views.end_mandate, name="end-mandate"),
    path("journaal/", journal_views.journal, name="journal"),
    path("journaal/export/", journal_views.journal_export, name="journal-export"),
    path("journaal/zegels/", journal_views.journal_seals, name="journal-seals"),
    path("organisatie/", directory_views.units, name="organisation"),
    path("organisatie/eenheden/nieuw/", ending_views.new_unit, name="new-unit"),
    path("organisatie/eenheden/<str:code>/", directory_views.unit, name="unit"),
    path("organisatie/eenheden/<str:code>/opheffen/", ending_views.new_ending, name="new-ending"),
    path("organisatie/opheffingen/", ending_views.endings, name="endings"),
    path("organisatie/opheffingen/<int:pk>/", ending_views.ending, name="ending"),
    path("organisatie/opheffingen/<int:pk>/antwoord/", ending_views.answer_ending, name="answer-ending"),
    path("organisatie/mensen/", directory_views.people, name="people"),
    path("organisatie/mensen/nieuw/", administration_views.new_account, name="new-account"),
    path("organisatie/mensen/<int:pk>/", directory_views.person, name="person"),
    path("organisatie/mensen/<int:pk>/rol/", administration_views.new_role, name="new-role"),
    path("organisatie/mensen/<int:pk>/sluiten/", administration_views.close_account, name="close-account"),
    path("organisatie/mensen/<int:pk>/openen/", administration_views.open_account, name="open-account"),
    path("organisatie/mensen/<int:pk>/wachtwoordlink/", administration_views.send_link, name="send-link"),
    path("organisatie/rollen/<int:pk>/beeindigen/", administration_views.finish_role, name="finish-role"),
    path("organisatie/rollen/<int:pk>/waarneming/", administration_views.new_deputy, name="new-deputy"),
    path("organisatie/tokens/", token_views.api_tokens, name="api-tokens"),
    path("organisatie/tokens/nieuw/", token_views.new_api_token, name="new-api-token"),
    path("organisatie/tokens/<int:pk>/intrekken/", token_views.revoke_api_token, name="revoke-api-token"),
]
