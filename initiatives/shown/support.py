"""Support work as pages show it: on its file, in the list, and one piece with its log. Which there is comes from the
database; how far it is is said by its last line (`support.py`).
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.urls import reverse

from bodycams.look import NO_TERM, Badge, Term, term
from initiatives.choices import Progress, Support
from initiatives.models import Initiative, SupportLine, SupportWork
from initiatives.words import thousands
from workflow.dates import day_in_words

LOOKS = {
    Progress.OPEN: Badge(Progress.OPEN.label, "open"),
    Progress.RUNNING: Badge(Progress.RUNNING.label, "assessed", "player-play"),
    Progress.DONE: Badge(Progress.DONE.label, "good"),
}


class Shown(NamedTuple):
    """A piece of work in a row of a table. `note` is the last line of its log."""

    url: str
    kind: str
    look: Badge
    responsible: str
    term: Term
    note: str = ""


class Line(NamedTuple):
    """A line of the log, as the trail of a page shows it."""

    at: Any
    sentence: str
    reason: str

    def __str__(self) -> str:
        return self.sentence


def of_file(initiative: Any, today: date) -> list[Shown]:
    """Of an initiative that was fetched whole."""
    return [_row(row, today) for row in initiative.support_rows]


def _row(row: dict[str, Any], today: date) -> Shown:
    due_on = date.fromisoformat(row["due_on"]) if row["due_on"] else None
    return _shown(row["id"], row["kind"], row["progress"], row["responsible"], due_on, today, row["note"] or "")


def shown(work: SupportWork, today: date) -> Shown:
    return _shown(work.pk, work.kind, work.progress, work.responsible, work.due_on, today)


def _shown(
    pk: int, kind: str, progress: str, responsible: str, due_on: date | None, today: date, note: str = ""
) -> Shown:
    runs = term(due_on, today) if due_on else NO_TERM
    return Shown(
        url=reverse("support-work", args=[pk]),
        kind=Support(kind).label,
        look=LOOKS[Progress(progress)],
        responsible=responsible,
        term=Term("klaar", tone="done") if progress == Progress.DONE else runs,
        note=note,
    )


def log(work: SupportWork) -> list[Line]:
    """Newest first, down to the day on which it was granted."""
    granted = Line(work.granted_at, "De ondersteuning is verleend.", "")
    return [*(_line(line) for line in work.log.all()), granted]


def _line(line: SupportLine) -> Line:
    until = f", klaar op {day_in_words(line.due_on)}" if line.due_on else ""
    stands = f"{Progress(line.progress).label}{until}. Verantwoordelijk: {line.responsible}."
    return Line(line.written_at, stands, line.note)


def facts(work: SupportWork, initiative: Initiative) -> list[tuple[str, str]]:
    return [
        ("Dossier", initiative.title),
        ("Eenheid", initiative.unit.name),
        ("Verantwoordelijk", work.responsible),
        ("Klaar op", day_in_words(work.due_on) if work.due_on else "nog niet afgesproken"),
    ]


Counted = Iterable[tuple[str, str, str, str, int]]
"""How many there are: code and name of the unit, kind, progress, number."""


def per_kind(counted: Counted) -> tuple[list[tuple[str, ...]], tuple[str, ...]]:
    """The rows of the table of counts, per kind the three stands and their sum; and the row below them."""
    numbers: Counter[tuple[str, str]] = Counter()
    for _, _, kind, progress, number in counted:
        numbers[kind, progress] += number
    rows = [(kind.label, [numbers[kind.value, stand.value] for stand in Progress]) for kind in Support]
    sums = [sum(row[place] for _, row in rows) for place in range(len(Progress))]
    return [_counts(name, row) for name, row in rows], _counts("Samen", sums)


def _counts(name: str, numbers: list[int]) -> tuple[str, ...]:
    return (name, *map(thousands, (*numbers, sum(numbers))))
