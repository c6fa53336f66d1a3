"""The door: who gets in, who does not, what the answer says and what the journal keeps."""

from typing import Any

import pytest
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
