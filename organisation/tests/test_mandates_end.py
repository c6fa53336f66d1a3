"""A mandate ends with the headship of who gave it: at once for rights and pages, and with a trace by the next run."""

from contextlib import nullcontext
from datetime import date, timedelta

import pytest

from journal.models import Entry
from organisation.mandates import end_mandates_of_former_heads, give_mandate
from organisation.models import Mandate, Person
from organisation.permissions import may
from organisation.refusals import OrganisationRefused
from organisation.roles import Perm, Role
from organisation.services import end_role
from organisation.tests.factories import also_holds, holder_of, unit
from workflow.clock import local_date, now

pytestmark = pytest.mark.django_db


def today() -> date:
    return local_date(now())


def in_days(days: int) -> date:
    return today() + timedelta(days=days)


def afresh(somebody: Person) -> Person:
    return Person.objects.get(pk=somebody.pk)


@pytest.fixture
def contact() -> Person:
    return holder_of(Role.CONTACT, "ON")


def given(head: Person, contact: Person, until: int = 30) -> Mandate:
    return give_mandate(head, contact, unit("ON"), Mandate.Kind.OBJECT, from_date=in_days(0), until_date=in_days(until))


def test_mandate_of_who_is_head_no_more_gives_nothing_the_very_day(contact: Person) -> None:
    head = holder_of(Role.HEAD, "ON")
    given(head, contact)
    assert may(afresh(contact), Perm.OBJECT)
    head.assignments.update(until_date=in_days(-1))
    assert not may(afresh(contact), Perm.OBJECT)
    assert not Mandate.objects.running_on(today()).exists()


def test_mandate_goes_on_when_the_head_stays_head_by_another_assignment(contact: Person) -> None:
    head = holder_of(Role.HEAD, "ON", until_date=in_days(40))
    given(head, contact)
    head.assignments.update(until_date=in_days(-1))
    also_holds(head, Role.HEAD, "ON", from_date=in_days(0))
    assert may(afresh(contact), Perm.OBJECT)
    assert end_mandates_of_former_heads(now()) == 0


def test_other_roles_for_the_unit_keep_no_mandate_alive(contact: Person) -> None:
    head = also_holds(holder_of(Role.HEAD, "ON"), Role.JUDGE, "ON")
    given(head, contact)
    head.assignments.filter(role=Role.HEAD).update(until_date=in_days(-1))
    assert not may(afresh(contact), Perm.OBJECT)


def test_mandate_for_a_part_lasts_as_long_as_the_head_of_the_whole(contact: Person) -> None:
    head, below = holder_of(Role.HEAD, "ON"), holder_of(Role.CONTACT, "ON-01")
    kind, period = Mandate.Kind.ACQUIESCE, {"from_date": in_days(0), "until_date": in_days(1)}
    give_mandate(head, below, unit("ON-01"), kind, **period)
    assert may(afresh(below), Perm.ACQUIESCE)
    assert end_mandates_of_former_heads(now()) == 0


@pytest.mark.parametrize(("code", "fits"), [("MN", False), ("ON", True)])
def test_being_head_of_another_unit_on_the_last_day_is_not_enough(contact: Person, code: str, fits: bool) -> None:
    head = holder_of(Role.HEAD, "ON", until_date=in_days(5))
    head = also_holds(head, Role.HEAD, code, from_date=in_days(6))
    with nullcontext() if fits else pytest.raises(OrganisationRefused, match="geen hoofd meer van deze eenheid"):
        given(head, contact, 6)


def test_end_of_a_headship_ends_the_mandates_with_a_trace_once(contact: Person) -> None:
    head, administrator = holder_of(Role.HEAD, "ON"), holder_of(Role.ADMINISTRATOR)
    mandate = given(head, contact)
    end_role(head.assignments.get(), until_date=in_days(-1), by=administrator, at=now())
    assert Mandate.objects.get(pk=mandate.pk).revoked_at is not None
    entry = Entry.objects.get(action="mandaat_geeindigd")
    assert str(entry) == (
        "Het mandaat voor bezwaar maken en intrekken is geëindigd, omdat wie het gaf geen hoofd van de eenheid meer is."
    )
    assert (entry.actor, entry.unit, entry.object_id) == (Person.SYSTEM, "ON", str(mandate.pk))
    assert end_mandates_of_former_heads(now()) == 0


def test_headship_that_ends_later_ends_the_mandate_on_that_day(contact: Person) -> None:
    head = holder_of(Role.HEAD, "ON")
    given(head, contact)
    end_role(head.assignments.get(), until_date=in_days(3), by=holder_of(Role.ADMINISTRATOR), at=now())
    assert may(afresh(contact), Perm.OBJECT)
    at = now() + timedelta(days=4)
    assert (end_mandates_of_former_heads(at), end_mandates_of_former_heads(at)) == (1, 0)


@pytest.mark.parametrize(("until", "fits"), [(5, True), (6, False)])
def test_mandate_is_not_given_for_longer_than_the_headship(contact: Person, until: int, fits: bool) -> None:
    head = holder_of(Role.HEAD, "ON", until_date=in_days(5))
    if fits:
        assert given(head, contact, until)
    else:
        with pytest.raises(OrganisationRefused, match="geen hoofd meer"):
            given(head, contact, until)
