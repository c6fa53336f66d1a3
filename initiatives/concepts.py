"""Use cases before filing: the scope check, writing a concept, and throwing one away. Taking steps is in
`services.py`.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from initiatives.choices import Outside
from initiatives.models import Defect, Initiative, OutsideProcedure
from initiatives.procedure import Status
from initiatives.snapshot import what_was_signed_for
from journal.write import record
from organisation.models import Person, Unit
from organisation.permissions import capacity_for
from organisation.roles import Perm


class SavedByAnother(Exception):
    """The concept was saved by somebody else since it was opened; `current` is how it stands now."""

    def __init__(self, current: Initiative) -> None:
        super().__init__(current.pk)
        self.current = current


class NotAConcept(Exception):
    """The initiative is no longer a concept: its form is closed."""


def begin_concept(person: Person, unit: Unit, kinds: list[str], *, at: datetime) -> Initiative:
    """A new concept after a scope check that ended inside the procedure."""
    with transaction.atomic():
        initiative = Initiative.objects.create(
            unit=unit, kinds=kinds, created_by=person, changed_by=person, changed_at=at
        )
        _trace("concept_begonnen", "is een concept begonnen", initiative, person)
    return initiative


def save_concept(
    initiative: Initiative, given: Mapping[str, Any], defects: list[tuple[str, date]], *, person: Person, at: datetime
) -> bool:
    """Write the form's fields over the concept; answers whether the necessity lapsed by it.

    `given["version"]` is the version that was opened. Raises `SavedByAnother` when there is a newer one, and
    `NotAConcept` when it was filed meanwhile; then nothing is written.
    """
    with transaction.atomic():
        current = Initiative.objects.select_for_update(of=("self",)).get(pk=initiative.pk)
        if current.status != Status.CONCEPT:
            raise NotAConcept
        if current.version != given["version"]:
            raise SavedByAnother(current)
        for name, value in given.items():
            setattr(current, name, value)
        current.version += 1
        current.changed_by, current.changed_at = person, at
        lapsed = current.necessity is not None and current.necessity.signed_for != what_was_signed_for(current)
        if lapsed:
            current.necessity, current.urgent = None, False
            _trace("noodzaak_vervallen", "veranderde waarvoor was getekend; de noodzaak is vervallen", current, person)
        current.save()
        current.defects.all().delete()
        Defect.objects.bulk_create(
            Defect(initiative=current, serial=serial, defective_since=day) for serial, day in defects
        )
        _trace("concept_bewaard", "heeft het concept bewaard", current, person)
    return lapsed


def discard_concept(initiative: Initiative, *, person: Person) -> None:
    """Throw away a concept that was never filed. Raises `NotAConcept` for any other."""
    with transaction.atomic():
        current = Initiative.objects.select_for_update(of=("self",)).get(pk=initiative.pk)
        if current.status != Status.CONCEPT or current.number or current.necessities.exists():
            raise NotAConcept
        _trace("concept_weggegooid", "heeft het concept weggegooid", current, person)
        current.delete()


def register_outside(person: Person, unit: Unit, answer: Outside, reasons: str, *, at: datetime) -> OutsideProcedure:
    """Put on record that something is outside the procedure (S0-41). It gets no number and starts nothing."""
    with transaction.atomic():
        outside = OutsideProcedure.objects.create(
            unit=unit, answer=answer, reasons=reasons, registered_by=person, registered_at=at
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
    """What was outside after all belongs inside: a concept of the same unit. Asked twice, it answers with the same
    concept.
    """
    with transaction.atomic():
        current = OutsideProcedure.objects.select_for_update(of=("self",)).select_related("unit").get(pk=outside.pk)
        if current.initiative is None:
            current.initiative = begin_concept(person, current.unit, kinds, at=at)
            current.save(update_fields=["initiative"])
        return current.initiative


def _trace(action: str, words: str, initiative: Initiative, person: Person) -> None:
    capacity = capacity_for(person, Perm.FILE, initiative.unit_id)
    record(
        action,
        f"{capacity.title} {words}.",
        actor=person,
        role=capacity.role,
        unit=capacity.unit,
        about=initiative,
    )
