"""The scope check (S0-18, S0-19, S0-39, S0-41): what is outside the procedure, and putting that on record.

What is inside becomes a concept (`concepts.py`). A new or extended commitment is inside, carrying out what was agreed
before is not (T-03); something of both is inside.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from initiatives.choices import Outside
from initiatives.concepts import begin_concept, made_once
from initiatives.models import Initiative, OutsideProcedure
from journal.write import record
from organisation.endings import heir_of
from organisation.models import Person, Unit
from organisation.permissions import capacity_for, may, units_with
from organisation.roles import Perm


class AlreadyTurned(Exception):
    """This was made a concept before: `initiative`."""

    def __init__(self, initiative: Initiative) -> None:
        super().__init__(initiative.pk)
        self.initiative = initiative


def units_to_file_for(person: Person, day: date) -> list[Unit]:
    """The units for which this person can begin an initiative: of the highest level, and existing on `day`."""
    return list(Unit.objects.existing_on(day).of_the_highest_level().filter(pk__in=units_with(person, Perm.FILE)))


def may_see_outside(person: Person) -> bool:
    """The list is for the unit, the project leader and the auditor."""
    return any(may(person, perm) for perm in (Perm.SEE_FILES, Perm.ASSESS, Perm.AUDIT))


def register_outside(
    person: Person, unit: Unit, answer: Outside, reasons: str, *, at: datetime, form_id: UUID | None = None
) -> OutsideProcedure:
    """Put on record that something is outside the procedure (S0-41). It gets no number and starts nothing. Raises
    `AlreadySent`.
    """
    with made_once(OutsideProcedure, form_id):
        outside = OutsideProcedure.objects.create(
            unit=unit, answer=answer, reasons=reasons, registered_by=person, registered_at=at, form_id=form_id
        )
        capacity = capacity_for(person, Perm.FILE, unit.pk)
        record(
            "buiten_procedure_geregistreerd",
            f"{capacity.title} heeft gemeld: {Outside(answer).label}. Dat valt buiten de procedure.",
            actor=person,
            role=capacity.role,
            unit=capacity.unit,
            about=outside,
            reason=reasons,
        )
    return outside


def turn_into_concept(outside: OutsideProcedure, kinds: list[str], *, person: Person, at: datetime) -> Initiative:
    """What was outside belongs inside after all: a concept of the same unit. Raises `AlreadyTurned` the second time."""
    with transaction.atomic():
        current = OutsideProcedure.objects.select_for_update(of=("self",)).select_related("unit").get(pk=outside.pk)
        if current.initiative:
            raise AlreadyTurned(current.initiative)
        current.initiative = begin_concept(person, heir_of(current.unit) or current.unit, kinds, at=at)
        current.save(update_fields=["initiative"])
    return current.initiative
