"""The safety valve: what a run may not destroy before somebody has looked.

*Quantity*: many more than on other days may mean that something is wrong, so it waits for a privacy officer, at most
until the evening of D+27: the promise goes before the caution. What a person judged is never held up. *Clock*: a wrong
clock makes young recordings look old. Nothing is destroyed then until a privacy officer has confirmed the date, however
long that takes.
"""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import connection, transaction

from retention.choices import Stop
from retention.destroying.due import EVENING_CAME, TO_PLAN, WHY
from retention.models import Run, RunRelease
from retention.overdue import Now

TIMES_THE_MEDIAN = 3
CLOCKS_DIFFER = timedelta(minutes=5)

RELEASED = """
(SELECT COALESCE(max(l.at), '-infinity') FROM retention_runrelease l JOIN retention_run w ON w.id = l.run_id
 WHERE w.waits_for = 'aantal' AND l.by_id IS NOT NULL)
"""
FREE = f"({EVENING_CAME} OR r.next_at <= {RELEASED} OR {WHY} = 'niet_noodzakelijk')"
"""What the number never holds up: judged by a person, too late to wait, or due when a privacy officer let it go."""

COUNTS = f"""
SELECT count(*) FILTER (WHERE NOT {FREE}), count(*)
FROM retention_recording r WHERE {TO_PLAN}
"""  # noqa: S608  # made of constants
"""What may wait, and everything that the run would destroy: that is what is held against the number."""

MEDIAN = """
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY counted.number) FROM (
    SELECT count(p.recording_id) AS number
    FROM generate_series(1, 28) AS ago
    LEFT JOIN (SELECT recording_id, retention_day(destroyed_at) AS day FROM retention_proof
               WHERE destroyed_at > retention_later(retention_now(), interval '-30 days')) AS p
    ON p.day = retention_day(retention_now()) - ago
    GROUP BY ago
) AS counted
"""

CLOCKS = "SELECT retention_now(), (SELECT max(at) FROM journal_entry)"


class Quantity(NamedTuple):
    """How many may have to wait, how many the run would destroy, how many a day is usual, and whether it waits."""

    waiting: int = 0
    would_destroy: int = 0
    median: float = 0
    is_too_many: bool = False


class Clocks(NamedTuple):
    """How far the database's clock is ahead of this process's, and the newest moment that the journal tells of."""

    at: datetime
    ahead: timedelta
    newest_entry_at: datetime | None

    def are_trusted(self, confirmed: Run | None) -> bool:
        """`confirmed`: the last run of which somebody confirmed the date; what was wrong then is known."""
        known = confirmed.ahead if confirmed and confirmed.ahead else timedelta(0)
        agree = min(abs(self.ahead), abs(self.ahead - known)) <= CLOCKS_DIFFER
        if self.newest_entry_at is None or self.newest_entry_at <= self.at:
            return agree
        seen = confirmed.newest_entry_at if confirmed else None
        return agree and seen is not None and self.newest_entry_at <= seen


def worker_clock() -> datetime:
    """What the clock of this process says: only ever held against the database's."""
    return datetime.now(UTC)


def clocks() -> Clocks:
    with connection.cursor() as cursor:
        cursor.execute(CLOCKS)
        at, newest = cursor.fetchone()
    return Clocks(at, at - worker_clock(), newest)


def waiting_run(stop: Stop) -> Run | None:
    """The run that waits for this, if there is one."""
    return Run.objects.filter(waits_for=stop, release=None).order_by("pk").last()


def is_stopped_by_the_clock(found: Clocks | None = None) -> bool:
    """Whether nothing may be destroyed because of the date: it waits for that, or is not to be trusted now."""
    if waiting_run(Stop.CLOCK):
        return True
    confirmed = Run.objects.filter(waits_for=Stop.CLOCK, release__isnull=False).order_by("pk").last()
    return not (found or clocks()).are_trusted(confirmed)


def quantity() -> Quantity:
    """How many are due that somebody must look at first."""
    if settings.DESTRUCTION_VALVE is None:
        return Quantity()
    with connection.cursor() as cursor:
        cursor.execute(COUNTS)
        waiting, would_destroy = cursor.fetchone()
        if not waiting or would_destroy <= settings.DESTRUCTION_VALVE:
            return Quantity(0, would_destroy)
        cursor.execute(MEDIAN)
        (median,) = cursor.fetchone()
    too_many = would_destroy > TIMES_THE_MEDIAN * median
    return Quantity(waiting if too_many else 0, would_destroy, median, too_many)


def hold_back(run: Run, found: Quantity) -> Run:
    """Have what is too many wait; answers with the run it waits with, which may be an earlier one."""
    with transaction.atomic():
        earlier = waiting_run(Stop.QUANTITY)
        waits = earlier or run
        waits.waits_for = Stop.QUANTITY
        waits.would_destroy, waits.daily_median = found.would_destroy, found.median
        waits.save(update_fields=["waits_for", "would_destroy", "daily_median"])
    return waits


def let_go_by_itself() -> None:
    """Nothing waits any more: the evening came, what was too many was judged or held, or a privacy officer let it go at
    this very moment.
    """
    if run := waiting_run(Stop.QUANTITY):
        with transaction.atomic():
            Run.objects.select_for_update().get(pk=run.pk)
            RunRelease.objects.get_or_create(run=run, defaults={"at": Now()})


def stop_for_the_clock(run: Run, found: Clocks) -> Run:
    """Nothing is destroyed until the date was confirmed; answers with the run that waits for that."""
    if waits := waiting_run(Stop.CLOCK):
        return waits
    run.waits_for, run.ahead, run.newest_entry_at = Stop.CLOCK, found.ahead, found.newest_entry_at
    run.save(update_fields=["waits_for", "ahead", "newest_entry_at"])
    return run
