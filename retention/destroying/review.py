"""The review: what the clock finds of recordings, each hour. It asks what is due and counts no days, so a missed hour
is made up for by the next one, and twice does no harm.

Set-based SQL in chunks with short transactions; no moment is passed: the database compares what is stored with its own
clock. What was planned here is destroyed by `destruction.py`; what waits for somebody is `valve.py`'s question.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import connection, transaction

from bodycams.alone import alone
from journal.write import Told, record_each
from organisation.models import Person
from retention.destroying import valve
from retention.destroying.due import BY_INDEX, HELD, READY, REMOVED, TO_PLAN, WHY, by_the_clock
from retention.models import Recording, Run
from retention.overdue import Now
from retention.reminders import alarms, to_judges

LOCK = 20280028
"""The lock in the database that lets one review at a time."""

CHUNK = 5_000
"""As many as take a tenth of a second: so long, at most, anybody waits for what a chunk has locked."""

IS_DUE = """
SELECT NOT EXISTS (
    SELECT FROM retention_run r WHERE r.by_id IS NULL AND r.ended_at IS NOT NULL
    AND date_trunc('hour', r.began_at, 'UTC') = date_trunc('hour', retention_now(), 'UTC')
) OR EXISTS (
    SELECT FROM retention_runrelease l WHERE l.by_id IS NOT NULL
    AND l.at > (SELECT max(r.began_at) FROM retention_run r WHERE r.ended_at IS NOT NULL)
)
"""

MISSED = """
SELECT GREATEST(0, EXTRACT(EPOCH FROM
    date_trunc('hour', retention_now(), 'UTC') - date_trunc('hour', max(began_at), 'UTC')) / 3600 - 1)::integer
FROM retention_run
"""

LAPSE = f"""
WITH over AS (
    SELECT r.id, r.status AS was, {REMOVED} AS is_removed FROM retention_recording r
    WHERE r.next_at <= retention_now()
    AND (r.status = 'noodzakelijk' OR r.status = 'niet_noodzakelijk' AND r.ground = '9')
    ORDER BY r.next_at, r.id LIMIT %s FOR UPDATE SKIP LOCKED
)
UPDATE retention_recording r SET
    status = CASE WHEN over.is_removed THEN 'verwijderd' ELSE 'niet_noodzakelijk' END,
    status_before = over.was,
    judged_at = CASE WHEN over.is_removed THEN r.judged_at ELSE retention_later(r.next_at, interval '-1 hour') END,
    keep_until = CASE WHEN over.is_removed
        THEN (retention_day(retention_later(r.next_at, interval '-1 hour')) + interval '5 years')::date
        ELSE r.keep_until END
FROM over, organisation_unit unit WHERE over.id = r.id AND unit.id = r.unit_id
RETURNING r.id, unit.code, over.is_removed, r.keep_until
"""  # noqa: S608  # made of constants
"""What was necessary until a day that is over, or was called unnecessary under article 9. `judged_at` is set so that
the hour to undo ended with that day; the five years of being out of use count from that day, or from the judgement.
"""

PLAN = f"""
WITH due AS (
    SELECT r.id, r.next_at, {WHY} AS why FROM retention_recording r
    WHERE {TO_PLAN} AND (r.next_at, r.id) > (%(moment)s, %(id)s) AND (%(all)s OR {valve.FREE})
    ORDER BY r.next_at, r.id LIMIT %(chunk)s
), planned AS (
    INSERT INTO retention_destruction (recording_id, run_id, why, planned_at)
    SELECT id, %(run)s, why, (SELECT retention_now()) FROM due
)
SELECT count(*), (array_agg(next_at))[count(*)], (array_agg(id))[count(*)] FROM due
"""  # noqa: S608  # made of constants
"""The next few along the index of the clock: how many, and which was the last. Nobody else plans meanwhile (`LOCK`); if
somebody did all the same, the database would refuse a second intent. To ask for each whether there is one costs a
quarter more.
"""

HOW_MANY_HELD = f"SELECT count(*) FROM retention_recording r WHERE {READY} AND {HELD}"  # noqa: S608


class Report(NamedTuple):
    """What a review found and did. `waiting` is how many a privacy officer must look at first."""

    run: Run
    planned: int = 0
    lapsed: int = 0
    held: int = 0
    waiting: int = 0
    reminded: int = 0


def is_due() -> bool:
    """Whether there was no review by the clock in this hour, or something was let go since the last one."""
    return bool(_value(IS_DUE))


def review(by: Person | None = None) -> Report | None:
    """One run; nothing when another is at it."""
    with alone(LOCK) as mine:
        return _review(by) if mine else None


def review_by_the_clock() -> Report | None:
    """The same, once an hour. It is asked when nobody else can be at it: of two who come at once, one does it."""
    with alone(LOCK) as mine:
        return _review(None) if mine and is_due() else None


def _review(by: Person | None) -> Report:
    run = Run.objects.create(began_at=Now(), by=by, missed=_value(MISSED) or 0)
    found = valve.clocks()
    if valve.is_stopped_by_the_clock(found):
        waits = valve.stop_for_the_clock(run, found)
        alarms.tell_of_the_clock(waits)
        _end(run)
        return Report(run)
    reminded = to_judges.remind(found.at)
    alarms.tell_of_lateness(run)
    lapsed = sum(_lapsed())
    too_many = valve.quantity()
    if too_many.is_too_many:
        waits = valve.hold_back(run, too_many)
        alarms.tell_of_the_number(waits, too_many.would_destroy, too_many.median, too_many.waiting)
    else:
        valve.let_go_by_itself()
    planned = sum(_planned(run, everything=not too_many.is_too_many))
    _end(run, lapsed=lapsed, planned=planned)
    return Report(run, planned, lapsed, _value(HOW_MANY_HELD), too_many.waiting, reminded)


def _end(run: Run, lapsed: int = 0, planned: int = 0) -> None:
    run.ended_at, run.lapsed, run.planned = Now(), lapsed, planned
    run.save(update_fields=["ended_at", "lapsed", "planned"])


def _lapsed() -> Iterator[int]:
    """What was necessary until a day that is over, chunk by chunk, each with its entries in the journal."""
    system = Person.objects.get(number=Person.SYSTEM)
    done = CHUNK
    while done == CHUNK:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(LAPSE, [CHUNK])
            rows = cursor.fetchall()
            for step, is_removed in (("buiten_gebruik_stellen", True), ("laten_aflopen", False)):
                told = [Told(pk, unit, _until(day)) for pk, unit, removed, day in rows if removed == is_removed]
                record_each(step, by_the_clock(step), told, about=Recording, actor=system, role="systeem")
        done = len(rows)
        yield done


def _until(day: Any) -> dict[str, Any]:
    return {"keep_until": day.isoformat()}


def _planned(run: Run, *, everything: bool) -> Iterator[int]:
    """Intents for all that is due and not held, chunk by chunk; only what never waits, unless `everything` may go."""
    after: dict[str, Any] = {"moment": "-infinity", "id": 0}
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(BY_INDEX)
            cursor.execute(PLAN, {"run": run.pk, "chunk": CHUNK, "all": everything, **after})
            planned, moment, pk = cursor.fetchone()
        if pk is None:
            return
        yield planned
        after = {"moment": moment, "id": pk}


def _value(question: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]
