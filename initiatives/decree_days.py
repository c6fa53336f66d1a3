"""Adding and taking away a day that a royal decree equates with a holiday (Atw art. 3 lid 3), and what follows: the
open terms that get another last day, and who is told of it.

How a term is counted is in `workflow/terms.py`. Terms that were met stay as they were. Terms of apps above this one
follow by `shifted.py`.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from django.urls import reverse

from initiatives.models import FileTerm, Initiative
from initiatives.shifted import NotAsShown, Others, in_words, others, tell, trace
from initiatives.terms import Kind, reckoned
from initiatives.words import so_many
from journal.write import record
from organisation.holders import first_roles
from organisation.models import Person
from organisation.roles import Role
from workflow.calendar import change_days, equated_days
from workflow.clock import local_date
from workflow.dates import day_in_words
from workflow.holidays import first_working_day, why_free
from workflow.models import EquatedDay

CONCERNED = {
    Kind.FIRST_DECISION: (Role.LEADER, Role.CONTACT, Role.HEAD),
    Kind.OBJECTION: (Role.HEAD, Role.CONTACT),
    Kind.OBJECTION_DECISION: (Role.MANAGER, Role.HOLDER, Role.CONTACT, Role.HEAD),
    Kind.LATE_OBJECTION_DECISION: (Role.MANAGER, Role.HOLDER, Role.CONTACT, Role.HEAD),
}
"""Whom a term concerns: who must act before it ends, and the unit."""


REMOVED = "Deze dag is al weggehaald."


class DayRefused(Exception):
    """The day cannot be added or taken away; the message is a Dutch sentence."""


class Shift(NamedTuple):
    """An open term that gets another last day."""

    term: FileTerm
    before: date
    after: date

    @property
    def what(self) -> str:
        return Kind(self.term.kind).label.capitalize()

    @property
    def words(self) -> str:
        return in_words(self.what, self.before, self.after)


class Shifts(NamedTuple):
    """All that moves: terms of files, and those of other apps."""

    files: list[Shift]
    others: list[Others]

    @property
    def total(self) -> int:
        return len(self.files) + sum(one.how_many for one in self.others)


def why_not_added(day: date) -> str:
    """Why the day cannot be equated with a holiday, or nothing."""
    why = why_free(day, equated_days())
    return f"Op deze dag eindigt al geen termijn: het is {why}." if why else ""


def why_not_removed(day: date, today: date) -> str:
    """Why the day cannot be taken away: no term may turn out to be over already."""
    return "Deze dag is voorbij. Termijnen die erdoor schoven, blijven zoals ze zijn." if day < today else ""


def shifts_if_added(day: date) -> Shifts:
    """What changes when `day` is equated with a holiday: only what ends on it."""
    equated = equated_days()
    return _all_shifts(day, equated, equated | {day})


def shifts_if_removed(day: date) -> Shifts:
    """What changes when it is no longer: only what ends on the first working day after it."""
    equated = equated_days()
    return _all_shifts(first_working_day(day, equated), equated, equated - {day})


def _all_shifts(last_day: date, before: frozenset[date], after: frozenset[date]) -> Shifts:
    return Shifts(list(_shifts(last_day, after)), others(last_day, before, after))


def _shifts(last_day: date, equated: frozenset[date]) -> Iterator[Shift]:
    """The open terms that end on `last_day` now and on another day with these equated days."""
    running = FileTerm.objects.filter(met_on__isnull=True, last_day=last_day).exclude(kind=Kind.SUPPLEMENT)
    found = running.select_related("initiative__unit").prefetch_related("initiative__returns")
    for term in found.order_by("initiative__number", "pk"):
        engine = reckoned(term, equated)
        if engine and engine.last_day != term.last_day:
            yield Shift(term, term.last_day, engine.last_day)


def mark_of(shifts: Shifts) -> str:
    """What was shown, so that nothing else is done than what somebody agreed to."""
    files = [f"{shift.term.pk}:{shift.before}:{shift.after}" for shift in shifts.files]
    said = ",".join([*files, *(one.said for one in shifts.others)])
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def add_day(day: date, citation: str, *, shown: str, by: Person, at: datetime) -> int:
    """Equate `day` with a holiday and let what ends on it end later; answers with how many terms that are. `shown` is
    the mark of what was agreed to. Raises `DayRefused`, `NotAsShown`, `CalendarInUse`.
    """

    def work() -> int:
        _check(why_not_added(day))
        shifts = shifts_if_added(day)
        _agreed(shifts, shown)
        added = EquatedDay.objects.create(date=day, citation=citation, added_by=by.number)
        why = f"{day_in_words(day)} is gelijkgesteld met een feestdag"
        _shift(shifts, why, by=by, at=at)
        _record("dag_gelijkgesteld", f"{why[0].upper()}{why[1:]} ({citation}).", added, shifts, by)
        return shifts.total

    return change_days(work)


def remove_day(pk: int, reasons: str, *, shown: str, by: Person, at: datetime) -> int:
    """Take an equated day away again and let what moved over it end earlier; answers and raises as `add_day`."""

    def work() -> int:
        removed = EquatedDay.objects.filter(pk=pk).first()
        if removed is None:
            raise DayRefused(REMOVED)
        _check(why_not_removed(removed.date, local_date(at)))
        shifts = shifts_if_removed(removed.date)
        _agreed(shifts, shown)
        why = f"{day_in_words(removed.date)} is niet meer gelijkgesteld met een feestdag"
        _shift(shifts, why, by=by, at=at)
        _record("dag_weggehaald", f"{why[0].upper()}{why[1:]}.", removed, shifts, by, reasons)
        removed.delete()
        return shifts.total

    return change_days(work)


def _check(why_not: str) -> None:
    if why_not:
        raise DayRefused(why_not)


def _agreed(shifts: Shifts, shown: str) -> None:
    if mark_of(shifts) != shown:
        raise NotAsShown


def _shift(shifts: Shifts, why: str, *, by: Person, at: datetime) -> None:
    """Give these terms their new last day, with a line in the trail of each file, and tell whom it concerns."""
    files = Initiative.objects.select_for_update().in_bulk([shift.term.initiative_id for shift in shifts.files])
    for shift in shifts.files:
        file, term = files[shift.term.initiative_id], shift.term
        term.last_day = shift.after
        term.save(update_fields=["last_day"])
        if file.due_kind == term.kind:
            file.due_on = shift.after
            file.save(update_fields=["due_on"])
        trace(file, term.kind, shift.words, why, (shift.before, shift.after), by)
    tell(_concerned(shifts.files, local_date(at)), why, by=by, at=at)
    for other in shifts.others:
        other.move(why, by, at)


def _record(action: str, sentence: str, day: EquatedDay, shifts: Shifts, by: Person, reason: str = "") -> None:
    moved = so_many(shifts.total, "termijn verschoof.", "termijnen verschoven.")
    record(
        action,
        f"{sentence} {moved}",
        actor=by,
        role=Role.ADMINISTRATOR,
        about=day,
        reason=reason,
        data={"date": day.date.isoformat(), "citation": day.citation, "shifted": shifts.total},
    )


def _concerned(shifts: list[Shift], today: date) -> dict[int, list[list[str]]]:
    """Everybody whom it concerns, with links to all files of that person."""
    concerned: dict[int, list[list[str]]] = defaultdict(list)
    asked: dict[tuple[str, int], Iterable[int]] = {}
    for shift in shifts:
        file, kind = shift.term.initiative, shift.term.kind
        if (kind, file.unit_id) not in asked:
            asked[kind, file.unit_id] = first_roles(CONCERNED[Kind(kind)], file.unit_id, today)
        for person in asked[kind, file.unit_id]:
            concerned[person].append([str(file), reverse("file", args=[file.pk]), shift.words])
    return concerned
