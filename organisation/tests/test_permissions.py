"""Rights hold for a role, a unit, those below it, and today."""

from datetime import timedelta

import pytest

from organisation.models import Person, Unit, UnitUserPermission
from organisation.permissions import capacities, may, rights_of, units_with
from organisation.roles import Perm, Role
from organisation.tests.factories import holder_of, person, unit
from workflow.clock import local_date, now

pytestmark = pytest.mark.django_db


def test_contact_person_may_file_for_own_unit_and_those_below_it_only() -> None:
    contact = holder_of(Role.CONTACT, "ON")
    below = set(Unit.objects.filter(parent__code="ON").values_list("pk", flat=True))
    assert units_with(contact, Perm.FILE) == {unit("ON").pk} | below
    assert units_with(contact, Perm.ESTABLISH_NECESSITY) == set()


def test_national_role_holds_everywhere_and_for_no_unit_in_particular() -> None:
    leader = holder_of(Role.LEADER)
    assert may(leader, Perm.DECIDE)
    assert units_with(leader, Perm.DECIDE) == set()
    assert [capacity.title for capacity in capacities(leader)] == ["De projectleider"]


@pytest.mark.parametrize(("ends", "holds"), [(-1, False), (0, True), (1, True)])
def test_an_assignment_holds_up_to_and_including_its_last_day(ends: int, holds: bool) -> None:
    contact = holder_of(Role.CONTACT, "ON", until_date=local_date(now()) + timedelta(days=ends))
    assert may(contact, Perm.FILE) is holds


@pytest.mark.parametrize(("starts", "holds"), [(0, True), (1, False)])
def test_an_assignment_does_not_hold_before_its_first_day(starts: int, holds: bool) -> None:
    contact = holder_of(Role.CONTACT, "ON", from_date=local_date(now()) + timedelta(days=starts))
    assert may(contact, Perm.FILE) is holds


def test_assignment_without_guardians_permission_gives_nothing() -> None:
    contact = holder_of(Role.CONTACT, "ON")
    UnitUserPermission.objects.filter(user=contact).delete()
    assert rights_of(contact) == ()


def test_guardians_permission_without_assignment_gives_nothing() -> None:
    stranger = person()
    contact = holder_of(Role.CONTACT, "ON")
    UnitUserPermission.objects.filter(user=contact).update(user=stranger)
    assert rights_of(stranger) == ()


def test_superuser_has_no_capacities() -> None:
    assert rights_of(Person.objects.create_superuser("9000")) == ()
