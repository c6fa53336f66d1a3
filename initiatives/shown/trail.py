"""The trail of a file as it shows it: what was done lately, and what is from the time of the concept."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from bodycams.look import shortened
from bodycams.prepared import prepared
from initiatives.models import Initiative
from journal import read
from journal.models import Entry
from workflow.clock import local_date

LATEST = 10
"""So many of a concept's lines stand open; of a file that was filed, all since the first filing."""
AS_LONG_AS = 300


class Line(NamedTuple):
    """One line: the sentence, and what the page adds to it."""

    at: datetime
    sentence: str
    reason: str

    def __str__(self) -> str:
        return self.sentence


def entries(initiative: Initiative) -> list[Entry]:
    """All that the journal says of a file, newest first."""
    return _entries(str(initiative.pk))


_entries = prepared(lambda key: read.trail(Initiative(pk=key)), "a key")


def lines(entries: list[Entry]) -> tuple[list[Line], list[Line]]:
    """The lines that matter now and the older ones, each newest first."""
    filed = [place for place, entry in enumerate(entries) if entry.action == "aanmelden"]
    shown = max(filed[-1] + 1 if filed else 0, LATEST)
    found = [_line(entry) for entry in entries]
    return found[:shown], found[shown:]


def shown(entries: list[Entry]) -> dict[str, Any]:
    """What the page of the file says of it."""
    latest, older = lines(entries)
    return {"latest": latest, "older": older, "told_on": told_on(entries)}


def told_on(entries: list[Entry]) -> date | None:
    """The day on which the history of demonstration data was written down, when this trail tells one."""
    return next((local_date(entry.at) for entry in entries if entry.tells_history), None)


def _line(entry: Entry) -> Line:
    return Line(entry.happened_at, str(entry), "\n".join(_details(entry)))


def _details(entry: Entry) -> Iterator[str]:
    if detail := entry.data.get("detail"):
        yield detail
    if entry.reason:
        yield f"Redenen: {shortened(entry.reason, AS_LONG_AS)}"
