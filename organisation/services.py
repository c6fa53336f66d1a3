"""Use cases of the organisation: giving and ending roles and mandates. Each leaves its trace in the journal.

What may never be in the table is said by the constraints in `models.py`, in their own words; who may is asked of
`permissions.py`.
"""

from datetime import date, datetime

from django.db import transaction

from journal.write import record
from organisation.models import Mandate, Person, RoleAssignment, Unit
from organisation.permissions import capacity_for, derive_rights, is_for, units_with
from organisation.refusals import OrganisationRefused as OrganisationRefused
from organisation.refusals import keep, must_hold
from organisation.roles import Perm, Role
from workflow.clock import local_date


def assign_role(
    person: Person,
    role: Role,
    unit: Unit | None,
    *,
    from_date: date,
    until_date: date | None = None,
    by: Person | None,
    at: datetime,
) -> RoleAssignment:
    """Let `person` hold `role` from `from_date` up to and including `until_date`; `by` is None when the system itself
    does it. Raises `OrganisationRefused`.
    """
    if by is not None:
        _must_manage(by)
    if person.number == Person.SYSTEM:
        raise OrganisationRefused("Aan het systeem kunt u geen rol geven.")
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        assignment = RoleAssignment(
            person=person, role=role, unit=unit, from_date=from_date, until_date=until_date, assigned_by=by
        )
        keep(assignment)
        derive_rights(person, local_date(at))
        where = f" voor {unit.name}" if unit else ""
        _record_role("rol_gegeven", f"Nummer {person.number} kreeg de rol {role.label}{where}.", assignment, by)
    return assignment


def end_role(assignment: RoleAssignment, *, until_date: date, by: Person, at: datetime) -> None:
    """Let an assignment end on `until_date`, its last day. Raises `OrganisationRefused`."""
    _must_manage(by)
    if by.pk == assignment.person_id:
        raise OrganisationRefused("U kunt uw eigen rol niet beëindigen. Vraag het een andere beheerder.")
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=assignment.person_id)
        assignment.until_date = until_date
        keep(assignment)
        derive_rights(person, local_date(at))
        sentence = (
            f"De rol {Role(assignment.role).label} van nummer {person.number} eindigt op {until_date:%-d-%-m-%Y}."
        )
        _record_role("rol_beeindigd", sentence, assignment, by)


def derive_all_rights(at: datetime) -> int:
    """Take away the rights of the roles that ended by their date alone, and mend every other difference.

    Done every night; asked again it changes nothing. Answers how many people's rights changed.
    """
    people = Person.objects.with_a_role_or_rights()
    return sum(derive_rights(person, local_date(at)) for person in people.iterator())


def give_mandate(
    head: Person, contact: Person, unit: Unit, kind: Mandate.Kind, *, from_date: date, until_date: date
) -> Mandate:
    """Let a contact person of the unit acquiesce or object on the head's behalf, from a day up to and including a
    day. Raises `OrganisationRefused`.
    """
    if unit.pk not in units_with(head, Perm.GIVE_MANDATE):
        raise OrganisationRefused("Alleen het hoofd van de eenheid kan dit mandaat geven.")
    if not is_for(contact, Role.CONTACT, unit):
        raise OrganisationRefused("Een mandaat kan alleen naar een contactpersoon van dezelfde eenheid.")
    with transaction.atomic():
        mandate = Mandate(
            unit=unit, kind=kind, given_by=head, given_to=contact, from_date=from_date, until_date=until_date
        )
        keep(mandate)
        title = capacity_for(head, Perm.GIVE_MANDATE, unit.pk).title
        record(
            "mandaat_gegeven",
            f"{title} gaf nummer {contact.number} mandaat voor {kind.label}.",
            actor=head,
            role=Role.HEAD,
            unit=unit.code,
            about=mandate,
            data={"from": str(from_date), "until": str(until_date)},
        )
    return mandate


def revoke_mandate(mandate: Mandate, *, by: Person, at: datetime) -> None:
    """Take a mandate back at once. Only the head of the unit can."""
    if mandate.unit_id not in units_with(by, Perm.GIVE_MANDATE):
        raise OrganisationRefused("Alleen het hoofd van de eenheid kan dit mandaat intrekken.")
    with transaction.atomic():
        mandate = Mandate.objects.select_for_update().get(pk=mandate.pk)
        if mandate.revoked_at is None:
            mandate.revoked_at = at
            mandate.save(update_fields=["revoked_at"])
            record(
                "mandaat_ingetrokken",
                f"Het mandaat voor {Mandate.Kind(mandate.kind).label} is ingetrokken.",
                actor=by,
                role=Role.HEAD,
                unit=mandate.unit.code,
                about=mandate,
            )


def _must_manage(by: Person) -> None:
    must_hold(by, Perm.MANAGE_ORGANISATION, "Alleen een functioneel beheerder kan rollen geven en beëindigen.")


def _record_role(action: str, sentence: str, assignment: RoleAssignment, by: Person | None) -> None:
    record(
        action,
        sentence,
        actor=by,
        role=Role.ADMINISTRATOR if by else "systeem",
        about=assignment.person,
        data={
            "role": str(assignment.role),
            "unit": assignment.unit.code if assignment.unit else "",
            "from": str(assignment.from_date),
            "until": str(assignment.until_date or ""),
        },
    )
