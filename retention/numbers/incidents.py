"""What stands out of the recordings of a unit, for its head: what came late, what was filmed in a dwelling or closed
yard without an exception, files that never came, and recordings that arrived when judging had closed (T-07, T-11).

By camera and moment only: who wore it, and what is seen, is not said here.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection

SHOWN = 20
"""So many of a kind are listed, the newest; all are counted."""


class Incident(NamedTuple):
    """One recording, as the head of its unit knows it."""

    unit: str
    camera_serial: str
    used_from: datetime
    arrived_at: datetime


class Kind(NamedTuple):
    """A kind of incident: its name in a page, and in words: what happened and what follows."""

    name: str
    title: str
    what: str
    condition: str


KINDS = (
    Kind(
        "te_laat",
        "Binnengekomen toen beoordelen al gesloten was",
        "Niemand kon deze opnamen nog beoordelen. Zij worden vernietigd.",
        "r.arrived_at >= r.judging_closes_at",
    ),
    Kind(
        "zonder_uitzondering",
        "In een woning of op een besloten erf, zonder uitzondering",
        "Daar mag alleen bij nood of heterdaad worden gefilmd.",
        "r.rank = 0",
    ),
    Kind(
        "laat",
        "Laat aangeleverd",
        "Deze opnamen kwamen meer dan 48 uur na het einde van de dienst binnen.",
        "r.late",
    ),
    Kind(
        "zonder_bestand",
        "Bestand niet binnen na 48 uur",
        "De gegevens zijn er, het beeld niet. Kijk in het dock.",
        "r.file_seen_at IS NULL AND r.status <> 'vernietigd' AND r.arrived_at <= retention_now() - interval '48 hours'",
    ),
)


class Found(NamedTuple):
    """How many of a kind there are in the period, and the newest of them."""

    kind: Kind
    all: int
    newest: list[Incident]


ONE = """
SELECT %(name{n})s, unit.name, r.camera_serial, r.used_from, r.arrived_at, count(*) OVER ()
FROM retention_recording r JOIN organisation_unit unit ON unit.id = r.unit_id
WHERE {condition} AND r.unit_id IN (SELECT id FROM place) AND r.arrived_at >= (SELECT at FROM since)
ORDER BY r.arrived_at DESC LIMIT %(shown)s
"""
WITH = """
WITH since AS MATERIALIZED (SELECT retention_after(retention_day(retention_now()), 1 - %(days)s) AS at),
place AS MATERIALIZED (SELECT id FROM organisation_unit WHERE parent_id IS NULL AND (%(all)s OR id = ANY(%(units)s)))
"""


def incidents(units: set[int] | None, period: timedelta) -> Iterator[Found]:
    """Of these units (None: of all), each kind, over so many days up to now. One query."""
    given: dict[str, Any] = {"all": units is None, "units": list(units or ()), "days": period.days, "shown": SHOWN}
    given |= {f"name{n}": kind.name for n, kind in enumerate(KINDS)}
    parts = [f"({ONE.format(n=n, condition=kind.condition)})" for n, kind in enumerate(KINDS)]
    with connection.cursor() as cursor:
        cursor.execute(WITH + " UNION ALL ".join(parts), given)
        rows = cursor.fetchall()
    for kind in KINDS:
        found = [row for row in rows if row[0] == kind.name]
        yield Found(kind, found[0][-1] if found else 0, [Incident(*row[1:-1]) for row in found])
