"""What the worker does for people and units: mail, rights and mandates that ended by their date, units that end.

The secret part of a link is made here, so that no queue holds it.
"""

from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse

from bodycams.celery import app
from bodycams.mail import Link, Mail, Part
from organisation import endings, journal_mail, mandates, services
from organisation.models import Person
from workflow import clock


@app.task(autoretry_for=(OSError, SMTPException), retry_backoff=True, max_retries=8)
def mail_password_link(pk: int) -> None:
    """Mail a person the link to choose a password. Sent twice, both links work until a password is chosen."""
    person = Person.objects.people().filter(pk=pk, is_active=True).exclude(email="").first()
    if person is None:
        return
    path = reverse("choose-password", args=[person.pk, default_token_generator.make_token(person)])
    days = settings.PASSWORD_RESET_TIMEOUT // 86400
    again = "Werkt de link niet meer? Vraag de functioneel beheerder om een nieuwe."
    parts = [
        Part(["U hebt een account in het Bodycamregister. U logt in met uw personeelsnummer."]),
        Part([], [Link("Kies eerst een wachtwoord", path)]),
        Part([f"Deze link werkt één keer, en {days} dagen lang. {again}"]),
        Part(["Hebt u dit niet verwacht? Meld het aan de functioneel beheerder."]),
    ]
    Mail(person.email, "Kies uw wachtwoord", parts).message().send()


@app.task
def end_mandates_of_former_heads() -> None:
    mandates.end_mandates_of_former_heads(clock.now())


@app.task
def carry_out_endings() -> None:
    endings.carry_out_endings(clock.now())


@app.task
def mail_anchor() -> None:
    """The newest seal of the journal to the auditors, each day or as often as is set."""
    journal_mail.mail_anchor(clock.now())


@app.task
def derive_all_rights() -> None:
    """Every night: whose role ended by its date alone loses the rights that were derived from it."""
    services.derive_all_rights(clock.now())
