"""Adding and taking away a day that a royal decree equates with a holiday (Atw art. 3 lid 3), and what follows: the
open terms that get another last day, and who is told of it.

How a term is counted is in `workflow/terms.py`. Terms that were met stay as they were.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from django.urls import reverse

from initiatives.models import FileTerm, Initiative, Notice
from initiatives.notices import NOTHING
from initiatives.terms import Kind, reckoned
from journal.write import record
from organisation.holders import first_roles
from organisation.models import Person
from organisation.roles import Role
from workflow.calendar import change_days, equated_days
from workflow.clock import local_date
from workflow.dates import day_in_words, weekday_in_words
from workflow.holidays import first_working_day, why_free
from workflow.models import EquatedDay

CONCERNED = {
    Kind.FIRST_DECISION: (Role.LEADER, Role.CONTACT, Role.HEAD),
    Kind.OBJECTION: (Role.HEAD, Role.CONTACT),
    Kind.OBJECTION_DECISION: (Role.MANAGER, Role.HOLDER, Role.CONTACT, Role.HEAD),
    Kind.LATE_OBJECTION_DECISION: (Role.MANAGER, Role.HOLDER, Role.CONTACT, Role.HEAD),
}
"""Whom a term concerns: who must act before it ends, and the unit."""


class DayRefused(Exception):
    """The day cannot be added or taken away; the message is a Dutch sentence."""


class NotAsShown(Exception):
    """Meanwhile other terms change than were shown before."""


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
        """`Eerste besluit: tot en met dinsdag 29 december 2026 (was donderdag 24 december 2026)`."""
        return f"{self.what}: tot en met {weekday_in_words(self.after)} (was {weekday_in_words(self.before)})"


def why_not_added(day: date) -> str:
    """Why the day cannot be equated with a holiday, or nothing."""
    why = why_free(day, equated_days())
    return f"Op deze dag eindigt al geen termijn: het is {why}." if why else ""


def why_not_removed(day: date, today: date) -> str:
    """Why the day cannot be taken away: no term may turn out to be over already."""
    return "Deze dag is voorbij. Termijnen die erdoor schoven, blijven zoals ze zijn." if day < today else ""


def shifts_if_added(day: date) -> list[Shift]:
    """What changes when `day` is equated with a holiday: only what ends on it."""
    return list(_shifts(day, equated_days() | {day}))


def shifts_if_removed(day: date) -> list[Shift]:
    """What changes when it is no longer: only what ends on the first working day after it."""
    equated = equated_days()
    return list(_shifts(first_working_day(day, equated), equated - {day}))


def _shifts(last_day: date, equated: frozenset[date]) -> Iterator[Shift]:
    """The open terms that end on `last_day` now and on another day with these equated days."""
    running = FileTerm.objects.filter(met_on__isnull=True, last_day=last_day).exclude(kind=Kind.SUPPLEMENT)
    found = running.select_related("initiative__unit").prefetch_related("initiative__returns")
    for term in found.order_by("initiative__number", "pk"):
        engine = reckoned(term, equated)
        if engine and engine.last_day != term.last_day:
            yield Shift(term, term.last_day, engine.last_day)


def mark_of(shifts: Iterable[Shift]) -> str:
    """What was shown, so that nothing else is done than what somebody agreed to."""
    said = ",".join(f"{shift.term.pk}:{shift.before}:{shift.after}" for shift in shifts)
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
        return len(shifts)

    return change_days(work)


def remove_day(pk: int, reasons: str, *, shown: str, by: Person, at: datetime) -> int:
    """Take an equated day away again and let what moved over it end earlier; answers and raises as `add_day`."""

    def work() -> int:
        removed = EquatedDay.objects.filter(pk=pk).first()
        if removed is None:
            raise DayRefused("Deze dag is al weggehaald.")
        _check(why_not_removed(removed.date, local_date(at)))
        shifts = shifts_if_removed(removed.date)
        _agreed(shifts, shown)
        why = f"{day_in_words(removed.date)} is niet meer gelijkgesteld met een feestdag"
        _shift(shifts, why, by=by, at=at)
        _record("dag_weggehaald", f"{why[0].upper()}{why[1:]}.", removed, shifts, by, reasons)
        removed.delete()
        return len(shifts)

    return change_days(work)


def _check(why_not: str) -> None:
    if why_not:
        raise DayRefused(why_not)


def _agreed(shifts: list[Shift], shown: str) -> None:
    if mark_of(shifts) != shown:
        raise NotAsShown


def _shift(shifts: list[Shift], why: str, *, by: Person, at: datetime) -> None:
    """Give these terms their new last day, with a line in the trail of each file, and tell whom it concerns."""
    files = Initiative.objects.select_for_update().in_bulk([shift.term.initiative_id for shift in shifts])
    for shift in shifts:
        file, term = files[shift.term.initiative_id], shift.term
        term.last_day = shift.after
        term.save(update_fields=["last_day"])
        if file.due_kind == term.kind:
            file.due_on = shift.after
            file.save(update_fields=["due_on"])
        record(
            "termijn_verschoven",
            f"{shift.words}. Want {why}.",
            actor=by,
            role=Role.ADMINISTRATOR,
            about=file,
            data={"kind": term.kind, "before": shift.before.isoformat(), "after": shift.after.isoformat()},
        )
    _tell(shifts, why, by=by, at=at)


def _record(action: str, sentence: str, day: EquatedDay, shifts: list[Shift], by: Person, reason: str = "") -> None:
    moved = "1 termijn verschoof." if len(shifts) == 1 else f"{len(shifts)} termijnen verschoven."
    record(
        action,
        f"{sentence} {moved}",
        actor=by,
        role=Role.ADMINISTRATOR,
        about=day,
        reason=reason,
        data={"date": day.date.isoformat(), "citation": day.citation, "shifted": len(shifts)},
    )


def _tell(shifts: list[Shift], why: str, *, by: Person, at: datetime) -> None:
    """One notice for everybody whom it concerns, with all files of that person in it."""
    concerned: dict[int, list[Shift]] = defaultdict(list)
    asked: dict[tuple[str, int], Iterable[int]] = {}
    for shift in shifts:
        kind, unit = shift.term.kind, shift.term.initiative.unit_id
        if (kind, unit) not in asked:
            asked[kind, unit] = first_roles(CONCERNED[Kind(kind)], unit, local_date(at))
        for person in asked[kind, unit]:
            concerned[person].append(shift)
    concerned.pop(by.pk, None)
    Notice.objects.bulk_create(
        Notice(
            person_id=person,
            kind=Notice.Kind.CHANGE,
            subject="1 termijn is verschoven" if len(theirs) == 1 else f"{len(theirs)} termijnen zijn verschoven",
            body=f"{why[0].upper()}{why[1:]}. Daarom eindigt een termijn op een andere dag.\n\n{NOTHING}",
            links=[[str(one.term.initiative), _path(one.term.initiative), one.words] for one in theirs],
            created_at=at,
        )
        for person, theirs in concerned.items()
    )


def _path(initiative: Initiative) -> str:
    return reverse("file", args=[initiative.pk])
