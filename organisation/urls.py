"""The addresses of log-in, one's own account, units, people and roles, and the journal. No personnel number is part of
a path.
"""

from django.urls import path

from organisation.views import account, administration, directory, door, endings, journal, tokens

urlpatterns = [
    path("inloggen/", door.log_in, name="login"),
    path("inloggen/wachtwoord/<int:pk>/<str:token>/", account.choose_password, name="choose-password"),
    path("uitloggen/", door.log_out, name="logout"),
    path("account/", account.account, name="account"),
    path("account/wachtwoord/", account.change_password, name="password-change"),
    path("account/mail/", account.mail_choice, name="mail-choice"),
    path("account/ingelogd/", account.stay, name="stay"),
    path("account/mandaten/nieuw/", account.new_mandate, name="new-mandate"),
    path("account/mandaten/<int:pk>/intrekken/", account.end_mandate, name="end-mandate"),
    path("journaal/", journal.journal, name="journal"),
    path("journaal/export/", journal.journal_export, name="journal-export"),
    path("journaal/zegels/", journal.journal_seals, name="journal-seals"),
    path("organisatie/", directory.units, name="organisation"),
    path("organisatie/eenheden/nieuw/", endings.new_unit, name="new-unit"),
    path("organisatie/eenheden/<str:code>/", directory.unit, name="unit"),
    path("organisatie/eenheden/<str:code>/opheffen/", endings.new_ending, name="new-ending"),
    path("organisatie/opheffingen/", endings.endings, name="endings"),
    path("organisatie/opheffingen/<int:pk>/", endings.ending, name="ending"),
    path("organisatie/opheffingen/<int:pk>/antwoord/", endings.answer_ending, name="answer-ending"),
    path("organisatie/mensen/", directory.people, name="people"),
    path("organisatie/mensen/nieuw/", administration.new_account, name="new-account"),
    path("organisatie/mensen/<int:pk>/", directory.person, name="person"),
    path("organisatie/mensen/<int:pk>/rol/", administration.new_role, name="new-role"),
    path("organisatie/mensen/<int:pk>/sluiten/", administration.close_account, name="close-account"),
    path("organisatie/mensen/<int:pk>/openen/", administration.open_account, name="open-account"),
    path("organisatie/mensen/<int:pk>/wachtwoordlink/", administration.send_link, name="send-link"),
    path("organisatie/rollen/<int:pk>/beeindigen/", administration.finish_role, name="finish-role"),
    path("organisatie/rollen/<int:pk>/intrekken/", administration.take_role_back, name="withdraw-role"),
    path("organisatie/rollen/<int:pk>/waarneming/", administration.new_deputy, name="new-deputy"),
    path("organisatie/tokens/", tokens.api_tokens, name="api-tokens"),
    path("organisatie/tokens/nieuw/", tokens.new_api_token, name="new-api-token"),
    path("organisatie/tokens/<int:pk>/intrekken/", tokens.revoke_api_token, name="revoke-api-token"),
]
