"""Holders of roles for tests are made by a statement for each table; what they leave is what the service leaves."""

from typing import Any

import pytest

from journal.models import Entry
from organisation.models import Person, RoleAssignment, UnitUserPermission
from organisation.permissions import derive_rights, rights_of
from organisation.roles import ROLES, Role
from organisation.tests.factories import also_holds, holders_of, person
from workflow.clock import local_date, now

pytestmark = pytest.mark.django_db

PARTS = [(role, None if ROLES[role].is_national else "ON") for role in Role]
OF_THEMSELVES = {"id", "person", "number", "password", "user", "object", "at", "data"}
"""What two people never have in common."""


def test_holders_made_at_once_leave_what_the_service_leaves() -> None:
    served = [also_holds(person(), role, code) for role, code in PARTS]
    for one, other in zip(holders_of(*PARTS), served, strict=True):
        assert left_by(one) == left_by(other)
        assert rights_of(one) == rights_of(other)
        assert not derive_rights(one, local_date(now()))


def test_twin_a_right_that_is_missing_is_seen() -> None:
    one, other = holders_of((Role.HEAD, "ON"), (Role.HEAD, "ON"))
    assert left_by(one) == left_by(other)
    UnitUserPermission.objects.filter(user=one)[:1].get().delete()
    assert left_by(one) != left_by(other)
    assert derive_rights(one, local_date(now()))


def left_by(somebody: Person) -> list[Any]:
    """Every row about this person, without what is this person's own."""
    about = Entry.objects.filter(object_type="organisation.person", object_id=str(somebody.pk))
    rows = [
        *Person.objects.filter(pk=somebody.pk).values(),
        *RoleAssignment.objects.filter(person=somebody).values(),
        *UnitUserPermission.objects.filter(user=somebody).order_by("permission_id").values(),
        *somebody.groups.values(),
        *about.values(),
    ]
    said = [str(entry.data).replace(somebody.number, "") for entry in about]
    shared = [{name: row[name] for name in row if name.removesuffix("_id") not in OF_THEMSELVES} for row in rows]
    return [*shared, *said]
