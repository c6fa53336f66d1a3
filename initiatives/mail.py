"""Mailing the notices of the steps: each once, the rest not held up by one that cannot be delivered.

What a notice says is made with the step (`notices.py`); when this runs is in `tasks.py`; what a mail looks like is in
`bodycams/mail.py`.
"""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPServerDisconnected

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.urls import reverse

from bodycams.mail import Link, Mail, Part
from initiatives.models import Notice

log = logging.getLogger(__name__)

LONGEST_WAIT = timedelta(hours=6)
NOT_ANSWERING = (SMTPServerDisconnected, ConnectionError, TimeoutError)
"""The mail server itself is ill, whatever the mail: it drops the line, or says nothing within `EMAIL_TIMEOUT`."""


def mail_notices(at: datetime) -> int:
    """Mail what was not mailed yet; answers with how many went out. Can run twice at once, and stops when the mail
    server cannot be reached or does not answer: the next run goes on.
    """
    server = get_connection()
    sent = 0
    try:
        while (mailed := _mail_next(server, at)) is not None:
            sent += mailed
    except OSError as unreachable:
        log.warning("mail server cannot be reached: %s", type(unreachable).__name__)
    server.close()
    return sent


def _mail_next(server: BaseEmailBackend, at: datetime) -> bool | None:
    """Whether the next notice went out; None when there is no more. Its row is locked while it is sent, and marked in
    the same transaction, so that nobody sends it again.
    """
    failure: Exception | None = None
    with transaction.atomic():
        waiting = Notice.objects.to_mail(at).select_related("person")
        notice = waiting.select_for_update(of=("self",), skip_locked=True).first()
        if notice is None:
            return None
        server.open()
        try:
            server.send_messages([mail_of(notice).message()])
            notice.mailed_at = at
        except Exception as refused:
            failure = refused
            server.close()
            notice.tries += 1
            notice.try_after = at + min(timedelta(minutes=2**notice.tries), LONGEST_WAIT)
            log.warning("notice %s not mailed, try %s: %s", notice.pk, notice.tries, type(refused).__name__)
        notice.save(update_fields=["mailed_at", "tries", "try_after"])
    if isinstance(failure, NOT_ANSWERING):
        raise failure
    return failure is None


def mail_of(notice: Notice) -> Mail:
    """The notice as a mail."""
    link = Link("Naar het dossier", reverse("file", args=[notice.initiative_id]))
    part = Part(notice.body.split("\n\n"), [link])
    return Mail(notice.person.email, notice.subject, [part], name=f"notice-{notice.pk}")
