"""What the functional administrator changes: accounts and roles, each asked first, never their own."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from journal.models import Entry
from organisation.models import Person, RoleAssignment
from organisation.permissions import may
from organisation.roles import Perm, Role
from organisation.tests.factories import holder_of, person, unit
from workflow.clock import local_date, now

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client: Client) -> Person:
    found = holder_of(Role.ADMINISTRATOR)
    client.force_login(found)
    return found


@pytest.fixture
def contact() -> Person:
    return holder_of(Role.CONTACT, "ON")


def addresses(of: Person) -> list[str]:
    role = of.assignments.first()
    assert role is not None
    ends = [f"/organisatie/mensen/{of.pk}/{page}/" for page in ("rol", "sluiten", "openen", "wachtwoordlink")]
    return ["/organisatie/mensen/nieuw/", f"/organisatie/rollen/{role.pk}/beeindigen/", *ends]


def in_days(days: int) -> str:
    return (local_date(now()) + timedelta(days=days)).isoformat()


def test_asking_changes_nothing(client: Client, administrator: Person, contact: Person) -> None:
    before = Entry.objects.count()
    for path in addresses(contact):
        assert client.get(path).status_code == 200
    assert Entry.objects.count() == before


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_else_may_ask_or_change(client: Client, contact: Person, role: Role) -> None:
    client.force_login(holder_of(role, "ON" if role.value in Role.of_a_unit() else None))
    for path in addresses(contact):
        assert (client.get(path).status_code, client.post(path).status_code) == (403, 403)


def test_who_does_not_exist_is_a_404(client: Client, administrator: Person) -> None:
    clock = Person.objects.get(number=Person.SYSTEM)
    for pk in (0, clock.pk, 10**30):
        for page in ("rol", "sluiten", "openen", "wachtwoordlink"):
            assert client.post(f"/organisatie/mensen/{pk}/{page}/").status_code == 404
    for page in ("beeindigen", "intrekken", "waarneming"):
        assert client.get(f"/organisatie/rollen/0/{page}/").status_code == 404


class TestAccounts:
    def test_account_is_made_once(self, client: Client, administrator: Person) -> None:
        typed = {"number": "4711", "email": "functie@politie.example"}
        made = client.post("/organisatie/mensen/nieuw/", typed)
        assert made.headers["Location"] == f"/organisatie/mensen/{Person.objects.get(number='4711').pk}/"
        again = client.post("/organisatie/mensen/nieuw/", typed)
        assert again.status_code == 400
        assert "Dit nummer heeft al een account." in again.content.decode()

    @pytest.mark.parametrize("wrong", [{"number": "abcd"}, {"number": "1"}, {"email": ""}, {"email": "geen adres"}])
    def test_wrong_form_comes_back_with_what_was_typed(
        self, client: Client, administrator: Person, wrong: dict[str, str]
    ) -> None:
        typed = {"number": "4711", "email": "functie@politie.example", **wrong}
        answer = client.post("/organisatie/mensen/nieuw/", typed)
        assert answer.status_code == 400
        assert all(f'value="{value}"' in answer.content.decode() for value in typed.values() if value)

    def test_closing_opening_and_a_second_click(self, client: Client, administrator: Person, contact: Person) -> None:
        for page, is_active in (("sluiten", False), ("openen", True)):
            path = f"/organisatie/mensen/{contact.pk}/{page}/"
            assert client.post(path).status_code == 302
            assert Person.objects.get(pk=contact.pk).is_active is is_active
            assert client.post(path).status_code == 409

    def test_link_goes_to_an_open_account_with_an_address(
        self, client: Client, administrator: Person, contact: Person
    ) -> None:
        path = f"/organisatie/mensen/{contact.pk}/wachtwoordlink/"
        for known, status, words in (
            ({}, 409, "geen e-mailadres"),
            ({"email": "functie@politie.example"}, 302, ""),
            ({"is_active": False}, 409, "Dit account is gesloten."),
        ):
            Person.objects.filter(pk=contact.pk).update(**known)
            answer = client.post(path)
            assert (answer.status_code, words in answer.content.decode()) == (status, True)

    def test_nobody_closes_their_own_account(self, client: Client, administrator: Person) -> None:
        assert client.post(f"/organisatie/mensen/{administrator.pk}/sluiten/").status_code == 409
        assert client.get("/account/").status_code == 200

    def test_page_of_oneself_offers_nothing_to_change(
        self, client: Client, administrator: Person, contact: Person
    ) -> None:
        for who, offered in ((administrator, False), (contact, True)):
            page = client.get(f"/organisatie/mensen/{who.pk}/").content.decode()
            assert (f"/organisatie/mensen/{who.pk}/sluiten/" in page) is offered
            assert (f"/organisatie/mensen/{who.pk}/rol/" in page) is offered


class TestRoles:
    def give(self, client: Client, who: Person, **other: Any) -> Any:
        typed = {"role": "contactpersoon", "unit": unit("ON").pk, "from_date": in_days(0), "until_date": "", **other}
        return client.post(f"/organisatie/mensen/{who.pk}/rol/", typed)

    def test_role_is_given_and_holds_at_once(self, client: Client, administrator: Person) -> None:
        newcomer = person()
        assert self.give(client, newcomer).status_code == 302
        assert may(Person.objects.get(pk=newcomer.pk), Perm.FILE)
        assert RoleAssignment.objects.get(person=newcomer).assigned_by == administrator

    @pytest.mark.parametrize(
        "wrong",
        [
            {"role": "keizer"},
            {"role": "projectleider"},
            {"unit": ""},
            {"unit": "0"},
            {"from_date": in_days},
            {"from_date": "31-02-2027"},
            {"until_date": "2015-01-01"},
        ],
    )
    def test_wrong_form_gives_nothing(self, client: Client, administrator: Person, wrong: dict[str, Any]) -> None:
        newcomer = person()
        typed = {name: value(-1) if callable(value) else value for name, value in wrong.items()}
        assert self.give(client, newcomer, **typed).status_code == 400
        assert not newcomer.assignments.exists()

    def test_same_role_twice_is_refused_in_words(self, client: Client, administrator: Person, contact: Person) -> None:
        answer = self.give(client, contact)
        assert answer.status_code == 400
        assert "heeft deze rol al" in answer.content.decode()

    def test_nobody_gives_themselves_a_role(self, client: Client, administrator: Person) -> None:
        answer = self.give(client, administrator)
        assert answer.status_code == 400
        assert "U kunt uzelf geen rol geven." in answer.content.decode()

    def test_role_ends_on_the_chosen_day_and_not_twice(
        self, client: Client, administrator: Person, contact: Person
    ) -> None:
        held = contact.assignments.get()
        path = f"/organisatie/rollen/{held.pk}/beeindigen/"
        assert client.post(path, {"until_date": in_days(-1)}).status_code == 302
        assert not may(Person.objects.get(pk=contact.pk), Perm.FILE)
        assert client.post(path, {"until_date": in_days(-1)}).status_code == 409

    @pytest.mark.parametrize("days", [-2, 400])
    def test_end_is_not_before_yesterday_and_not_after_the_end_that_it_had(
        self, client: Client, administrator: Person, days: int
    ) -> None:
        somebody = holder_of(Role.CONTACT, "ON", until_date=local_date(now()) + timedelta(days=365))
        path = f"/organisatie/rollen/{somebody.assignments.get().pk}/beeindigen/"
        assert client.post(path, {"until_date": in_days(days)}).status_code == 400
        assert client.post(path, {"until_date": in_days(364)}).status_code == 302

    def test_role_that_has_yet_to_begin_is_offered_to_be_taken_back(
        self, client: Client, administrator: Person, contact: Person
    ) -> None:
        """The twin: one that is held is not, whoever asks."""
        self.give(client, contact, unit=unit("MN").pk, from_date=in_days(1))
        held, planned = contact.assignments.order_by("from_date")
        page = client.get(f"/organisatie/mensen/{contact.pk}/").content.decode()
        paths = [f"/organisatie/rollen/{one.pk}/intrekken/" for one in (held, planned)]
        assert [path in page for path in paths] == [False, True]
        assert "Deze rol geldt voor Midden-Nederland en gaat in op" in client.get(paths[1]).content.decode()
        assert [client.get(path).status_code for path in paths] == [409, 200]
        assert [client.post(path).status_code for path in paths] == [409, 302]
        assert [client.post(path).status_code for path in paths] == [409, 409]
        assert client.get(paths[1]).status_code == 404
        for page in ("intrekken", "beeindigen", "waarneming"):
            late = client.post(f"/organisatie/rollen/{planned.pk}/{page}/", {"until_date": in_days(2)})
            assert (late.status_code, "Deze rol is al ingetrokken." in late.content.decode()) == (409, True)
        assert contact.assignments.get() == held

    def test_nobody_ends_their_own_role(self, client: Client, administrator: Person) -> None:
        path = f"/organisatie/rollen/{administrator.assignments.get().pk}/beeindigen/"
        answer = client.post(path, {"until_date": in_days(0)})
        assert answer.status_code == 400
        assert "eigen rol" in answer.content.decode()
