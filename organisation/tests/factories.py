"""People, units and roles for tests. Numbers are counted up; nobody has a name."""

from datetime import date
from itertools import count
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, Permission

from organisation.models import (
    Outcome,
    Person,
    PolicyRule,
    RoleAssignment,
    Unit,
    UnitEnding,
    UnitEndingVerdict,
    UnitUserPermission,
)
from organisation.policy_changes import decide, propose
from organisation.roles import ROLES, Role
from organisation.services import assign_role, record_given
from workflow import clock

numbers = count(700001)
LONG_AGO = date(2015, 1, 1)


def person(**fields: Any) -> Person:
    return Person.objects.create_user(fields.pop("number", str(next(numbers))), fields.pop("password", None), **fields)


def unit(code: str = "ON") -> Unit:
    return Unit.objects.get(code=code)


def holder_of(role: Role, unit_code: str | None = None, **fields: Any) -> Person:
    """Somebody who holds `role` today, for the unit with this code when the role is one of a unit."""
    dates = {name: fields.pop(name) for name in ("from_date", "until_date") if name in fields}
    if not fields and not dates:
        return holders_of((role, unit_code))[0]
    somebody = person(**fields)
    also_holds(somebody, role, unit_code, **dates)
    return somebody


def holders_of(*parts: tuple[Role, str | None]) -> list[Person]:
    """Somebody for each of these roles, all together: a statement for each table and not a question for each
    constraint. It leaves what `assign_role` leaves (test_factories.py).
    """
    units = {one.code: one for one in Unit.objects.filter(code__in={code for _, code in parts if code})}
    people = [Person(number=str(next(numbers)), password=make_password(None)) for _ in parts]
    Person.objects.bulk_create(people)
    assignments = [
        RoleAssignment(person=somebody, role=role, unit=units[code] if code else None, from_date=LONG_AGO)
        for somebody, (role, code) in zip(people, parts, strict=True)
    ]
    RoleAssignment.objects.bulk_create(assignments)
    _derive_rights_of(assignments)
    for assignment in assignments:
        record_given(assignment)
    return people


def _derive_rights_of(assignments: list[RoleAssignment]) -> None:
    perms = dict(Permission.objects.filter(content_type__app_label="organisation").values_list("codename", "pk"))
    UnitUserPermission.objects.bulk_create(
        UnitUserPermission(user=one.person, content_object=one.unit, permission_id=perms[perm.value])
        for one in assignments
        if one.unit
        for perm in sorted(ROLES[Role(one.role)].perms)
    )
    groups = dict(Group.objects.values_list("name", "pk"))
    Person.groups.through.objects.bulk_create(
        Person.groups.through(person_id=one.person_id, group_id=groups[one.role]) for one in assignments if not one.unit
    )


def also_holds(
    somebody: Person,
    role: Role,
    unit_code: str | None = None,
    from_date: date = LONG_AGO,
    until_date: date | None = None,
) -> Person:
    """Give `somebody` this role (too); answers with the same person, with the rights of now."""
    place = unit(unit_code) if unit_code else None
    assign_role(somebody, role, place, from_date=from_date, until_date=until_date, by=None, at=clock.now())
    return Person.objects.get(pk=somebody.pk)


def policy(code: str, **changes: Any) -> PolicyRule:
    """Let two people give the rule with this code a new version, which differs from the last one by `changes`."""
    last = PolicyRule.objects.filter(code=code).latest("valid_from", "pk")
    version, at = PolicyRule(**{**last.said(), **changes}), clock.now()
    change = propose(version, "Het beleid is veranderd.", {}, by=holder_of(Role.ADMINISTRATOR), at=at)
    rule = decide(change, Outcome.CONFIRMED, "", {}, by=holder_of(Role.ADMINISTRATOR), at=at)
    assert rule is not None
    return rule


def planned_ending(code: str, successor: str | None, last_day: date) -> UnitEnding:
    """An ending that two people agreed on, also for a day that has passed: then it waits to be carried out."""
    at = clock.now()
    ending = UnitEnding.objects.create(
        unit=unit(code),
        successor=unit(successor) if successor else None,
        last_day=last_day,
        reasons="De eenheden werken al samen.",
        proposed_by=holder_of(Role.ADMINISTRATOR),
        proposed_at=at,
    )
    by = holder_of(Role.ADMINISTRATOR)
    UnitEndingVerdict.objects.create(proposal=ending, outcome=Outcome.CONFIRMED, decided_by=by, decided_at=at)
    return ending
