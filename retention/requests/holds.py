"""How holds follow a request (T-26): until when its recordings must be held, holding them that long where the acting
person may, and what is left to another privacy officer.

A hold lasts six weeks at most, and who placed it does not extend it. So a step does what this person may do, and the
rest is asked of others, on the page of the request and on their own work page (`work/privacy_errands.py`).
"""

from collections import defaultdict
from collections.abc import Iterable, Set
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Q

from organisation.models import Person
from retention import holds
from retention.choices import HoldReason
from retention.models import Hold, PrivacyRequest, Recording, RequestLink
from retention.procedure import Status
from retention.request_terms import objection_term
from workflow.calendar import equated_days
from workflow.clock import local_date
from workflow.dates import day_in_words

AUTOMATIC = "Automatisch geplaatst: de opname hoort bij verzoek {}."
LONGER = "Automatisch verlengd: verzoek {} loopt nog."
BEFORE_IT_ENDS = timedelta(weeks=4)
"""What is needed beyond six weeks is asked for so long before the hold ends, not every day anew."""


class Short(NamedTuple):
    """A recording of a request that is not held for as long as that needs: until when it is (None: it is not), until
    when it must be, and the holds that are there.
    """

    request: PrivacyRequest
    recording: Recording
    last: date | None
    needed: date
    running: list[Hold]

    def is_for(self, person: Person) -> bool:
        """Whether this person can do something about it: place one, or extend another's."""
        own = [hold.placed_by_id == person.pk for hold in self.running]
        return not own or not all(own)

    def __str__(self) -> str:
        until = "zolang het bezwaar loopt" if self.needed == date.max else f"tot en met {day_in_words(self.needed)}"
        now = f"Opgeschort tot en met {day_in_words(self.last)}" if self.last else "Niet opgeschort"
        return f"{now}, nodig {until}. Een andere privacyfunctionaris dan wie haar plaatste verlengt de opschorting."


def needed_until(request: PrivacyRequest, equated: Set[date]) -> date:
    """The last day on which its recordings must be there: that of the decision, of an objection against it, or as long
    as an objection waits.
    """
    if request.decided_on is None:
        return request.due_on
    if request.objection_waits:
        return date.max
    return date.min if hasattr(request, "objection") else objection_term(request.decided_on, equated).last_day


def is_there(recording: Recording) -> bool:
    """Whether it can still be held."""
    return recording.status != Status.VERNIETIGD and not recording.is_being_destroyed


def hold_first(request: PrivacyRequest, recording: Recording, person: Person, at: datetime) -> Hold | None:
    """A hold for the request, unless something holds the recording already or its destruction has begun."""
    return None if holds.held_until(recording, at) else _place(request, recording, person, at)


def follow(request: PrivacyRequest, links: Iterable[RequestLink], person: Person, at: datetime) -> int:
    """Hold these recordings of the request for as long as it needs them now; answers with how many are left to another
    privacy officer.
    """
    needed, left = needed_until(request, equated_days()), 0
    for link in links:
        running = running_on([link.recording_id], at)[link.recording_id]
        last = _last(running)
        if is_there(link.recording) and (last is None or last < needed):
            left += not _longer(request, link.recording, running, person, at)
    return left


def _longer(request: PrivacyRequest, recording: Recording, running: list[Hold], person: Person, at: datetime) -> bool:
    """Whether this person could: the hold of a request that another placed is extended, else an own one is placed. What
    is being destroyed meanwhile is not left to anybody.
    """
    latest, others = holds.latest_day(at), [hold for hold in running if hold.placed_by_id != person.pk]
    asked = next((hold for hold in others if hold.reason == HoldReason.REQUEST), None)
    if asked is not None:
        if holds.last_day_of(asked.ends_at) < latest:
            with suppress(holds.NotPossible):
                holds.extend(asked, latest, LONGER.format(request.number), person=person, at=at)
        return True
    if len(others) < len(running):
        return False
    _place(request, recording, person, at)
    return True


def _place(request: PrivacyRequest, recording: Recording, person: Person, at: datetime) -> Hold | None:
    because = holds.Because(HoldReason.REQUEST, AUTOMATIC.format(request.number), holds.latest_day(at), person)
    try:
        return holds.place([recording], because, person=person, at=at).holds[0]
    except holds.NotPossible:
        return None


def short(links: Iterable[RequestLink], at: datetime) -> list[Short]:
    """Which of these are not held for as long as their request needs, and can be held longer now. At most two
    queries.
    """
    links, equated = [link for link in links if is_there(link.recording)], equated_days()
    running, today, latest = running_on([link.recording_id for link in links], at), local_date(at), holds.latest_day(at)
    found = []
    for link in links:
        last, needed = _last(running[link.recording_id]), needed_until(link.request, equated)
        is_soon = last is None or needed <= latest or last <= today + BEFORE_IT_ENDS
        if needed > today and (last or date.min) < min(needed, latest) and is_soon:
            found.append(Short(link.request, link.recording, last, needed, running[link.recording_id]))
    return found


def of_open_requests() -> list[RequestLink]:
    """Every recording that a request is about that is not closed. One query."""
    found = RequestLink.objects.filter(unlink__isnull=True, request__closed_at__isnull=True)
    found = found.exclude(Q(recording__status=Status.VERNIETIGD))
    return list(found.select_related("request__objection__outcome", "recording__destruction", "recording__unit"))


def running_on(recordings: Iterable[int], at: datetime) -> dict[int, list[Hold]]:
    """The holds in force on each, the longest last."""
    running: dict[int, list[Hold]] = defaultdict(list)
    for hold in sorted(Hold.objects.in_force(at).filter(recording__in=recordings), key=lambda one: one.ends_at):
        running[hold.recording_id].append(hold)
    return running


def _last(running: list[Hold]) -> date | None:
    return holds.last_day_of(running[-1].ends_at) if running else None
