"""Whether this database knows of everything that was destroyed. One that was put back from a copy does not: until the
list of destructions was gone through (`replay.py`) nothing is served from it, and no task runs.

Two signs. A mark in the database that no backup of ours holds: it is missing after a restore. And the end of the list
itself: what it says was destroyed last must at least have been begun here, else the database is older than the list,
by whatever way it came back. That is asked of the list once for each process and each start of the database.
"""

import logging
import time
from datetime import date, datetime, timedelta
from typing import Any

from django.core.management.base import CommandError
from django.db import connection

from bodycams.health import also_check
from bodycams.serving import only_when
from bodycams.serving import why_not as why_not_serving
from retention import ledger

log = logging.getLogger(__name__)

PUT_BACK = (
    "Het register is teruggezet uit een reservekopie. Eerst moet worden nagelopen wat sindsdien is vernietigd. De"
    " beheerder doet dat met script/manage replay_destructions."
)
BEHIND = (
    "De database is ouder dan de lijst van vernietigingen: er staat in wat al is vernietigd. De beheerder loopt de"
    " lijst na met script/manage replay_destructions."
)
SLACK = timedelta(hours=2)
"""A review is held each hour; what was begun before the last one that stands here, stands here too."""
FAR = 40
"""Days: a database this much older reads the whole list."""
LOOK = 3
"""Newest objects: two workers may have begun within the same moment."""
ASK_AGAIN = 60.0
"""Seconds after which a list that could not be read is asked again."""

MAY_READ = """
SELECT to_regclass('retention_caughtup') IS NULL,
       COALESCE(has_table_privilege(to_regclass('retention_caughtup'), 'SELECT'), false)
"""
STATE = """
SELECT EXISTS (SELECT FROM retention_caughtup), (SELECT id::text FROM retention_register), retention_now(),
       (SELECT began_at FROM retention_run ORDER BY began_at DESC, id DESC LIMIT 1),
       pg_postmaster_start_time()::text || (SELECT oid::text FROM pg_database WHERE datname = current_database())
"""
KNOWN = """
SELECT EXISTS (
    SELECT FROM retention_recording r WHERE r.source = %s AND r.source_id = %s
    AND (r.status = 'vernietigd' OR retention_begun(r.id))
)
"""

_looked: dict[str, float] = {}
"""Of each start of a database until when its list need not be asked again, by this process's own count of seconds."""


def register() -> None:
    """Called when the app starts."""
    only_when(why_not)
    also_check("caught_up", lambda: not why_not(afresh=True))


def refuse_unless_caught_up() -> None:
    """For commands that read or write recordings. Raises `CommandError`."""
    if reason := why_not_serving():
        raise CommandError(reason)


def why_not(*, afresh: bool = False) -> str:
    """Why nothing may be served from this database; empty when it knows of everything, or was not migrated yet."""
    is_new, may_read = _row(MAY_READ)
    if is_new:
        return ""
    if not may_read:
        return PUT_BACK
    is_caught_up, mine, now, reviewed_at, start = _row(STATE)
    if not is_caught_up:
        return PUT_BACK
    if not afresh and time.monotonic() < _looked.get(start, 0):
        return ""
    try:
        behind = is_behind(mine, now, reviewed_at)
    except ledger.LedgerError:
        log.exception("the list of destructions cannot be read")
        _looked[start] = time.monotonic() + ASK_AGAIN
        return ""
    if not behind:
        _looked[start] = float("inf")
    return BEHIND if behind else ""


def is_behind(mine: str, now: datetime, reviewed_at: datetime | None) -> bool:
    """Whether the end of the list tells of what was not even begun here."""
    for name in _newest(mine, now.date() + timedelta(days=1), reviewed_at):
        line = next(iter(ledger.read(name)))
        if not _row(KNOWN, line["source"], line["source_id"])[0]:
            return True
    return False


def _newest(mine: str, last: date, reviewed_at: datetime | None) -> list[str]:
    """The last objects since the last review; no more days are looked at than there can be something of."""
    first = (reviewed_at - SLACK).date() if reviewed_at else last - timedelta(days=FAR + 1)
    if (last - first).days > FAR:
        return ledger.names(mine)[-LOOK:]
    day = last
    while day >= first:
        if found := ledger.names(mine, day):
            return found[-LOOK:]
        day -= timedelta(days=1)
    return []


def _row(question: str, *given: Any) -> Any:
    """Asked past Django: it is not one of the queries of a page."""
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.cursor() as cursor:
        cursor.execute(question, given or None)
        return cursor.fetchone()


def forget() -> None:
    """Ask the list again; for who changed what the answer rests on."""
    _looked.clear()
