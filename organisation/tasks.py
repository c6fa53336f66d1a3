"""What the worker does for people: mail, and every night their rights.

The secret part of a link is made here, so that no queue holds it.
"""

from smtplib import SMTPException

from celery import shared_task
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from organisation import services
from organisation.models import Person
from workflow import clock


@shared_task(autoretry_for=(OSError, SMTPException), retry_backoff=True, max_retries=8)
def mail_password_link(pk: int) -> None:
    """Mail a person the link to choose a password. Sent twice, both links work until a password is chosen."""
    person = Person.objects.people().filter(pk=pk, is_active=True).exclude(email="").first()
    if person is None:
        return
    path = reverse("choose-password", args=[person.pk, default_token_generator.make_token(person)])
    context = {"url": f"{settings.SITE_URL}{path}", "days": settings.PASSWORD_RESET_TIMEOUT // 86400}
    send_mail("Kies uw wachtwoord", render_to_string("mail/password_link.txt", context), None, [person.email])


@shared_task
def derive_all_rights() -> None:
    """Every night: whose role ended by its date alone loses the rights that were derived from it."""
    services.derive_all_rights(clock.now())
