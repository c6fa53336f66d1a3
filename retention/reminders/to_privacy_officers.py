"""What privacy officers are reminded of: requests to decide, holds to look at again, holds that end soon.

Once a day to each of them, by a notice that is mailed as any other. Beat asks every hour; asking twice changes nothing.
"""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse

from initiatives.mail import is_morning
from initiatives.models import Notice
from journal.origin import moment_told
from organisation.models import Person
from organisation.roles import Role
from retention.holds import last_day_of
from retention.models import Hold, PrivacyReminder, PrivacyRequest
from retention.request_terms import warned_of
from retention.words import label_of
from workflow.clock import local_date
from workflow.dates import weekday_in_words

log = logging.getLogger(__name__)

BEFORE_THE_END = (3, 1, 0)
"""So many days before its last day a hold is told of."""
WARNED_AT_MOST = timedelta(days=14)
SHOWN = 100

Link = list[str]


def reminders_due(at: datetime) -> int:
    """Remind every privacy officer of what is due today; answers with how many were told. One that fails does not stop
    the rest.
    """
    if not is_morning(at):
        return 0
    links = list(_links(at))
    officers = Person.objects.holding(Role.PRIVACY, local_date(at)).filter(is_active=True)
    told = 0
    for person in officers.order_by("pk") if links else ():
        try:
            told += _remind(person, links, at)
        except Exception:
            log.exception("person %s could not be reminded", person.pk)
    return told


def _remind(person: Person, links: list[Link], at: datetime) -> bool:
    """Whether nobody told this person today yet."""
    with transaction.atomic():
        _, is_first = PrivacyReminder.objects.get_or_create(person=person, day=local_date(at))
        if is_first:
            Notice.objects.create(
                person=person,
                kind=Notice.Kind.REMINDER,
                subject="Verzoeken en opschortingen die aandacht vragen",
                body="Kijk vandaag naar wat hieronder staat. Een opschorting die niemand verlengt, loopt vanzelf af.",
                links=links[:SHOWN],
                created_at=at,
                mailed_at=moment_told(),
            )
    return is_first


def _links(at: datetime) -> Iterator[Link]:
    """What is due today: its words, where it is, and why now."""
    today = local_date(at)
    for request in (
        PrivacyRequest.objects.undecided().filter(due_on__lte=today + WARNED_AT_MOST).order_by("due_on", "pk")
    ):
        if warned_of(request, today):
            words = f"{request.number}: verzoek om {request.get_kind_display()}"
            yield [
                words,
                reverse("privacy-request", args=[request.pk]),
                f"Besluiten, uiterlijk {weekday_in_words(request.due_on)}",
            ]
    for hold in Hold.objects.in_force(at).select_related("recording").due_first():
        end = last_day_of(hold.ends_at)
        path, words = reverse("hold", args=[hold.pk]), f"Opname van {label_of(hold.recording)}"
        if local_date(hold.look_by) <= today:
            yield [words, path, f"Herbeoordelen, uiterlijk {weekday_in_words(local_date(hold.look_by))}"]
        elif (end - today).days in BEFORE_THE_END:
            yield [words, path, f"Loopt af op {weekday_in_words(end)}"]
