"""Holds (opschortingen, T-26): destruction waits, for a request, a complaint or a demand. Nothing else waits.

Placing, looking at one every week, extending and releasing; who may do which, and what the journal says of it. That a
recording is held or being destroyed and never both is the database's work (migration 0003); here its refusal becomes a
sentence. Reminding is in `reminders/to_privacy_officers.py`, the pages are in `views/holds.py`.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from journal.models import Result
from journal.write import record
from organisation.models import Person
from organisation.permissions import capacity_with
from organisation.roles import Perm
from retention.choices import HoldReason
from retention.models import Hold, HoldExtension, HoldRelease, HoldReview, Recording, RequestLink
from retention.models.hold import LONGEST
from workflow.clock import local_date, midnight
from workflow.dates import day_in_words

LOOK_AT, EXTEND, RELEASE = "herbeoordelen", "verlengen", "opheffen"
WEEKS_AHEAD = timedelta(weeks=6)
TOO_LATE = "Het vernietigen van deze opname was al begonnen. Een opschorting kan dan niet meer."
OVER = "Deze opschorting is al voorbij."
ONE_EACH = "U hebt deze opname al opgeschort. Langer duurt het alleen als een andere privacyfunctionaris dat verlengt."
ANOTHER = "U hebt deze opschorting zelf geplaatst. Een andere privacyfunctionaris verlengt haar of heft haar op."
OWN_RECORDING = "U droeg de camera van deze opname. Een andere privacyfunctionaris heft de opschorting op."
FAR_ENOUGH = "De laatste dag ligt al zes weken vooruit. Verlengen kan vanaf morgen."
NEEDED = "Een verzoek over deze opname is nog niet gesloten. Tot dan blijft de opschorting."
REFUSED = {
    "can no longer be held": TOO_LATE,
    "released hold has ended": OVER,
    "holds a recording once at a time": ONE_EACH,
}
"""What the database says when somebody else was first, and what people read then."""


class NotPossible(Exception):
    """It cannot be done, or not any more; the message is the sentence that says why."""


class Because(NamedTuple):
    """Why recordings are held, until the end of which day, and who looks after it."""

    reason: str
    explanation: str
    last_day: date
    owner: Person


class Placed(NamedTuple):
    """What became of placing holds on some recordings at once."""

    holds: list[Hold]
    refused: dict[str, int]
    """Why others were not held, and how many for that reason."""


def latest_day(at: datetime) -> date:
    """The last day that a hold placed or extended now may have: six weeks ahead."""
    day = local_date(at) + WEEKS_AHEAD
    fits = midnight(day + timedelta(days=1)).astimezone(UTC) <= at.astimezone(UTC) + LONGEST
    return day if fits else day - timedelta(days=1)  # in autumn six weeks may be an hour longer than their days


def place(recordings: Iterable[Recording], because: Because, *, person: Person, at: datetime) -> Placed:
    """Hold these recordings, each on its own: one that cannot be held keeps none of the others from it. Who holds one
    already does not hold it once more, for whatever reason: longer takes two people. Raises `NotPossible` when none of
    them can be held.
    """
    placed = Placed([], {})
    for recording in recordings:
        try:
            placed.holds.append(_place(recording, because, person, at))
        except NotPossible as refused:
            placed.refused[str(refused)] = placed.refused.get(str(refused), 0) + 1
            _refusal(recording, str(refused), person)
    if not placed.holds:
        raise NotPossible(" ".join(placed.refused) or TOO_LATE)
    return placed


def _place(recording: Recording, because: Because, person: Person, at: datetime) -> Hold:
    with _first_come():
        hold = Hold.objects.create(
            recording=recording,
            reason=because.reason,
            explanation=because.explanation,
            owner=because.owner,
            placed_by=person,
            placed_at=at,
            until_at=first_moment_after(because.last_day),
        )
        until = f"heeft een opschorting geplaatst tot en met {day_in_words(because.last_day)}"
        _trace(hold, "opschorting_geplaatst", until, person, because.explanation)
    return hold


def review(hold: Hold, reasons: str, *, person: Person, at: datetime) -> None:
    """The weekly look: it is still needed. Raises `NotPossible` when it is over."""
    check(LOOK_AT, hold, person, at)
    with transaction.atomic():
        HoldReview.objects.create(hold=hold, reasons=reasons, by=person, at=at)
        _trace(hold, "opschorting_herbeoordeeld", "vindt de opschorting nog nodig", person, reasons)


def extend(hold: Hold, last_day: date, reasons: str, *, person: Person, at: datetime) -> None:
    """Longer, by another than who placed it. Raises `PermissionDenied` and `NotPossible`."""
    check(EXTEND, hold, person, at)
    with _first_come():
        until_at = first_moment_after(last_day)
        HoldExtension.objects.create(hold=hold, until_at=until_at, reasons=reasons, by=person, at=at)
        words = f"heeft de opschorting verlengd tot en met {day_in_words(last_day)}"
        _trace(hold, "opschorting_verlengd", words, person, reasons)


def release(hold: Hold, reasons: str, *, person: Person, at: datetime) -> None:
    """Ended early, by another than who placed it, who did not wear the camera either. Raises `PermissionDenied` and
    `NotPossible`.
    """
    check(RELEASE, hold, person, at)
    with _first_come():
        HoldRelease.objects.create(hold=hold, reasons=reasons, by=person, at=at)
        _trace(hold, "opschorting_opgeheven", "heeft de opschorting opgeheven", person, reasons)


def check(action: str, hold: Hold, person: Person, at: datetime) -> None:
    """Raises `PermissionDenied` for who never may, `NotPossible` for what nobody can now."""
    if refusal := forbidden(action, hold, person):
        raise PermissionDenied(refusal)
    if reason := impossible(action, hold, at):
        raise NotPossible(reason)


def forbidden(action: str, hold: Hold, person: Person) -> str:
    """Why this privacy officer never takes this action with this hold; empty for who may."""
    if action in (EXTEND, RELEASE) and hold.placed_by_id == person.pk:
        return ANOTHER
    return OWN_RECORDING if action == RELEASE and hold.recording.is_of(person) else ""


def impossible(action: str, hold: Hold, at: datetime) -> str:
    """Why nobody can do this now; empty when it can be done."""
    if not is_in_force(hold, at):
        return OVER
    if action == RELEASE and _is_needed_for_a_request(hold):
        return NEEDED
    return FAR_ENOUGH if action == EXTEND and last_day_of(hold.ends_at) >= latest_day(at) else ""


def _is_needed_for_a_request(hold: Hold) -> bool:
    """A hold for a request stays as long as a request about the recording is open, an objection included (T-26)."""
    links = RequestLink.objects.filter(recording=hold.recording, unlink__isnull=True, request__closed_at__isnull=True)
    return hold.reason == HoldReason.REQUEST and links.exists()


def is_in_force(hold: Hold, at: datetime) -> bool:
    """Of a hold that was fetched `with_moments`."""
    return not hasattr(hold, "release") and at < hold.ends_at


def held_until(recording: Recording, at: datetime) -> datetime | None:
    """The first moment at which no hold holds the recording any more; None when none does now."""
    return max((hold.ends_at for hold in Hold.objects.in_force(at).filter(recording=recording)), default=None)


def first_moment_after(day: date) -> datetime:
    return midnight(day + timedelta(days=1))


def last_day_of(moment: datetime) -> date:
    """The day that ends at this first moment after it."""
    return local_date(moment - timedelta(microseconds=1))


@contextmanager
def _first_come() -> Iterator[None]:
    """A transaction, in which the database refuses who came too late; any other fault stays one."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as refused:
        for words, sentence in REFUSED.items():
            if words in str(refused):
                raise NotPossible(sentence) from refused
        raise


def _trace(hold: Hold, action: str, words: str, person: Person, reasons: str) -> None:
    """On record of the hold and not of the recording: a judge only knows that there is one."""
    capacity = capacity_with(person, Perm.GUARD_PRIVACY)
    sentence = f"{capacity.title} {words}."
    data = {"recording": hold.recording_id}
    record(action, sentence, actor=person, role=capacity.role, about=hold, reason=reasons, data=data)


def _refusal(recording: Recording, sentence: str, person: Person) -> None:
    capacity = capacity_with(person, Perm.GUARD_PRIVACY)
    with transaction.atomic():
        record(
            "opschorting_geplaatst",
            "Een opschorting is geweigerd.",
            actor=person,
            role=capacity.role,
            about=recording,
            result=Result.REFUSED,
            reason=sentence,
        )
