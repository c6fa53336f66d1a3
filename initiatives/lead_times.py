"""How long decisions took and how many came in time: in all, per unit and per kind.

A lead time is counted from the day on which its term began up to the day of the decision, with the days on which the
file lay with the unit to be supplemented. In time is what was decided on the term's last day at the latest.
"""

from datetime import date
from typing import NamedTuple

from django.db import connection

from initiatives.choices import Kind
from initiatives.words import SHORT_KINDS


class Pace(NamedTuple):
    """Of so many decisions: how many came in time, and the median of their days. `code` is a unit's or a kind's."""

    code: str
    name: str
    decided: int
    in_time: int
    median: int

    @property
    def late(self) -> int:
        return self.decided - self.in_time

    @property
    def share(self) -> str:
        """`87%`; never rounded up to all, nor down to none."""
        exact = 100 * self.in_time / self.decided
        return f"{min(max(round(exact), 1 if self.in_time else 0), 99 if self.late else 100)}%"


class LeadTimes(NamedTuple):
    """Everything together (None when nothing was decided), and apart: the units by name, the kinds as in the letter."""

    total: Pace | None
    units: list[Pace]
    kinds: list[Pace]


DECIDED = """
WITH decided AS (
    SELECT term.met_on - term.starts_on AS days, term.met_on <= term.last_day AS in_time, file.kinds,
           unit.code, unit.name, unit.sort_name
    FROM initiatives_fileterm term
    JOIN initiatives_decision decision ON decision.initiative_id = term.initiative_id AND decision.round = %(round)s
    JOIN initiatives_initiative file ON file.id = term.initiative_id
    JOIN organisation_unit unit ON unit.id = file.unit_id
    WHERE term.kind = ANY(%(terms)s) AND term.met_on BETWEEN %(first)s AND %(last)s
)
SELECT part.what, part.code, part.name, count(*), count(*) FILTER (WHERE in_time),
       percentile_disc(0.5) WITHIN GROUP (ORDER BY days)
FROM decided CROSS JOIN LATERAL (
    SELECT 'all', '', '', '' UNION ALL SELECT 'unit', code, name, sort_name UNION ALL
    SELECT 'kind', kind, kind, '' FROM unnest(kinds) AS kind
) AS part (what, code, name, sort_name)
GROUP BY part.what, part.code, part.name, part.sort_name ORDER BY part.sort_name
"""
"""A file of several kinds counts for each of them. The median is a number of days that occurred."""

ROUNDS = {1: ["first_decision"], 2: ["objection_decision", "late_objection_decision"]}
"""The terms that a decision of the round meets."""


def lead_times(round: int, first: date, last: date) -> LeadTimes:
    """Of the decisions of this round that were taken on one of these days. One query."""
    with connection.cursor() as cursor:
        cursor.execute(DECIDED, {"round": round, "terms": ROUNDS[round], "first": first, "last": last})
        found = [(what, Pace(*rest)) for what, *rest in cursor.fetchall()]
    kinds = {pace.code: pace._replace(name=SHORT_KINDS[pace.code]) for what, pace in found if what == "kind"}
    return LeadTimes(
        total=next((pace for what, pace in found if what == "all"), None),
        units=[pace for what, pace in found if what == "unit"],
        kinds=[kinds[kind] for kind in Kind.values if kind in kinds],
    )
