"""The pages about units and people: who may see them, what they show, and what they cost."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from organisation.mandates import give_mandate
from organisation.models import Mandate, Person
from organisation.roles import Role
from organisation.tests.factories import holder_of, person, unit
from organisation.views import directory
from workflow.clock import local_date, now

pytestmark = pytest.mark.django_db
PAGES = ("/organisatie/", "/organisatie/eenheden/ON/", "/organisatie/mensen/", "/organisatie/mensen/{pk}/")
MAY_SEE = (Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR)
OTHERS = tuple(role for role in Role if role not in MAY_SEE)


@pytest.fixture
def administrator(client: Client) -> Person:
    found = holder_of(Role.ADMINISTRATOR, number="200600")
    client.force_login(found)
    return found


def read(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("role", MAY_SEE)
def test_page_shows_to_who_may_see_the_organisation(client: Client, path: str, role: Role) -> None:
    client.force_login(holder_of(role))
    assert client.get(path.format(pk=person().pk)).status_code == 200


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("role", OTHERS)
def test_page_is_forbidden_to_every_other_role(client: Client, path: str, role: Role) -> None:
    client.force_login(holder_of(role, "ON" if role.value in Role.of_a_unit() else None))
    assert client.get(path.format(pk=person().pk)).status_code == 403


@pytest.mark.parametrize(
    "path", ["/organisatie/eenheden/XX/", "/organisatie/mensen/0/", f"/organisatie/mensen/{10**30}/"]
)
def test_what_does_not_exist_is_a_404(client: Client, administrator: Person, path: str) -> None:
    assert client.get(path).status_code == 404


def test_account_of_the_clock_is_shown_nowhere(client: Client, administrator: Person) -> None:
    clock = Person.objects.get(number=Person.SYSTEM)
    assert client.get(f"/organisatie/mensen/{clock.pk}/").status_code == 404
    assert Person.SYSTEM not in read(client, "/organisatie/mensen/")


def test_every_unit_of_the_highest_level_is_listed(client: Client, administrator: Person) -> None:
    page = read(client, "/organisatie/")
    for name in ("Oost-Nederland", "Landelijke Eenheid", "Politiedienstencentrum"):
        assert name in page


def test_unit_shows_its_parts_roles_and_mandates(client: Client, administrator: Person) -> None:
    head, contact = holder_of(Role.HEAD, "ON"), holder_of(Role.CONTACT, "ON")
    today = local_date(now())
    give_mandate(head, contact, unit("ON"), Mandate.Kind.ACQUIESCE, from_date=today, until_date=today)
    former = holder_of(Role.CONTACT, "ON", until_date=today - timedelta(days=1))
    page = read(client, "/organisatie/eenheden/ON/")
    assert "Twente" in page
    assert head.number in page
    assert f"Nummer {contact.number}: berusten" in page
    assert former.number not in page
    assert "Oost-Nederland" in read(client, "/organisatie/eenheden/ON-02/")


def test_person_shows_roles_of_now_and_before_and_what_happened(client: Client, administrator: Person) -> None:
    former = holder_of(Role.CONTACT, "ON", until_date=local_date(now()) - timedelta(days=1))
    page = read(client, f"/organisatie/mensen/{former.pk}/")
    assert "contactpersoon" in page
    assert f"Nummer {former.number} kreeg de rol contactpersoon voor Oost-Nederland." in page
    assert ("voorbij" in page, "Beëindigen" in page) == (True, False)


def test_role_of_now_can_be_ended_from_the_page_of_who_holds_it(client: Client, administrator: Person) -> None:
    page = read(client, f"/organisatie/mensen/{holder_of(Role.CONTACT, 'ON', until_date=local_date(now())).pk}/")
    assert ("voorbij" in page, "Beëindigen" in page) == (False, True)


class TestPeople:
    def test_people_are_found_by_the_start_of_their_number_and_by_role(
        self, client: Client, administrator: Person
    ) -> None:
        judge, wearer = holder_of(Role.JUDGE, "ON", number="55501"), holder_of(Role.WEARER, "ON", number="55502")
        assert {judge.number, wearer.number} <= set(self.numbers(client, "?nummer=555"))
        assert self.numbers(client, "?nummer=55501") == ["55501"]
        assert self.numbers(client, "?rol=drager") == ["55502"]
        assert self.numbers(client, "?nummer=9999") == []

    @pytest.mark.parametrize("query", ["?rol=keizer", "?nummer=" + "1" * 5000])
    def test_filter_that_makes_no_sense_is_no_error(self, client: Client, administrator: Person, query: str) -> None:
        assert administrator.number in self.numbers(client, query)

    def test_every_person_is_on_exactly_one_page(
        self, client: Client, administrator: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(directory, "PEOPLE_PER_PAGE", 2)
        expected = sorted([administrator.number, *(person().number for _ in range(4))])
        seen, query = [], ""
        while True:
            answer = client.get(f"/organisatie/mensen/{query}")
            seen += [found.number for found in answer.context["people"]]
            query = answer.context["next_url"]
            if not query:
                break
        assert seen == expected

    def test_list_costs_the_same_for_one_and_for_many(
        self, client: Client, administrator: Person, django_assert_num_queries: Any
    ) -> None:
        client.get("/account/")
        for many in (1, 20):
            for _ in range(many):
                holder_of(Role.CONTACT, "ON")
            with django_assert_num_queries(7):  # session, person, rights, state of the journal, clock, people, roles
                client.get("/organisatie/mensen/")

    def numbers(self, client: Client, query: str) -> list[str]:
        answer = client.get(f"/organisatie/mensen/{query}")
        assert answer.status_code == 200
        return [found.number for found in answer.context["people"]]
