"""Each head of a unit passes the procedure on within the unit, and confirms it (S0-15): this version of it, once or
again.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from initiatives.concepts import made_once
from initiatives.models import PassedOn, PolicyVersion
from journal.write import record
from organisation.models import Person, Unit
from organisation.permissions import capacity_for, may, units_with
from organisation.roles import Perm

PROCEDURE = "procedure"
"""The document that is passed on, in the library."""


class State(NamedTuple):
    """Whether a unit passed on what holds now: its last confirmation, if any, and whether that is of this version."""

    unit: Unit
    last: PassedOn | None
    is_current: bool


def version_on(day: date) -> PolicyVersion:
    """The version of the procedure that holds on `day`."""
    return PolicyVersion.objects.in_force_on(day).select_related("document").get(document__code=PROCEDURE)


def states(person: Any, day: date) -> Iterator[State]:
    """Of every unit that this person may know of: all for a national role, else the own."""
    units = Unit.objects.existing_on(day).of_the_highest_level()
    if not may(person, Perm.SEE_ALL_FILED):
        units = units.filter(pk__in=units_with(person, Perm.SEE_FILES))
    yield from _states(units, day)


def to_confirm(person: Any, day: date) -> list[State]:
    """The units for which this person is still to confirm it."""
    mine = units_with(person, Perm.PASS_ON)
    if not mine:
        return []
    units = Unit.objects.existing_on(day).of_the_highest_level().filter(pk__in=mine)
    return [state for state in _states(units, day) if not state.is_current]


def _states(units: Any, day: date) -> Iterator[State]:
    asked = PassedOn.objects.filter(unit__in=units).order_by("unit_id", "-confirmed_at", "-id").distinct("unit_id")
    last = {one.unit_id: one for one in asked.select_related("version")}
    version = version_on(day)
    for unit in units:
        found = last.get(unit.pk)
        yield State(unit, found, found is not None and found.version_id == version.pk)


def confirm(unit: Unit, how: str, *, person: Person, at: datetime, day: date, form_id: UUID | None = None) -> PassedOn:
    """Put on record that the procedure of `day` was passed on within the unit. Raises `AlreadySent`."""
    with made_once(PassedOn, form_id):
        version = version_on(day)
        confirmed = PassedOn.objects.create(
            unit=unit, version=version, how=how, confirmed_by=person, confirmed_at=at, form_id=form_id
        )
        capacity = capacity_for(person, Perm.PASS_ON, unit.pk)
        record(
            "procedure_doorgegeven",
            f"{capacity.title} heeft bevestigd dat de procedure is doorgegeven: {version.label}.",
            actor=person,
            role=capacity.role,
            unit=capacity.unit,
            about=unit,
            reason=how,
            data={"version": version.pk},
        )
    return confirmed
