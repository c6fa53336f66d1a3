"""Two counts of judgements for who answers for them: what wearers threw away at the end of their shift, per month and
team (S1-21), and what is kept to look into what a colleague did, per year (S1-23, T-09).

No recording and no wearer is named. Numbers per unit of what comes in and waits are in `per_unit.py`.
"""

from datetime import date
from typing import Any, NamedTuple

from django.db import connection

MONTHS = 6


class Month(NamedTuple):
    """Of what came in of one unit in a month. `judged` at the end of the shift and not taken back since, by `teams`;
    `destroyed` of those.
    """

    unit: str
    month: date
    arrived: int
    judged: int
    destroyed: int
    teams: list[tuple[str, int]]

    @property
    def without(self) -> int:
        return self.arrived - self.judged


class Year(NamedTuple):
    """How many recordings of one unit were kept for staff follow-up by a judgement of that year, and by which records
    of the works council.
    """

    year: int
    unit: str
    recordings: int
    records: list[str]


END_OF_SHIFT = """
WITH since AS MATERIALIZED (
    SELECT retention_after(
        date_trunc('month', retention_day(retention_now()) - make_interval(months => %(months)s))::date, 0
    ) AS at
),
came AS (
    SELECT r.unit_id, date_trunc('month', retention_day(r.arrived_at))::date AS month, count(*) AS n
    FROM retention_recording r
    WHERE r.arrived_at >= (SELECT at FROM since) AND (%(all)s OR r.unit_id = ANY(%(units)s))
    GROUP BY 1, 2
),
said AS (
    SELECT r.unit_id, date_trunc('month', retention_day(r.arrived_at))::date AS month,
           coalesce(team.name, 'team onbekend') AS team,
           count(*) AS n, count(*) FILTER (WHERE r.status = 'vernietigd') AS destroyed
    FROM retention_judgement j JOIN retention_recording r ON r.id = j.recording_id
    LEFT JOIN LATERAL (
        SELECT CASE WHEN place.parent_id IS NULL THEN 'zonder team' ELSE place.name END AS name
        FROM organisation_roleassignment a JOIN organisation_unit place ON place.id = a.unit_id
        WHERE a.person_id = j.person_id AND a.role = 'drager' AND a.from_date <= retention_day(j.at)
        AND (a.until_date IS NULL OR a.until_date >= retention_day(j.at))
        ORDER BY place.parent_id IS NULL, a.id LIMIT 1
    ) AS team ON true
    WHERE j.step = 'niet_zinvol_verklaren' AND j.at >= (SELECT at FROM since)
    AND r.status IN ('niet_noodzakelijk', 'vernietigd')
    AND NOT EXISTS (SELECT FROM retention_judgement later WHERE later.recording_id = r.id AND later.id > j.id)
    GROUP BY 1, 2, 3
)
SELECT unit.name, came.month, came.n, coalesce(sum(said.n), 0), coalesce(sum(said.destroyed), 0),
       coalesce(array_agg(said.team ORDER BY said.team) FILTER (WHERE said.n > 0), '{}'),
       coalesce(array_agg(said.n ORDER BY said.team) FILTER (WHERE said.n > 0), '{}')
FROM came JOIN organisation_unit unit ON unit.id = came.unit_id
LEFT JOIN said ON said.unit_id = came.unit_id AND said.month = came.month
GROUP BY unit.name, unit.sort_name, came.month, came.n
ORDER BY came.month DESC, unit.sort_name
"""
STAFF = """
SELECT extract(year FROM retention_day(j.at))::integer AS year, unit.name, count(DISTINCT j.recording_id),
       array_agg(DISTINCT j.council_record)
FROM retention_judgement j
JOIN retention_recording r ON r.id = j.recording_id JOIN organisation_unit unit ON unit.id = r.unit_id
WHERE (j.purpose = 'personeelsvolg' OR j.second_purposes @> ARRAY['personeelsvolg']::varchar(30)[])
AND (%(all)s OR r.unit_id = ANY(%(units)s))
GROUP BY 1, unit.name, unit.sort_name
ORDER BY 1 DESC, unit.sort_name
"""


def end_of_shift(units: set[int] | None) -> list[Month]:
    """Of these units (None: of all), the newest month first. One query."""
    return [
        Month(unit, month, came, int(judged), int(destroyed), list(zip(teams, counts, strict=True)))
        for unit, month, came, judged, destroyed, teams, counts in _asked(END_OF_SHIFT, units, months=MONTHS - 1)
    ]


def staff_followed(units: set[int] | None) -> list[Year]:
    """Of these units (None: of all), the newest year first. One query."""
    return [Year(*row) for row in _asked(STAFF, units)]


def _asked(question: str, units: set[int] | None, **given: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(question, {"all": units is None, "units": list(units or ()), **given})
        rows: list[Any] = cursor.fetchall()
    return rows
