"""The door: who gets in, who does not, what the answer says and what the journal keeps."""

from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client

from journal.models import Entry, Result
from organisation.models import Person
from organisation.tests.factories import person

pytestmark = pytest.mark.django_db
PASSWORD = "een lang genoeg wachtwoord"


@pytest.fixture
def somebody() -> Person:
    return person(number="4711", password=PASSWORD)


def try_to_enter(client: Client, number: str, password: str = PASSWORD, **typed: Any) -> Any:
    return client.post("/inloggen/", {"username": number, "password": password, **typed})


def test_right_number_and_password_lead_to_ones_own_work(client: Client, somebody: Person) -> None:
    assert client.get("/").headers["Location"] == "/inloggen/?next=/"
    assert try_to_enter(client, "4711").headers["Location"] == "/"
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("number", ["4711", "4712", "0000"])
def test_answer_is_the_same_whether_or_not_the_number_exists(client: Client, somebody: Person, number: str) -> None:
    answer = try_to_enter(client, number, "verkeerd")
    assert answer.status_code == 400
    assert "Dit nummer en dit wachtwoord horen niet bij elkaar." in answer.content.decode()
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("number", ["4711", "4712", "0000"])
def test_answer_takes_as_long_whether_or_not_the_number_exists(
    client: Client, somebody: Person, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def count(hasher: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append("once")
        return encode(hasher, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", count)
    try_to_enter(client, number, "verkeerd")
    assert hashed == ["once"]


def test_nobody_gets_in_on_a_deactivated_account(client: Client, somebody: Person) -> None:
    Person.objects.filter(pk=somebody.pk).update(is_active=False)
    assert try_to_enter(client, "4711").status_code == 400


def test_log_in_and_log_out_stand_in_the_journal(client: Client, somebody: Person) -> None:
    try_to_enter(client, "4711")
    client.post("/uitloggen/")
    assert list(Entry.objects.order_by("id").values_list("action", "actor")) == [
        ("ingelogd", "4711"),
        ("uitgelogd", "4711"),
    ]
    assert client.get("/").status_code == 302


def test_failure_keeps_the_number_when_it_is_somebodys_and_a_hash_when_it_is_not(
    client: Client, somebody: Person
) -> None:
    try_to_enter(client, "4711", "verkeerd")
    try_to_enter(client, "mijnwachtwoord", "4711")
    known, unknown = Entry.objects.filter(result=Result.FAILED).order_by("id")
    assert (known.data["number"], known.object_id) == ("4711", str(somebody.pk))
    assert "number" not in unknown.data
    assert unknown.object_id == ""
    assert "mijnwachtwoord" not in str(vars(unknown))


@pytest.mark.parametrize("wanted", ["/account/", "/account/?a=1#b", "/bewaard/"])
def test_log_in_leads_to_where_somebody_was_going(client: Client, somebody: Person, wanted: str) -> None:
    assert try_to_enter(client, "4711", next=wanted).headers["Location"] == wanted


@pytest.mark.parametrize(
    "wanted",
    [
        "https://kwaad.example/",
        "//kwaad.example/",
        "/\\kwaad.example/",
        "javascript:alert(1)",
        "http:///kwaad.example",
        "%2f%2fkwaad.example",
        "account",
        "é",
        "/" + "a" * 4000,
        "",
    ],
)
def test_log_in_never_leads_to_another_site(client: Client, somebody: Person, wanted: str) -> None:
    assert try_to_enter(client, "4711", next=wanted).headers["Location"] == "/"


def test_address_survives_a_wrong_password(client: Client, somebody: Person) -> None:
    assert 'value="/account/"' in try_to_enter(client, "4711", "verkeerd", next="/account/").content.decode()


def test_somebody_who_is_in_needs_no_door(client: Client, somebody: Person) -> None:
    try_to_enter(client, "4711")
    assert client.get("/inloggen/?next=/account/").headers["Location"] == "/account/"


@pytest.mark.parametrize(("field", "typed"), [("username", ""), ("password", ""), ("username", "1" * 1024**2)])
def test_shape_of_what_is_typed_is_said_before_anything_is_looked_up(
    client: Client, somebody: Person, field: str, typed: str
) -> None:
    answer = client.post("/inloggen/", {"username": "4711", "password": PASSWORD, field: typed})
    assert answer.status_code == 400
    assert not Entry.objects.exists()


def test_looking_at_the_door_changes_nothing(client: Client, somebody: Person) -> None:
    client.get("/uitloggen/")
    client.get("/inloggen/?username=4711&password=" + PASSWORD)
    assert not Entry.objects.exists()


def test_a_new_log_in_gets_a_new_session(client: Client, somebody: Person) -> None:
    client.cookies["session"] = "a" * 32
    try_to_enter(client, "4711")
    assert client.cookies["session"].value != "a" * 32


def test_logging_out_twice_is_no_error(client: Client, somebody: Person) -> None:
    assert client.post("/uitloggen/").headers["Location"] == "/inloggen/"


def test_demonstration_names_its_accounts_and_production_does_not(client: Client, settings: Any) -> None:
    assert "bodycams-demo" in client.get("/inloggen/").content.decode()
    settings.DEMO = False
    assert "bodycams-demo" not in client.get("/inloggen/").content.decode()
