"""Mailing what people are told: each notice once, by itself or in the digest of its day; the rest not held up by one
that cannot be delivered.

What a notice says is made with what it tells of (`notices.py`, `reminders.py`); when this runs is in `tasks.py`; what a
mail looks like is in `bodycams/mail.py`.
"""

import logging
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.urls import reverse

from bodycams.mail import Attachment, Link, Mail, Part
from initiatives import letters
from initiatives.models import Digest, Notice
from initiatives.words import so_many
from organisation.models import Person
from workflow.clock import AMSTERDAM, local_date
from workflow.dates import weekday_in_words

log = logging.getLogger(__name__)

LONGEST_WAIT = timedelta(hours=6)
MORNING = 7
"""From this hour on, by the clock in the Netherlands, the digest of a day is made."""
SHOWN = 50
"""So many notices stand in a digest at most; the rest is read on the site."""
NOT_ANSWERING = (SMTPServerDisconnected, ConnectionError, TimeoutError)
"""The mail server itself is ill, whatever the mail: it drops the line, or says nothing within `EMAIL_TIMEOUT`."""


def is_morning(at: datetime) -> bool:
    """Whether what is done once a day can be done by now."""
    return at.astimezone(AMSTERDAM).hour >= MORNING


def latest_morning(at: datetime) -> datetime:
    """The latest moment from which on that can be done."""
    day = local_date(at) if is_morning(at) else local_date(at) - timedelta(days=1)
    return datetime.combine(day, time(MORNING), AMSTERDAM)


def gather_digests(at: datetime) -> int:
    """Gather, once a day, what waits for everybody who wants one mail a day; answers with how many digests were made.
    Twice or late changes nothing.
    """
    if not is_morning(at):
        return 0
    today, waiting = local_date(at), Notice.objects.to_mail(at).for_a_digest()
    people = Person.objects.filter(pk__in=waiting.order_by().values("person")).exclude(digests__day=today)
    return sum(_gather(person, at) for person in people)


def _gather(person: Person, at: datetime) -> bool:
    """Whether this person's digest of the day was still to be made, and there is something in it."""
    with transaction.atomic():
        digest, is_new = Digest.objects.get_or_create(person=person, day=local_date(at), defaults={"created_at": at})
        waiting = Notice.objects.to_mail(at).for_a_digest().filter(person=person).values("pk")
        if is_new and Notice.objects.filter(pk__in=waiting).update(digest=digest):
            return True
        transaction.set_rollback(True)
    return False


def mail_notices(at: datetime) -> int:
    """Mail what was not mailed yet; answers with how many mails went out. Can run twice at once, and stops when the
    mail server cannot be reached or does not answer: the next run goes on.
    """
    server = get_connection()
    sent = 0
    try:
        alone = letters.not_waiting_for_a_letter(Notice.objects.to_mail(at).on_their_own(), at)
        for outbox in (alone, Digest.objects.to_mail(at)):
            while (mailed := _mail_next(server, outbox, at)) is not None:
                sent += mailed
    except OSError as unreachable:
        log.warning("mail server cannot be reached: %s", type(unreachable).__name__)
    server.close()
    return sent


def _mail_next(server: BaseEmailBackend, outbox: Any, at: datetime) -> bool | None:
    """Whether the next of them went out; None when there is no more. Its row is locked while it is sent, and marked in
    the same transaction, so that nobody sends it again.
    """
    failure: Exception | None = None
    with transaction.atomic():
        waiting = outbox.select_related("person").select_for_update(of=("self",), skip_locked=True)
        row: Notice | Digest | None = waiting.first()
        if row is None:
            return None
        server.open()
        try:
            server.send_messages([mail_of(row).message()])
            row.mailed_at = at
        except Exception as refused:
            failure = refused
            server.close()
            row.tries += 1
            row.try_after = at + min(timedelta(minutes=2**row.tries), LONGEST_WAIT)
            log.warning("%s %s not mailed, try %s: %s", row._meta.model_name, row.pk, row.tries, type(refused).__name__)
        row.save(update_fields=["mailed_at", "tries", "try_after"])
        if isinstance(row, Digest) and row.mailed_at:
            row.notices.update(mailed_at=at)
    if isinstance(failure, NOT_ANSWERING):
        raise failure
    return failure is None


def mail_of(row: Notice | Digest) -> Mail:
    """The mail of a notice or of a digest."""
    return _mail_of_digest(row) if isinstance(row, Digest) else _mail_of_notice(row)


def _mail_of_notice(notice: Notice) -> Mail:
    enclosed = _letters([notice])
    parts = [Part(notice.paragraphs, notice.leads_to), *_named(enclosed), _choice(notice.person)]
    return Mail(notice.person.email, notice.subject, parts, f"notice-{notice.pk}", enclosed)


def _mail_of_digest(digest: Digest) -> Mail:
    notices = list(digest.notices.order_by("pk"))
    subject = so_many(len(notices), "bericht", "berichten")
    day = weekday_in_words(local_date(digest.created_at))
    shown = [Part(notice.paragraphs, notice.leads_to, heading=notice.subject) for notice in notices[:SHOWN]]
    rest = list(_left_out(len(notices) - SHOWN))
    enclosed = _letters(notices[:SHOWN])
    parts = [Part([f"Dit is uw mail van {day}."]), *shown, *rest, *_named(enclosed), _choice(digest.person)]
    return Mail(digest.person.email, f"Bodycamregister: {subject}", parts, f"digest-{digest.pk}", enclosed)


def _letters(notices: list[Notice]) -> list[Attachment]:
    return [letter for notice in notices if (letter := letters.for_notice(notice))]


def _named(enclosed: list[Attachment]) -> Iterator[Part]:
    if enclosed:
        start = "De brief zit" if len(enclosed) == 1 else "De brieven zitten"
        yield Part([f"{start} bij dit bericht: {', '.join(letter.name for letter in enclosed)}."])


def _left_out(count: int) -> Iterator[Part]:
    if count > 0:
        verb = "is" if count == 1 else "zijn"
        sentence = f"Er {verb} nog {so_many(count, 'bericht', 'berichten')}."
        yield Part([sentence], [Link("Naar uw meldingen", reverse("notices"))])


def _choice(person: Person) -> Part:
    """How somebody gets mail, and where that is chosen."""
    how = {
        Person.Mail.AT_ONCE: "U krijgt elk bericht meteen. Dat kan ook met één mail per dag.",
        Person.Mail.DAILY: "U krijgt één mail per dag. Besluiten krijgt u meteen.",
    }
    return Part([how[Person.Mail(person.mail)]], [Link("Kies hoe u mail krijgt", reverse("mail-choice"))])
