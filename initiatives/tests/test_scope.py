"""What is outside the procedure: when, for whom it is listed, and how it comes inside after all."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from initiatives.choices import Outside
from initiatives.concepts import AlreadySent
from initiatives.models import Initiative, OutsideProcedure
from initiatives.policy import TRANSITION, outside_answers
from initiatives.scope import AlreadyTurned, register_outside, turn_into_concept, units_to_file_for
from journal.models import Entry
from organisation.models import Person, Unit
from organisation.roles import Role
from organisation.tests.factories import also_holds, holder_of, person, policy, unit
from workflow.clock import local_date, now

pytestmark = pytest.mark.django_db
BEGAN = date(2015, 2, 19)


def outside(by: Person, unit_code: str = "ON") -> OutsideProcedure:
    return register_outside(by, unit(unit_code), Outside.USE, "Dienst op zaterdag.", at=now())


def test_use_and_upkeep_are_outside_from_the_day_of_the_letter() -> None:
    assert outside_answers(BEGAN) == list(Outside)
    assert outside_answers(BEGAN - timedelta(days=1)) == [Outside.NO_BODYCAM]


def test_use_and_upkeep_are_inside_once_the_transition_is_over() -> None:
    policy(TRANSITION, valid_until=date(2030, 12, 31))
    assert outside_answers(date(2030, 12, 31)) == list(Outside)
    assert outside_answers(date(2031, 1, 1)) == [Outside.NO_BODYCAM]


def test_contact_person_files_for_units_of_the_highest_level_that_exist() -> None:
    today = local_date(now())
    somebody = also_holds(holder_of(Role.CONTACT, "ON"), Role.CONTACT, "AM")
    assert [one.code for one in units_to_file_for(somebody, today)] == ["AM", "ON"]
    Unit.objects.filter(code="AM").update(valid_until=today)
    assert [one.code for one in units_to_file_for(somebody, today)] == ["AM", "ON"]
    assert [one.code for one in units_to_file_for(somebody, today + timedelta(days=1))] == ["ON"]
    assert units_to_file_for(holder_of(Role.HEAD, "ON"), today) == []
    assert units_to_file_for(person(is_superuser=True), today) == []


def test_what_is_outside_stands_in_the_journal_and_begins_nothing() -> None:
    somebody = holder_of(Role.CONTACT, "ON")
    found = outside(somebody)
    entry = Entry.objects.get(action="buiten_procedure_geregistreerd")
    assert (entry.actor, entry.unit, entry.reason) == (somebody.number, "ON", "Dienst op zaterdag.")
    assert (entry.object_type, entry.object_id) == ("initiatives.outsideprocedure", str(found.pk))
    assert not Initiative.objects.exists()


def test_a_form_that_is_sent_twice_is_registered_once() -> None:
    somebody, form_id = holder_of(Role.CONTACT, "ON"), uuid4()
    register_outside(somebody, unit("ON"), Outside.USE, "Een keer.", at=now(), form_id=form_id)
    with pytest.raises(AlreadySent):
        register_outside(somebody, unit("ON"), Outside.USE, "Een keer.", at=now(), form_id=form_id)
    assert OutsideProcedure.objects.count() == 1


def test_list_is_for_the_unit_the_project_leader_and_the_auditor() -> None:
    here = outside(holder_of(Role.CONTACT, "ON"))
    there = outside(holder_of(Role.CONTACT, "AM"), "AM")
    expected = {
        holder_of(Role.CONTACT, "ON"): {here},
        holder_of(Role.HEAD, "AM"): {there},
        holder_of(Role.LEADER): {here, there},
        holder_of(Role.AUDITOR): {here, there},
        holder_of(Role.MANAGER): set(),
        holder_of(Role.HOLDER): set(),
        holder_of(Role.JUDGE, "ON"): set(),
        person(is_superuser=True): set(),
    }
    for somebody, seen in expected.items():
        assert set(OutsideProcedure.objects.visible_to(somebody)) == seen


def test_what_was_outside_becomes_a_concept_of_the_same_unit_once() -> None:
    somebody = holder_of(Role.CONTACT, "ON")
    found = outside(somebody)
    initiative = turn_into_concept(found, ["aanschaf"], person=somebody, at=now())
    assert (initiative.unit.code, initiative.kinds, initiative.outside_before) == ("ON", ["aanschaf"], found)
    with pytest.raises(AlreadyTurned) as refused:
        turn_into_concept(found, ["experiment"], person=somebody, at=now())
    assert refused.value.initiative == initiative
    assert Initiative.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_who_turn_it_at_once_one_begins_a_concept() -> None:
    somebody = holder_of(Role.CONTACT, "ON")
    found = outside(somebody)

    def one(_: int) -> str:
        try:
            turn_into_concept(found, ["aanschaf"], person=somebody, at=now())
        except AlreadyTurned:
            return "told"
        finally:
            connection.close()
        return "begun"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(one, range(4))) == ["begun", "told", "told", "told"]
    assert Initiative.objects.count() == 1
