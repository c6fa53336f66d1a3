"""Rights hold for a role, a unit, those below it, and today."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Group

from organisation.mandates import give_mandate
from organisation.models import Mandate, Person, Unit, UnitUserPermission
from organisation.permissions import (
    capacities,
    capacity_for,
    derive_rights,
    differs_from,
    holds,
    is_for,
    may,
    rights_of,
    units_with,
    write_roles,
)
from organisation.roles import ROLES, Perm, Role
from organisation.services import assign_role
from organisation.tests.factories import LONG_AGO, holder_of, person, unit
from workflow.clock import local_date, now
from workflow.who import Capacity, Refusal

pytestmark = pytest.mark.django_db


def of(code: str) -> Any:
    """Something that belongs to a unit."""
    return SimpleNamespace(unit_id=unit(code).pk)


def afresh(somebody: Person) -> Person:
    return Person.objects.get(pk=somebody.pk)


def test_contact_person_may_file_for_own_unit_and_those_below_it_only() -> None:
    contact = holder_of(Role.CONTACT, "ON")
    below = set(Unit.objects.filter(parent__code="ON").values_list("pk", flat=True))
    assert units_with(contact, Perm.FILE) == {unit("ON").pk} | below
    assert units_with(contact, Perm.ESTABLISH_NECESSITY) == set()


def test_units_that_lie_below_each_other_in_a_circle_are_counted_once() -> None:
    contact = holder_of(Role.CONTACT, "ON")
    Unit.objects.filter(code="ON").update(parent=unit("ON-01"))
    assert len(rights_of(contact)) == len(ROLES[Role.CONTACT].perms) * (1 + 5)


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


def test_group_without_assignment_gives_nothing() -> None:
    stranger = person()
    stranger.groups.add(Group.objects.get(name=Role.LEADER))
    assert rights_of(stranger) == ()


def test_guardians_permission_that_the_role_does_not_have_gives_nothing() -> None:
    head, contact = holder_of(Role.HEAD, "ON"), holder_of(Role.CONTACT, "ON")
    UnitUserPermission.objects.filter(user=head, permission__codename=Perm.ESTABLISH_NECESSITY).update(user=contact)
    assert not may(contact, Perm.ESTABLISH_NECESSITY)


@pytest.mark.parametrize("role", Role)
def test_role_gives_exactly_the_permissions_of_its_definition(role: Role) -> None:
    somebody = holder_of(role, None if ROLES[role].is_national else "ON")
    assert {right.perm for right in rights_of(somebody)} == set(ROLES[role].perms)


def test_superuser_has_no_capacities() -> None:
    assert rights_of(Person.objects.create_superuser("9000")) == ()


def test_stranger_and_who_was_shut_out_may_nothing() -> None:
    assert rights_of(AnonymousUser()) == ()
    assert rights_of(holder_of(Role.LEADER, is_active=False)) == ()


@pytest.mark.parametrize("codes", [["ON"], ["ON", "MN", "NH"]])
def test_rights_are_one_query_whatever_somebody_holds(codes: list[str], django_assert_num_queries: Any) -> None:
    contact = person()
    for code in codes:
        assign_role(contact, Role.CONTACT, unit(code), from_date=LONG_AGO, by=None, at=now())
    contact = afresh(contact)
    with django_assert_num_queries(1):
        assert may(contact, Perm.FILE)
        assert len(capacities(contact)) == len(codes)
        assert isinstance(holds(Perm.FILE)(contact, SimpleNamespace(unit_id=0)), Refusal)


# --- capacities -----------------------------------------------------------------------------------


def test_head_of_a_regional_unit_is_its_chief_and_other_units_have_a_head() -> None:
    titles = [capacities(holder_of(Role.HEAD, code))[0].title for code in ("ON", "LE", "PDC", "ON-01")]
    assert titles == [
        "De politiechef Oost-Nederland",
        "De politiechef Landelijke Eenheid",
        "Het hoofd Politiedienstencentrum",
        "Het hoofd IJsselland",
    ]


def test_holder_of_the_right_acts_in_the_role_that_gives_it() -> None:
    contact = holder_of(Role.CONTACT, "ON")
    capacity = Capacity("contactpersoon", "De contactpersoon Oost-Nederland", unit="ON")
    assert holds(Perm.FILE)(contact, of("ON")) == holds(Perm.FILE)(contact, of("ON-01")) == capacity
    assert holds(Perm.FILE)(contact, of("MN")) == Refusal(
        "Uw rol geeft u dit recht niet: ‘Initiatieven opstellen, aanmelden en intrekken’."
    )


@pytest.mark.parametrize(("code", "behalf"), [("ON", "de politiechef"), ("PDC", "het hoofd")])
def test_mandate_says_on_whose_behalf(code: str, behalf: str) -> None:
    head, contact, day = holder_of(Role.HEAD, code), holder_of(Role.CONTACT, code), local_date(now())
    give_mandate(head, contact, unit(code), Mandate.Kind.OBJECT, from_date=day, until_date=day)
    answer = holds(Perm.OBJECT)(afresh(contact), of(code))
    assert isinstance(answer, Capacity)
    assert (answer.role, answer.unit, answer.mandate) == ("contactpersoon", code, behalf)


def test_own_right_goes_before_a_mandate() -> None:
    head, both, day = holder_of(Role.HEAD, "ON"), holder_of(Role.CONTACT, "ON"), local_date(now())
    assign_role(both, Role.HEAD, unit("ON"), from_date=LONG_AGO, by=None, at=now())
    give_mandate(head, both, unit("ON"), Mandate.Kind.OBJECT, from_date=day, until_date=day)
    answer = holds(Perm.OBJECT)(afresh(both), of("ON"))
    assert isinstance(answer, Capacity)
    assert (answer.role, answer.mandate) == ("onderdeelhoofd", "")


def test_four_eyes_look_at_who_somebody_is_and_not_at_what_they_may() -> None:
    leader, other = holder_of(Role.LEADER), holder_of(Role.LEADER)
    who = differs_from(lambda subject: {leader.pk}, "U nam het eerste besluit.", condition="een ander")
    assert who(leader, of("ON")) == Refusal("U nam het eerste besluit.", told=True)
    assert isinstance(who(other, of("ON")), Capacity)


def test_capacity_for_a_unit_is_that_of_the_role_that_gives_the_right() -> None:
    head = holder_of(Role.HEAD, "ON")
    assert capacity_for(head, Perm.GIVE_MANDATE, unit("ON").pk).title == "De politiechef Oost-Nederland"


def test_role_is_for_exactly_one_unit() -> None:
    contact = holder_of(Role.CONTACT, "ON")
    assert [is_for(contact, Role.CONTACT, unit(code)) for code in ("ON", "ON-01", "MN")] == [True, False, False]
    assert not is_for(contact, Role.HEAD, unit("ON"))


# --- deriving -------------------------------------------------------------------------------------


def derived(somebody: Person) -> tuple[set[tuple[str, str]], set[str]]:
    rows = UnitUserPermission.objects.filter(user=somebody)
    return (
        set(rows.values_list("content_object__code", "permission__codename")),
        set(somebody.groups.values_list("name", flat=True)),
    )


def test_derived_rights_are_exactly_those_of_the_assignments_that_have_not_ended() -> None:
    somebody, day = person(), date(2018, 5, 18)
    for role, code, first, last in (
        (Role.CONTACT, "ON", day, None),
        (Role.JUDGE, "MN", day - timedelta(days=9), day),
        (Role.WEARER, "NH", day + timedelta(days=1), None),
        (Role.HEAD, "AM", day - timedelta(days=9), day - timedelta(days=1)),
        (Role.LEADER, None, day, None),
        (Role.AUDITOR, None, day - timedelta(days=9), day - timedelta(days=1)),
    ):
        where = unit(code) if code else None
        assign_role(somebody, role, where, from_date=first, until_date=last, by=None, at=now())
    derive_rights(somebody, day)
    assert derived(somebody) == (
        {("ON", code) for code in ("see_files", "file_initiative", "keep_cameras", "ask_questions", "see_overview")}
        | {("MN", "judge_recordings"), ("NH", "wear_camera")},
        {"projectleider"},
    )


def test_deriving_again_changes_nothing_and_says_so() -> None:
    contact, day = holder_of(Role.CONTACT, "ON"), local_date(now())
    before = derived(contact), set(contact.unituserpermission_set.values_list("pk", flat=True))
    assert derive_rights(contact, day) is False
    assert (derived(contact), set(contact.unituserpermission_set.values_list("pk", flat=True))) == before


def test_deriving_takes_away_what_was_given_by_hand() -> None:
    contact, stranger, day = holder_of(Role.CONTACT, "ON"), person(), local_date(now())
    UnitUserPermission.objects.filter(user=contact).update(user=stranger)
    stranger.groups.add(Group.objects.get(name=Role.AUDITOR))
    assert derive_rights(stranger, day) is True
    assert derived(stranger) == (set(), set())


# --- the roles themselves -------------------------------------------------------------------------


def test_groups_are_the_national_roles_with_their_permissions() -> None:
    expected = {role.value: {perm.value for perm in d.perms} for role, d in ROLES.items() if d.is_national}
    found = {group.name: set(group.permissions.values_list("codename", flat=True)) for group in Group.objects.all()}
    assert found == expected


def test_writing_the_roles_again_writes_nothing() -> None:
    """The application's role has no right to write them, so a write would be refused."""
    write_roles()


def test_every_role_is_defined_and_every_permission_belongs_to_a_role() -> None:
    assert set(ROLES) == set(Role)
    assert {perm for definition in ROLES.values() for perm in definition.perms} == set(Perm)
    assert set(Role.national()) | set(Role.of_a_unit()) == {role.value for role in Role}


def test_necessity_and_objection_and_first_decision_are_never_in_one_role() -> None:
    for definition in ROLES.values():
        assert (
            len({Perm.FILE, Perm.ESTABLISH_NECESSITY, Perm.DECIDE, Perm.DECIDE_OBJECTION} & set(definition.perms)) < 2
        )
