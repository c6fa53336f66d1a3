"""Loading the stories: everything in the order in which it happened in the country, each thing in its own transaction.

What was told before is read back from the journal, so that a loading which was broken off goes on where it stopped, at
the same moments. A second loading finds that the first was finished. How a thing is told is in `tell.py`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from itertools import chain
from typing import NamedTuple

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import connection
from django.db.models import F

from initiatives.concepts import NotAConcept, SavedByAnother
from initiatives.demo.moments import moment_of, moments
from initiatives.demo.stories import Story, Told, read
from initiatives.demo.tell import TELLS, Teller
from initiatives.mail import latest_morning
from initiatives.models import Notice
from initiatives.reminders import oversee, remind
from journal.models import Entry
from journal.origin import DEMONSTRATION, telling
from journal.read import trail
from journal.write import record
from organisation.models import Person
from organisation.refusals import OrganisationRefused
from workflow.take import NotThere, Refused

BEGUN, FINISHED = "demonstratie_begonnen", "demonstratie_geladen"
LOCK = 20150219
"""The number of the lock in the database that lets in one loading at a time."""

READ_WITHIN = timedelta(days=10)
"""So soon everybody has read a notice; newer ones are still unread."""

REFUSALS = (Refused, NotThere, SavedByAnother, NotAConcept, OrganisationRefused, PermissionDenied, ObjectDoesNotExist)


class CannotGoOn(Exception):
    """A loading was broken off and what it had made was changed since. The message is a Dutch sentence."""


class Event(NamedTuple):
    """One thing that happens: part `place` of what is called `key`."""

    at: datetime
    key: str
    place: int
    tell: Callable[[datetime], None]

    @property
    def name(self) -> tuple[str, int]:
        return self.key, self.place


def load_stories(at: datetime, report: Callable[[str], None]) -> int:
    """Tell all stories that were not told yet, as they stand at the moment `at`; answers with how many things happened.

    Raises `CannotGoOn`.
    """
    with _one_at_a_time():
        system = Person.objects.get(number=Person.SYSTEM)
        known = {entry.action: entry for entry in trail(system).filter(action__in=(BEGUN, FINISHED))}
        if FINISHED in known:
            report("Initiatieven: ze waren er al.")
            return 0
        begun = known.get(BEGUN) or _mark(system, BEGUN, "Het laden van de demonstratiegegevens is begonnen.", at)
        base = datetime.fromisoformat(begun.data["as_of"])
        happened = _go_on(base, report)
        Notice.objects.unread().filter(created_at__lt=base - READ_WITHIN).update(read_at=F("created_at"))
        _remind(latest_morning(base))
        _mark(system, FINISHED, "De demonstratiegegevens zijn geladen.", at)
        return happened


def events(teller: Teller) -> list[Event]:
    """Everything that happens, in the order of the country: so numbers follow the days of filing."""
    return sorted(chain.from_iterable(_events_of(told, teller) for told in read()), key=lambda one: (one.at, one.name))


def _events_of(told: Told, teller: Teller) -> Iterator[Event]:
    if isinstance(told, Story):
        for place, (part, at) in enumerate(zip(told.parts, moments(told, teller.base), strict=True)):
            yield Event(at, told.key, place, partial(teller.part, told, part))
    else:
        yield Event(moment_of(told.key, told.day, teller.base), told.key, 0, partial(TELLS[type(told)], teller, told))


def _go_on(base: datetime, report: Callable[[str], None]) -> int:
    """Tell what was not told before."""
    earlier = Entry.objects.filter(origin=DEMONSTRATION, data__has_key="story")
    told, made = set(), {}
    for key, place, kind, pk in earlier.values_list("data__story", "data__part", "object_type", "object_id"):
        told.add((key, place))
        if place == 0 and kind == "initiatives.initiative":
            made[key] = int(pk)
    ahead = [event for event in events(Teller(base, made)) if event.name not in told]
    for number, event in enumerate(ahead, start=1):
        try:
            with telling(event.at, story=event.key, part=event.place):
                event.tell(event.at)
        except REFUSALS as refusal:
            raise CannotGoOn(
                "Een eerdere keer is het laden afgebroken, en daarna is er iets veranderd. Verder laden kan niet: "
                f"begin met een lege database. Het ging om {event.key}, onderdeel {event.place}. {refusal}"
            ) from refusal
        if number % 50 == 0 or number == len(ahead):
            report(f"Initiatieven: {number} van {len(ahead)} stappen.")
    return len(ahead)


def _remind(morning: datetime) -> None:
    """What the clock told people on the latest morning."""
    with telling(morning):
        remind(morning)
        oversee(morning)


def _mark(system: Person, action: str, sentence: str, at: datetime) -> Entry:
    return record(action, sentence, actor=system, role="systeem", about=system, data={"as_of": at.isoformat()})


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Somebody else who loads at this moment goes first; when the database loses us, it loses the lock too.

    Hundreds of things happen, and none waits for the disk: what a power cut loses is told again.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s), set_config('synchronous_commit', 'off', false)", [LOCK])
        try:
            yield
        finally:
            cursor.execute("RESET synchronous_commit")
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
