"""One's own account: what it shows, the password, and the mandates of a unit."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from journal.models import Entry
from organisation.mandates import give_mandate
from organisation.models import Mandate, Person
from organisation.roles import Role
from organisation.tests.factories import holder_of, person, unit
from organisation.tests.test_views import PASSWORD, try_to_enter
from workflow.clock import local_date, now

pytestmark = pytest.mark.django_db
NEW = "een heel ander wachtwoord"


@pytest.fixture
def head() -> Person:
    return holder_of(Role.HEAD, "ON")


@pytest.fixture
def contact() -> Person:
    return holder_of(Role.CONTACT, "ON")


@pytest.fixture
def mandate(head: Person, contact: Person) -> Mandate:
    today = local_date(now())
    return give_mandate(head, contact, unit("ON"), Mandate.Kind.OBJECT, from_date=today, until_date=today)


def page(client: Client, who: Person, path: str = "/account/") -> str:
    client.force_login(who)
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def typed_mandate(to: Person, **other: Any) -> dict[str, Any]:
    today = local_date(now())
    period = {"from_date": today.isoformat(), "until_date": (today + timedelta(days=30)).isoformat()}
    return {"unit": unit("ON").pk, "kind": "bezwaar", "contact": to.pk, **period, **other}


def test_account_shows_number_roles_and_log_ins(client: Client) -> None:
    who = holder_of(Role.CONTACT, "ON", number="4711", password=PASSWORD, from_date=date(2020, 3, 2))
    try_to_enter(client, "4711")
    shown = client.get("/account/").content.decode()
    assert "Contactpersoon" in shown
    assert "Oost-Nederland" in shown
    assert "2-3-2020" in shown
    assert who.number in shown
    assert shown.count("uur</time>") == 1


def test_mandate_is_shown_to_who_gave_and_to_who_holds_it(
    client: Client, mandate: Mandate, head: Person, contact: Person
) -> None:
    assert "Intrekken" in page(client, head)
    assert "Bezwaar maken en intrekken, Oost-Nederland" in page(client, contact)
    assert f"/account/mandaten/{mandate.pk}/intrekken/" not in page(client, contact)
    assert "Bezwaar maken" not in page(client, holder_of(Role.HEAD, "AM"))


class TestPassword:
    @pytest.fixture
    def somebody(self, client: Client) -> Person:
        found = person(number="4711", password=PASSWORD)
        try_to_enter(client, "4711")
        return found

    def change(self, client: Client, **other: str) -> Any:
        typed = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW, **other}
        return client.post("/account/wachtwoord/", typed)

    def test_new_password_holds_at_once_and_the_old_one_does_not(self, client: Client, somebody: Person) -> None:
        assert self.change(client).status_code == 302
        assert client.get("/account/").status_code == 200
        assert try_to_enter(Client(), "4711").status_code == 400
        assert try_to_enter(Client(), "4711", NEW).status_code == 302

    def test_every_other_session_ends(self, client: Client, somebody: Person) -> None:
        elsewhere = Client()
        try_to_enter(elsewhere, "4711")
        assert elsewhere.get("/account/").status_code == 200
        self.change(client)
        assert elsewhere.get("/account/").status_code == 302

    @pytest.mark.parametrize(
        "wrong",
        [
            {"old_password": "verkeerd"},
            {"new_password2": "anders getypt dan eerst"},
            {"new_password1": "kort", "new_password2": "kort"},
            {"new_password1": "123456789012", "new_password2": "123456789012"},
            {"new_password1": "", "new_password2": ""},
        ],
    )
    def test_wrong_form_comes_back_and_changes_nothing(
        self, client: Client, somebody: Person, wrong: dict[str, str]
    ) -> None:
        answer = self.change(client, **wrong)
        assert answer.status_code == 400
        assert NEW not in answer.content.decode()
        assert try_to_enter(Client(), "4711").status_code == 302

    def test_change_stands_in_the_journal_without_the_password(self, client: Client, somebody: Person) -> None:
        self.change(client)
        entry = Entry.objects.get(action="wachtwoord_gekozen")
        assert (entry.actor, entry.object_id) == ("4711", str(somebody.pk))
        assert NEW not in str(vars(entry))


class TestMandates:
    def test_head_gives_a_contact_person_a_mandate(self, client: Client, head: Person, contact: Person) -> None:
        assert contact.number in page(client, head, "/account/mandaten/nieuw/")
        assert client.post("/account/mandaten/nieuw/", typed_mandate(contact)).status_code == 302
        given = Mandate.objects.get()
        assert (given.given_by, given.given_to, given.kind, given.unit.code) == (head, contact, "bezwaar", "ON")

    @pytest.mark.parametrize("role", [Role.CONTACT, Role.JUDGE])
    def test_nobody_else_does(self, client: Client, contact: Person, role: Role) -> None:
        client.force_login(holder_of(role, "ON"))
        assert client.get("/account/mandaten/nieuw/").status_code == 403
        assert client.post("/account/mandaten/nieuw/", typed_mandate(contact)).status_code == 403
        assert not Mandate.objects.exists()

    @pytest.mark.parametrize(
        "wrong",
        [{"until_date": "2015-01-01"}, {"until_date": ""}, {"kind": "noodzaak"}, {"unit": "0"}, {"contact": "x"}],
    )
    def test_wrong_form_comes_back_with_what_was_typed(
        self, client: Client, head: Person, contact: Person, wrong: dict[str, str]
    ) -> None:
        client.force_login(head)
        answer = client.post("/account/mandaten/nieuw/", typed_mandate(contact, **wrong))
        assert answer.status_code == 400
        assert f'value="{local_date(now()).isoformat()}"' in answer.content.decode()
        assert not Mandate.objects.exists()

    def test_mandate_goes_to_contact_persons_of_ones_own_unit_only(self, client: Client, head: Person) -> None:
        client.force_login(head)
        stranger = holder_of(Role.CONTACT, "AM")
        assert client.post("/account/mandaten/nieuw/", typed_mandate(stranger)).status_code == 400
        former = holder_of(Role.CONTACT, "ON", until_date=local_date(now()) - timedelta(days=1))
        assert client.post("/account/mandaten/nieuw/", typed_mandate(former)).status_code == 400

    def test_head_takes_it_back_once(self, client: Client, head: Person, mandate: Mandate) -> None:
        path = f"/account/mandaten/{mandate.pk}/intrekken/"
        assert "namens u" in page(client, head, path)
        assert not Mandate.objects.exclude(revoked_at=None).exists()
        assert client.post(path).status_code == 302
        assert Mandate.objects.exclude(revoked_at=None).exists()
        assert client.post(path).status_code == 409

    def test_who_holds_it_may_see_but_not_end_it_and_a_stranger_sees_nothing(
        self, client: Client, contact: Person, mandate: Mandate
    ) -> None:
        path = f"/account/mandaten/{mandate.pk}/intrekken/"
        for who, status in ((contact, 403), (holder_of(Role.HEAD, "AM"), 404), (person(), 404)):
            client.force_login(who)
            assert (client.get(path).status_code, client.post(path).status_code) == (status, status)

    @pytest.mark.parametrize("pk", [0, 10**9, 10**30])
    def test_mandate_that_does_not_exist_is_a_404(self, client: Client, head: Person, pk: int) -> None:
        client.force_login(head)
        assert client.get(f"/account/mandaten/{pk}/intrekken/").status_code == 404


def test_somebody_chooses_how_mail_comes(client: Client, contact: Person) -> None:
    assert "U krijgt elk bericht meteen, zodra bij uw account een e-mailadres staat." in page(client, contact)
    answer = client.post("/account/mail/", {"mail": "dagelijks"}, follow=True)
    assert "U krijgt één mail per dag" in answer.content.decode()
    assert Person.objects.get(pk=contact.pk).mail == Person.Mail.DAILY
    assert Entry.objects.get(action="mail_gekozen").data["sentence"].endswith("koos: één mail per dag.")
    assert client.post("/account/mail/", {"mail": "nooit"}).status_code == 400
