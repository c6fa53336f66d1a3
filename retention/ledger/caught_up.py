"""Whether this database knows of everything that was destroyed. One that was put back from a copy does not: until the
list of destructions was gone through (`replay.py`) nothing is served from it, and no task runs.

Two signs. A mark in the database that no backup of ours holds: it is missing after a restore. And the end of the list
itself: what it says was destroyed last must at least have been begun here, else the database is older than the list,
by whatever way it came back; and what is proven here must stand in it, else it is another list. A process opens nothing
before it has read the list once for this start of the database. After that it asks again each minute, and a list that
cannot be read for a while closes nothing: the database is the one that was looked at, and nothing can be proven.
"""

import logging
import time
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from bodycams.health import also_check
from bodycams.serving import only_when
from retention import ledger
from retention.ledger import ask

log = logging.getLogger(__name__)

PUT_BACK = (
    "Het register is teruggezet uit een reservekopie. Eerst moet worden nagelopen wat sindsdien is vernietigd. De"
    " beheerder doet dat met script/manage replay_destructions."
)
BEHIND = (
    "De database is ouder dan de lijst van vernietigingen: er staat in wat al is vernietigd. De beheerder loopt de"
    " lijst na met script/manage replay_destructions."
)
FAR = 40
"""Days: a database this much older reads the whole list."""
LOOK = 3
"""Newest objects: two workers may have begun within the same moment."""
ASK_AGAIN, CLOSED = 60.0, 10.0
"""Seconds for which an answer holds, and one that closes."""

MAY_READ = """
SELECT to_regclass('retention_caughtup') IS NULL,
       COALESCE(has_table_privilege(to_regclass('retention_caughtup'), 'SELECT'), false)
"""
STATE = """
SELECT EXISTS (SELECT FROM retention_caughtup), (SELECT id::text FROM retention_register), retention_now(),
       pg_postmaster_start_time()::text || (SELECT oid::text FROM pg_database WHERE datname = current_database())
"""
BEGUN = """
SELECT EXISTS (
    SELECT FROM retention_recording r WHERE r.source = %s AND r.source_id = %s
    AND (r.status = 'vernietigd' OR retention_begun(r.id))
)
"""


class Answer(NamedTuple):
    """Why nothing may be served (`against`), whether the list could be read, whether all was well when it was last read
    by this process, and until when this holds by its own count of seconds.
    """

    against: str = ""
    is_read: bool = True
    was_fine: bool = False
    until: float = 0


_answers: dict[str, Answer] = {}
"""Of each start of a database."""


def register() -> None:
    """Called when the app starts."""
    only_when(why_not)
    also_check("caught_up", is_certain)


def why_not() -> str:
    """Why nothing may be served from this database; empty when it knows of everything, or was not migrated yet."""
    return answer().against


def is_certain() -> bool:
    """Whether it knows of everything, and the list could be asked."""
    found = answer()
    return found.is_read and not found.against


def answer() -> Answer:
    is_new, may_read = ask(MAY_READ)
    if is_new:
        return Answer()
    if not may_read:
        return Answer(PUT_BACK)
    is_caught_up, mine, now, start = ask(STATE)
    if not is_caught_up:
        return Answer(PUT_BACK)
    before = _answers.get(start, Answer())
    if time.monotonic() >= before.until:
        if before.was_fine:
            _answers[start] = before._replace(until=time.monotonic() + ASK_AGAIN)  # others need not wait for this
        found = _of_the_list(mine, now, before)
        _answers[start] = found._replace(until=time.monotonic() + (CLOSED if found.against else ASK_AGAIN))
    return _answers[start]


def _of_the_list(mine: str, now: datetime, before: Answer) -> Answer:
    try:
        against = BEHIND if is_behind(mine, now) else ledger.LACKS if ledger.lacks() else ""
    except ledger.LedgerError as error:
        log.exception("the list of destructions cannot be read")
        return Answer("" if before.was_fine else str(error), is_read=False, was_fine=before.was_fine)
    return Answer(against, was_fine=not against)


def is_behind(mine: str, now: datetime) -> bool:
    """Whether the end of the list tells of what was not even begun here."""
    known = ledger.newest_known()
    for name in _newest(mine, now.date() + timedelta(days=1), known.at if known else None):
        line = next(iter(ledger.read(name)))
        if not ask(BEGUN, [line["source"], line["source_id"]])[0]:
            return True
    return False


def _newest(mine: str, last: date, since: datetime | None) -> list[str]:
    """The last objects since what is proven here; no more days are looked at than there can be something of."""
    first = min(since.astimezone(UTC).date(), last) if since else last - timedelta(days=FAR + 1)
    if (last - first).days > FAR:
        return ledger.names(mine)[-LOOK:]
    day = last
    while day >= first:
        if found := ledger.names(mine, day):
            return found[-LOOK:]
        day -= timedelta(days=1)
    return []


def forget() -> None:
    """Ask the list again; for who changed what the answer rests on."""
    _answers.clear()
