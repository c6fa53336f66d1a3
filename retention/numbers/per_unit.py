"""Recordings in numbers, per unit: in, judged, destroyed without a judgement, waiting, overdue, the oldest that waits.

No recording is opened here: who sees numbers need not see those. *Overdue* is what is still there after it must be
gone, though it is not necessary, not out of use and not held. What is held past that moment is counted on its own
(T-26). What stands out of single recordings is in `incidents.py`.
"""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import connection

from organisation.permissions import may, units_with
from organisation.roles import Perm

NATIONAL = (Perm.SEE_ALL_FILED, Perm.GUARD_PRIVACY)
"""Who sees the numbers of the whole country."""
OF_A_UNIT = (Perm.ESTABLISH_NECESSITY, Perm.JUDGE_RECORDINGS)
"""The head of a unit, who answers for its recordings, and its judges."""


def units_counted_for(person: Any) -> set[int] | None:
    """The units whose numbers this person sees; None: all."""
    if any(may(person, perm) for perm in NATIONAL):
        return None
    return {unit for perm in OF_A_UNIT for unit in units_with(person, perm)}


def may_count(person: Any) -> bool:
    return units_counted_for(person) != set()


def require_numbers(person: Any) -> set[int] | None:
    """The units whose numbers this person sees; None: all. Raises `PermissionDenied` for who sees none."""
    units = units_counted_for(person)
    if units == set():
        raise PermissionDenied(
            "Aantallen opnamen zijn voor het hoofd, de beoordelaars en wie het landelijk beeld heeft."
        )
    return units


class Numbers(NamedTuple):
    """Of one unit. What came in during the period was judged, destroyed without a judgement, or waits still; the others
    are of now, whenever it came in. `first_closes_at`: of what waits longest to be judged.
    """

    code: str
    name: str
    arrived: int = 0
    judged: int = 0
    unjudged: int = 0
    waiting: int = 0
    overdue: int = 0
    held: int = 0
    first_closes_at: datetime | None = None

    def plus(self, other: "Numbers") -> "Numbers":
        """Of both together, under the name of the first."""
        closing = [moment for moment in (self.first_closes_at, other.first_closes_at) if moment]
        sums = {name: getattr(self, name) + getattr(other, name) for name in COUNTS}
        return self._replace(**sums, first_closes_at=min(closing, default=None))

    @property
    def counts(self) -> tuple[int, ...]:
        return tuple(getattr(self, name) for name in COUNTS)


COUNTS = ("arrived", "judged", "unjudged", "waiting", "overdue", "held")
NUMBERS = """
WITH moment AS MATERIALIZED (SELECT retention_now() AS at),
since AS MATERIALIZED (SELECT retention_after(retention_day(at), 1 - %(days)s) AS at FROM moment)
SELECT (SELECT at FROM moment), unit.code, unit.name, came.n, came.judged, came.unjudged, came.waiting,
       beyond.overdue, beyond.held, first.closes_at
FROM organisation_unit unit
CROSS JOIN LATERAL (
    SELECT count(*) AS n,
           count(*) FILTER (WHERE judged_at IS NOT NULL AND status <> 'te_beoordelen') AS judged,
           count(*) FILTER (WHERE judged_at IS NULL AND status = 'vernietigd') AS unjudged,
           count(*) FILTER (WHERE status = 'te_beoordelen') AS waiting
    FROM retention_recording r WHERE r.unit_id = unit.id AND r.arrived_at >= (SELECT at FROM since)
) AS came
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE NOT retention_is_held(r.id)) AS overdue,
           count(*) FILTER (WHERE retention_is_held(r.id)) AS held
    FROM retention_recording r WHERE r.unit_id = unit.id AND r.status IN ('te_beoordelen', 'niet_noodzakelijk')
    AND r.must_be_gone_by <= (SELECT at FROM moment)
) AS beyond
CROSS JOIN LATERAL (
    SELECT least((SELECT min(r.judging_closes_at) FROM retention_recording r
                  WHERE r.unit_id = unit.id AND r.rank = 0 AND r.status = 'te_beoordelen'),
                 (SELECT min(r.judging_closes_at) FROM retention_recording r
                  WHERE r.unit_id = unit.id AND r.rank = 1 AND r.status = 'te_beoordelen')) AS closes_at
) AS first
WHERE unit.parent_id IS NULL AND (%(all)s OR unit.id = ANY(%(units)s))
ORDER BY unit.sort_name
"""
"""Everything is counted along an index, without a look at the recordings themselves."""


def numbers(units: set[int] | None, period: timedelta) -> tuple[datetime, list[Numbers]]:
    """Of these units (None: of all), over so many days up to now; and the moment that is now. A unit that has never had
    a recording is left out, unless it is the only one. One query.
    """
    given: dict[str, Any] = {"all": units is None, "units": list(units or ()), "days": period.days}
    with connection.cursor() as cursor:
        cursor.execute(NUMBERS, given)
        rows = cursor.fetchall()
    found = [Numbers(*row[1:]) for row in rows]
    return rows[0][0], [unit for unit in found if any(unit.counts) or len(found) == 1]
