"""Use cases of the organisation: giving, ending and withdrawing roles. Each leaves its trace in the journal. Mandates
are in `mandates.py`, the end of a unit in `endings.py`.

What may never be in the table is said by the constraints in `models/`, in their own words; who may is asked of
`permissions.py`.
"""

from datetime import date, datetime

from django.db import transaction

from journal.write import record
from organisation.mandates import end_mandates_of_former_heads
from organisation.models import Person, RoleAssignment, Unit
from organisation.permissions import derive_rights
from organisation.refusals import OrganisationRefused, keep, must_hold
from organisation.roles import Perm, Role
from workflow.clock import local_date

BEGUN = "Deze rol is al ingegaan. U kunt haar nog wel beëindigen."
TAKEN_BACK = "Deze rol is al ingetrokken."


def assign_role(
    person: Person,
    role: Role,
    unit: Unit | None,
    *,
    from_date: date,
    until_date: date | None = None,
    deputy_for: RoleAssignment | None = None,
    by: Person | None,
    at: datetime,
) -> RoleAssignment:
    """Let `person` hold `role` from `from_date` up to and including `until_date`, in the place of `deputy_for` when
    given; `by` is None when the system itself does it. Raises `OrganisationRefused`.
    """
    if by is not None:
        _must_manage(by)
    if person.number == Person.SYSTEM:
        raise OrganisationRefused("Aan het systeem kunt u geen rol geven.")
    with transaction.atomic():
        _hold(person, deputy_for)
        assignment = RoleAssignment(
            person=person,
            role=role,
            unit=unit,
            from_date=from_date,
            until_date=until_date,
            deputy_for=deputy_for,
            assigned_by=by,
        )
        keep(assignment)
        derive_rights(person, local_date(at))
        record_given(assignment)
    return assignment


def record_given(assignment: RoleAssignment) -> None:
    """What the journal tells of a role that was given."""
    absent, role = assignment.deputy_for, Role(assignment.role).label
    place = f", als waarnemer van nummer {absent.person.number}" if absent else ""
    sentence = f"Nummer {assignment.person.number} kreeg de rol {role}{_where(assignment)}{place}."
    _record_role("rol_gegeven", sentence, assignment, assignment.assigned_by)


def appoint_deputy(
    absent: RoleAssignment, deputy: Person, *, from_date: date, until_date: date, by: Person, at: datetime
) -> RoleAssignment:
    """Let `deputy` hold the same role beside who is away, for a period. Raises `OrganisationRefused`."""
    if absent.person_id == deputy.pk:
        raise OrganisationRefused("Niemand neemt voor zichzelf waar. Kies een ander nummer.")
    period = {"from_date": from_date, "until_date": until_date}
    return assign_role(deputy, Role(absent.role), absent.unit, **period, deputy_for=absent, by=by, at=at)


def end_role(assignment: RoleAssignment, *, until_date: date, by: Person, at: datetime) -> None:
    """Let an assignment end on `until_date`, its last day. Raises `OrganisationRefused`."""
    _must_manage(by)
    if by.pk == assignment.person_id:
        raise OrganisationRefused("U kunt uw eigen rol niet beëindigen. Vraag het een andere beheerder.")
    with transaction.atomic():
        person = Person.objects.held().get(pk=assignment.person_id)
        held = _still_there(assignment)
        if held.until_date and held.until_date <= until_date:
            raise OrganisationRefused(f"Deze rol eindigt al op {held.until_date:%-d-%-m-%Y}.")
        held.until_date = until_date
        keep(held)
        derive_rights(person, local_date(at))
        sentence = f"{_of_whom(held)} eindigt op {until_date:%-d-%-m-%Y}."
        _record_role("rol_beeindigd", sentence, held, by)
        end_mandates_of_former_heads(at)


def withdraw_role(assignment: RoleAssignment, *, by: Person, at: datetime) -> None:
    """Take back a role that has yet to begin, as if it was never given; the journal knows that it was. Raises
    `OrganisationRefused`.
    """
    _must_manage(by)
    if by.pk == assignment.person_id:
        raise OrganisationRefused("U kunt uw eigen rol niet intrekken. Vraag het een andere beheerder.")
    with transaction.atomic():
        person = Person.objects.held().get(pk=assignment.person_id)
        planned = _still_there(assignment)
        if planned.from_date <= local_date(at):
            raise OrganisationRefused(BEGUN)
        if planned.deputies.exists():
            raise OrganisationRefused("Voor deze rol is een waarneming geregeld. Trek die eerst in.")
        sentence = f"{_of_whom(planned)} is ingetrokken. Zij zou ingaan op {planned.from_date:%-d-%-m-%Y}."
        _record_role("rol_ingetrokken", sentence, planned, by)
        planned.delete()
        derive_rights(person, local_date(at))


def derive_all_rights(at: datetime) -> int:
    """Take away the rights of the roles that ended by their date alone, and mend every other difference.

    Done every night; asked again it changes nothing. Answers how many people's rights changed.
    """
    people = Person.objects.with_a_role_or_rights()
    return sum(derive_rights(person, local_date(at)) for person in people.iterator())


def _must_manage(by: Person) -> None:
    must_hold(by, Perm.MANAGE_ORGANISATION, "Alleen een functioneel beheerder kan rollen geven en beëindigen.")


def _hold(person: Person, deputy_for: RoleAssignment | None) -> None:
    """Nobody else changes their roles until the transaction ends; and the role to deputise for is still there."""
    people = {person.pk, deputy_for.person_id} if deputy_for else {person.pk}
    list(Person.objects.held().filter(pk__in=people))
    if deputy_for:
        _still_there(deputy_for)


def _still_there(assignment: RoleAssignment) -> RoleAssignment:
    """What it is now, asked while its person is held: until then it can be taken back."""
    found = RoleAssignment.objects.select_related("person", "unit").filter(pk=assignment.pk).first()
    if found is None:
        raise OrganisationRefused(TAKEN_BACK)
    return found


def _where(assignment: RoleAssignment) -> str:
    return f" voor {assignment.unit.name}" if assignment.unit else ""


def _of_whom(assignment: RoleAssignment) -> str:
    return f"De rol {assignment.title}{_where(assignment)} van nummer {assignment.person.number}"


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
