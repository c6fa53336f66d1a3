"""A deputy holds the same role beside who is away, for a period; the trail says that it is a deputy."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from journal.models import Entry
from organisation.models import Person, RoleAssignment
from organisation.permissions import capacities, may
from organisation.refusals import OrganisationRefused
from organisation.roles import Perm, Role
from organisation.services import appoint_deputy
from organisation.tests.factories import holder_of, person
from workflow.clock import local_date, now

pytestmark = pytest.mark.django_db


def in_days(days: int) -> date:
    return local_date(now()) + timedelta(days=days)


@pytest.fixture
def administrator() -> Person:
    return holder_of(Role.ADMINISTRATOR)


@pytest.fixture
def absent() -> RoleAssignment:
    return holder_of(Role.HEAD, "ON").assignments.get()


def appointed(absent: RoleAssignment, deputy: Person, by: Person, first: int = 0, last: int = 14) -> RoleAssignment:
    return appoint_deputy(absent, deputy, from_date=in_days(first), until_date=in_days(last), by=by, at=now())


def test_deputy_may_what_who_is_away_may_and_is_named_so(absent: RoleAssignment, administrator: Person) -> None:
    deputy = person()
    held = appointed(absent, deputy, administrator)
    assert may(deputy, Perm.ESTABLISH_NECESSITY)
    assert may(absent.person, Perm.ESTABLISH_NECESSITY)
    assert [capacity.title for capacity in capacities(deputy)] == ["De waarnemend politiechef Oost-Nederland"]
    assert held.title == "onderdeelhoofd (waarnemend)"
    assert str(Entry.objects.latest("id")) == (
        f"Nummer {deputy.number} kreeg de rol onderdeelhoofd voor Oost-Nederland, "
        f"als waarnemer van nummer {absent.person.number}."
    )


@pytest.mark.parametrize(("first", "last", "holds"), [(-2, -1, False), (-1, 0, True), (0, 1, True), (1, 2, False)])
def test_deputy_is_there_on_the_days_of_the_period_only(
    absent: RoleAssignment, administrator: Person, first: int, last: int, holds: bool
) -> None:
    deputy = person()
    appointed(absent, deputy, administrator, first, last)
    assert may(Person.objects.get(pk=deputy.pk), Perm.OBJECT) is holds


def test_deputy_of_a_directorate_and_of_a_national_role_are_named_too(administrator: Person) -> None:
    for code, role, title in (("SKL", Role.HEAD, "Het waarnemend hoofd Staf korpsleiding"), (None, Role.LEADER, "")):
        deputy = person()
        appointed(holder_of(role, code).assignments.get(), deputy, administrator)
        found = [capacity.title for capacity in capacities(deputy)]
        assert found == [title or "De waarnemend projectleider"]


def test_nobody_deputises_for_or_appoints_themselves(absent: RoleAssignment, administrator: Person) -> None:
    with pytest.raises(OrganisationRefused, match="Niemand neemt voor zichzelf waar"):
        appointed(absent, absent.person, administrator)
    with pytest.raises(OrganisationRefused, match="uzelf geen rol"):
        appointed(absent, administrator, administrator)


def test_only_an_administrator_appoints(absent: RoleAssignment) -> None:
    with pytest.raises(OrganisationRefused, match="Alleen een functioneel beheerder"):
        appointed(absent, person(), absent.person)


@pytest.mark.parametrize("wrong", [{"role": Role.JUDGE}, {"until_date": None}, {"person": "same"}])
def test_database_refuses_what_is_no_deputy(absent: RoleAssignment, wrong: dict[str, Any]) -> None:
    said = {"person": person(), "role": absent.role, "unit": absent.unit, "until_date": in_days(1), **wrong}
    if wrong.get("person"):
        said |= {"person": absent.person, "from_date": in_days(400), "until_date": in_days(401)}
        RoleAssignment.objects.filter(pk=absent.pk).update(until_date=in_days(399))
    with pytest.raises(IntegrityError, match="deputy"), transaction.atomic():
        RoleAssignment.objects.create(**{"from_date": in_days(0), **said}, deputy_for=absent)


class TestPage:
    def typed(self, number: str, **other: str) -> dict[str, str]:
        return {"number": number, "from_date": str(in_days(0)), "until_date": str(in_days(7)), **other}

    def test_administrator_appoints_a_deputy(
        self, client: Client, absent: RoleAssignment, administrator: Person
    ) -> None:
        client.force_login(administrator)
        deputy = person()
        path = f"/organisatie/rollen/{absent.pk}/waarneming/"
        assert client.get(path).status_code == 200
        assert client.post(path, self.typed(deputy.number)).status_code == 302
        assert deputy.assignments.get().deputy_for == absent
        assert "(waarnemend)" in client.get("/organisatie/eenheden/ON/").content.decode()
        assert path in client.get(f"/organisatie/mensen/{absent.person_id}/").content.decode()

    @pytest.mark.parametrize("wrong", [{"number": "999999"}, {"until_date": ""}, {"until_date": "2015-01-01"}])
    def test_what_is_wrong_comes_back(
        self, client: Client, absent: RoleAssignment, administrator: Person, wrong: dict[str, str]
    ) -> None:
        client.force_login(administrator)
        path = f"/organisatie/rollen/{absent.pk}/waarneming/"
        assert client.post(path, self.typed(person().number) | wrong).status_code == 400
        assert RoleAssignment.objects.filter(deputy_for__isnull=False).count() == 0
