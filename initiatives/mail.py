"""Mailing the notices of the steps: each once, the rest not held up by one that cannot be delivered.

What a notice says is made with the step (`notices.py`); when this runs is in `tasks.py`.
"""

import logging
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from initiatives.models import Notice

log = logging.getLogger(__name__)

LONGEST_WAIT = timedelta(hours=6)


def mail_notices(at: datetime) -> int:
    """Mail what was not mailed yet; answers with how many went out. Can run twice at once, and stops when the mail
    server cannot be reached: the next run goes on.
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
    with transaction.atomic():
        waiting = Notice.objects.to_mail(at).select_related("person")
        notice = waiting.select_for_update(of=("self",), skip_locked=True).first()
        if notice is None:
            return None
        server.open()
        try:
            server.send_messages([message_of(notice)])
            notice.mailed_at = at
        except Exception as refused:
            server.close()
            notice.tries += 1
            notice.try_after = at + min(timedelta(minutes=2**notice.tries), LONGEST_WAIT)
            log.warning("notice %s not mailed, try %s: %s", notice.pk, notice.tries, type(refused).__name__)
        notice.save(update_fields=["mailed_at", "tries", "try_after"])
        return notice.mailed_at is not None


def message_of(notice: Notice) -> EmailMessage:
    """The notice as a mail. Its id is always the same, so that a mail server can tell if it ever came twice."""
    site = urlsplit(settings.SITE_URL)
    url = settings.SITE_URL + reverse("file", args=[notice.initiative_id])
    body = SafeString(notice.body)  # a mail is plain text: nothing in it is read as HTML
    return EmailMessage(
        notice.subject,
        render_to_string("mail/notice.txt", {"body": body, "url": url}),
        to=[notice.person.email],
        headers={"Message-ID": f"<notice-{notice.pk}@{site.hostname}>", "Auto-Submitted": "auto-generated"},
    )
