"""Telling judges and privacy officers of recordings that came in when judging had closed: nobody could judge them, and
the clock destroys them (T-07). A dock whose clock lies years back makes all that it delivers so: the 28 days count from
the earliest moment that is known, since nobody can say that they have not passed.

Told with the reminders of the day, each arrival once. Who heads the unit finds them among its
numbers (`numbers/incidents.py`).
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from django.db import connection
from django.urls import reverse

from bodycams.mail import Link
from initiatives.notices import tell_people
from initiatives.words import thousands
from organisation.models import Person, Unit
from workflow.clock import local_date, midnight
from workflow.dates import day_in_words

SHOWN = 20
ARRIVED = """
SELECT r.camera_serial, count(*), count(*) FILTER (WHERE r.set_apart) FROM retention_recording r
WHERE r.unit_id = %s AND r.arrived_at >= r.judging_closes_at AND r.arrived_at >= %s AND r.arrived_at < %s
GROUP BY 1 ORDER BY 2 DESC, 1
"""


class Arrived(NamedTuple):
    """Of one camera: how many came too late, and of how many of those the clocks contradict each other."""

    camera_serial: str
    number: int
    clock_wrong: int


def tell(unit: Unit, judges: list[Person], officers: list[Person], since: date, at: datetime) -> int:
    """Of what came in from that day on, up to today. Answers with how many people were told."""
    with connection.cursor() as cursor:
        cursor.execute(ARRIVED, [unit.pk, midnight(since), midnight(local_date(at))])
        arrived = [Arrived(*row) for row in cursor.fetchall()]
    if not arrived:
        return 0
    subject, lines = f"Te laat om te beoordelen: {unit.name}", list(_lines(unit, arrived, since))
    tell_people(judges, subject, lines, Link("Naar de opnamen", reverse("recordings")), at=at)
    tell_people(officers, subject, lines, Link("Naar de cijfers", reverse("recording-numbers")), at=at)
    return len(judges) + len(officers)


def _lines(unit: Unit, arrived: list[Arrived], since: date) -> Iterator[str]:
    number, wrong = sum(one.number for one in arrived), sum(one.clock_wrong for one in arrived)
    many = "kwam 1 opname" if number == 1 else f"kwamen {thousands(number)} opnamen"
    yield f"Sinds {day_in_words(since)} {many} van {unit.name} binnen toen het beoordelen al gesloten was."
    yield "Niemand kon ze beoordelen. De klok vernietigt ze, of heeft dat al gedaan."
    cameras = ", ".join(one.camera_serial for one in arrived[:SHOWN])
    yield f"Camera: {cameras}{' en andere' if len(arrived) > SHOWN else ''}."
    if wrong:
        yield f"Bij {thousands(wrong)} daarvan spreken de klokken van camera en dock elkaar tegen. Laat ze nakijken."
