"""What may never be in the organisation's tables: refused by the database, whatever way it comes."""

from contextlib import nullcontext
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from organisation.models import Mandate, Person, PolicyChange, RoleAssignment, Unit, UnitEnding
from organisation.roles import Role
from organisation.tests.factories import holder_of, person, unit
from workflow.clock import local_date, now

pytestmark = pytest.mark.django_db

ASSIGN = (
    "INSERT INTO organisation_roleassignment (person_id, role, unit_id, from_date, until_date, assigned_by_id) VALUES "
)
END = (
    "INSERT INTO organisation_unitending (reasons, effect, proposed_by_id, proposed_at, unit_id, successor_id, "
    "last_day) VALUES "
)
CHANGE = (
    "INSERT INTO organisation_policychange (code, sentence, citation, reasons, effect, proposed_by_id, proposed_at, "
    "mode, parameters, valid_from, valid_until) VALUES "
)
MANDATE = "INSERT INTO organisation_mandate (unit_id, kind, given_by_id, given_to_id, from_date, until_date) VALUES "
FORBIDDEN = {
    "nobody_assigns_a_role_to_themselves": ASSIGN + "({me}, 'drager', {unit}, '2018-01-01', NULL, {me})",
    "assignment_ends_after_it_begins": ASSIGN + "({me}, 'drager', {unit}, '2018-01-02', '2018-01-01', NULL)",
    "assignment_has_a_unit_when_its_role_has": ASSIGN + "({me}, 'drager', NULL, '2018-01-01', NULL, NULL)",
    "assignment_does_not_overlap": ASSIGN + "({me}, 'contactpersoon', {unit}, '2018-01-01', NULL, NULL)",
    "deputy_is_there_for_a_period": (
        "INSERT INTO organisation_roleassignment (person_id, role, unit_id, from_date, deputy_for_id) "
        "SELECT {you}, role, unit_id, from_date, id FROM organisation_roleassignment WHERE person_id = {me}"
    ),
    "a_unit_does_not_succeed_itself": END + "('x', 'null', {me}, now(), {unit}, {unit}, '2030-01-01')",
    "organisation_unitending_says_something": END + "(' ', 'null', {me}, now(), {unit}, NULL, '2030-01-01')",
    "policy_ends_after_it_begins": (
        CHANGE + "('x', 'x', 'x', 'x', 'null', {me}, now(), 'geldt', 'null', '2018-01-02', '2018-01-01')"
    ),
    "organisation_policychange_says_something": (
        CHANGE + "('x', 'x', ' ', 'x', 'null', {me}, now(), 'geldt', 'null', '2018-01-02', NULL)"
    ),
    "mandate_is_given_to_another": MANDATE + "({unit}, 'bezwaar', {me}, {me}, '2018-01-01', '2018-02-01')",
    "mandate_ends_after_it_begins": MANDATE + "({unit}, 'bezwaar', {me}, {you}, '2018-01-02', '2018-01-01')",
    "mandate_is_never_for_the_necessity": MANDATE + "({unit}, 'noodzaak', {me}, {you}, '2018-01-01', '2018-02-01')",
    "unit_ends_after_it_begins": "UPDATE organisation_unit SET valid_until = '2012-12-31' WHERE id = {unit}",
    "organisation_unit_says_something": "UPDATE organisation_unit SET name = ' ' WHERE id = {unit}",
    "unit_is_not_its_own_parent": "UPDATE organisation_unit SET parent_id = id WHERE id = {unit}",
    "people_are_known_by_a_number": (
        "INSERT INTO organisation_person (number, password, is_superuser, email, is_active, mail) "
        "SELECT 'Achternaam', '', false, '', true, mail FROM organisation_person WHERE id = {me}"
    ),
}


def test_every_constraint_is_tried_below() -> None:
    models = (Unit, Person, RoleAssignment, Mandate, UnitEnding, PolicyChange)
    named = {constraint.name for model in models for constraint in model._meta.constraints}
    assert named == set(FORBIDDEN)


@pytest.mark.parametrize("constraint", FORBIDDEN)
def test_database_refuses(constraint: str) -> None:
    me, you = holder_of(Role.CONTACT, "ON"), person()
    statement = FORBIDDEN[constraint].format(me=me.pk, you=you.pk, unit=unit("ON").pk)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("days", [0, 1])
def test_role_that_was_held_is_never_erased(days: int) -> None:
    """The twin: one that has yet to begin can be."""
    held = holder_of(Role.CONTACT, "ON", from_date=local_date(now()) + timedelta(days=days)).assignments.all()
    if days:
        assert held.delete()[0] == 1
    else:
        with pytest.raises(IntegrityError, match="a role that was held stays"), transaction.atomic():
            held.delete()


@pytest.mark.parametrize(
    ("change", "fits"),
    [
        ("role = 'onderdeelhoofd'", False),
        ("from_date = from_date + 1", False),
        ("unit_id = unit_id + 1", False),
        ("until_date = from_date", True),
    ],
)
def test_role_that_was_given_never_becomes_another(change: str, fits: bool) -> None:
    holder_of(Role.CONTACT, "ON")
    refused = nullcontext() if fits else pytest.raises(IntegrityError, match="a role that was held stays")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE organisation_roleassignment SET {change}")


def test_person_has_no_name() -> None:
    assert not [field.name for field in Person._meta.get_fields() if "name" in field.name]


def test_people_and_units_read_as_their_number_and_name() -> None:
    assert (str(person(number="1021")), str(unit("ON"))) == ("1021", "Oost-Nederland")


def test_system_cannot_log_in_and_is_no_person() -> None:
    system = Person.objects.get(number=Person.SYSTEM)
    assert not system.is_active
    assert not system.has_usable_password()
    assert system not in Person.objects.people()


def test_unit_exists_from_its_first_up_to_and_including_its_last_day() -> None:
    Unit.objects.filter(code="ON-01").update(valid_from=date(2015, 1, 1), valid_until=date(2018, 5, 18))
    found = [
        Unit.objects.existing_on(day).filter(code="ON-01").exists()
        for day in (date(2014, 12, 31), date(2015, 1, 1), date(2018, 5, 18), date(2018, 5, 19))
    ]
    assert found == [False, True, True, False]
