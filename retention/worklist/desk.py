"""The figures above the list: what waits, what closes soon, what is overdue."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from retention.worklist.asked import COUNTED, ENDS_WITHIN


class Desk(NamedTuple):
    """What surrounds the list, as seen `at` one moment: the units (id, code, name), and how many recordings of them
    wait, close tonight (`in_public`: but for those that go before all) or within three days. A number above `COUNTED`
    means: more than that.
    """

    at: datetime
    units: list[tuple[int, str, str]]
    waiting: int
    tonight: int
    tonight_in_public: int
    soon: int
    private: int
    overdue: int
    ending: int
    first_closes_at: datetime | None


DESK = """
WITH moment AS MATERIALIZED (SELECT retention_now() AS at),
tonight AS MATERIALIZED (SELECT retention_after(retention_day(at), 1) AS at FROM moment),
place AS MATERIALIZED (
    SELECT id, code, name, sort_name FROM organisation_unit
    WHERE parent_id IS NULL AND (%(all)s OR id = ANY(%(units)s))
),
waiting AS (
    SELECT count(*) AS n, count(*) FILTER (WHERE rank = 0) AS private, min(closes) AS first
    FROM place CROSS JOIN LATERAL (
        SELECT r.rank, r.judging_closes_at AS closes FROM retention_recording r
        WHERE r.unit_id = place.id AND r.status = 'te_beoordelen' AND r.judging_closes_at > (SELECT at FROM moment)
        ORDER BY r.rank, r.judging_closes_at LIMIT %(most)s
    ) AS found
),
closing AS (
    SELECT count(*) AS soon, count(*) FILTER (WHERE closes <= (SELECT at FROM tonight)) AS tonight,
           count(*) FILTER (WHERE closes <= (SELECT at FROM tonight) AND ranks.rank = 1) AS in_public
    FROM place CROSS JOIN (VALUES (0), (1)) AS ranks (rank) CROSS JOIN LATERAL (
        SELECT r.judging_closes_at AS closes FROM retention_recording r
        WHERE r.unit_id = place.id AND r.rank = ranks.rank AND r.status = 'te_beoordelen'
        AND r.judging_closes_at > (SELECT at FROM moment)
        AND r.judging_closes_at <= retention_after(retention_day((SELECT at FROM moment)), 4)
        ORDER BY r.judging_closes_at LIMIT %(most)s
    ) AS found
),
over AS (
    SELECT count(*) AS n FROM place CROSS JOIN LATERAL (
        SELECT FROM retention_recording r
        WHERE r.unit_id = place.id AND r.status IN ('te_beoordelen', 'niet_noodzakelijk')
        AND r.must_be_gone_by <= (SELECT at FROM moment) AND NOT retention_is_held(r.id)
        ORDER BY r.must_be_gone_by LIMIT %(most)s
    ) AS found
),
ending AS (
    SELECT count(*) AS n FROM place CROSS JOIN LATERAL (
        SELECT FROM retention_recording r WHERE r.unit_id = place.id AND r.status = 'noodzakelijk'
        AND r.keep_until <= retention_day((SELECT at FROM moment)) + %(ends_within)s
        ORDER BY r.keep_until LIMIT %(most)s
    ) AS found
)
SELECT moment.at,
    ARRAY(SELECT ARRAY[id::text, code, name] FROM place ORDER BY sort_name),
    waiting.n, closing.tonight, closing.in_public, closing.soon, waiting.private,
    over.n, ending.n, waiting.first
FROM moment, waiting, closing, over, ending
"""
"""Each number walks a piece of an index, and no piece is longer than what is counted exactly."""


def desk(units: set[int] | None) -> Desk:
    """Of these units; None: of all. One query."""
    given: dict[str, Any] = {
        "all": units is None,
        "units": list(units or ()),
        "most": COUNTED + 1,
        "ends_within": ENDS_WITHIN.days,
    }
    with connection.cursor() as cursor:
        cursor.execute(DESK, given)
        at, places, *numbers = cursor.fetchone()
    return Desk(at, [(int(pk), code, name) for pk, code, name in places], *numbers)
