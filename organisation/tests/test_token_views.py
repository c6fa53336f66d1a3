"""The pages with tokens: an administrator makes one, sees it once, and takes it back; others look."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from organisation.models import ApiToken, Person
from organisation.roles import Role
from organisation.tests.factories import holder_of
from organisation.tokens import token_of
from workflow.clock import local_date, now

pytestmark = pytest.mark.django_db

LIST, NEW = "/organisatie/tokens/", "/organisatie/tokens/nieuw/"


@pytest.fixture
def administrator(client: Client) -> Person:
    found = holder_of(Role.ADMINISTRATOR)
    client.force_login(found)
    return found


def send(client: Client, **changes: str) -> Any:
    typed = {
        "name": "Rapportage",
        "role": "reader",
        "unit": "",
        "valid_until": (local_date(now()) + timedelta(days=9)).isoformat(),
        **changes,
    }
    return client.post(NEW, typed)


def test_a_token_is_shown_once_and_then_works_until_it_is_taken_back(client: Client, administrator: Person) -> None:
    assert "Er is nog geen token." in client.get(LIST).content.decode()
    made = send(client)
    assert made.status_code == 200
    [secret] = re.findall(r"<code>(bcr_[\w-]{43})</code>", made.content.decode())
    found = token_of(secret)
    assert found is not None
    listed = client.get(LIST).content.decode()
    assert secret not in listed
    assert f"<code>{found.begins}</code>" in listed
    assert "Werkt." in listed
    revoke = f"/organisatie/tokens/{found.pk}/intrekken/"
    assert "U kunt dit niet terugdraaien." in client.get(revoke).content.decode()
    assert client.post(revoke).status_code == 302
    assert "Dit token is ingetrokken." in client.get(LIST).content.decode()
    assert client.post(revoke).status_code == 409


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Vul dit in."),
        ({"valid_until": "2015-01-01"}, "hoogstens een jaar vooruit"),
        ({"valid_until": ""}, "Vul dit in."),
        ({"role": "beheerder"}, "Kies een van de mogelijkheden die er staan."),
        ({"unit": "0"}, "Selecteer een geldige keuze"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_made(
    client: Client, administrator: Person, changes: dict[str, str], sentence: str
) -> None:
    response = send(client, **changes)
    assert response.status_code == 400
    assert sentence in response.content.decode()
    assert not ApiToken.objects.exists()


def test_sending_the_form_twice_makes_one(client: Client, administrator: Person) -> None:
    assert [send(client).status_code for _ in range(2)] == [200, 400]
    assert ApiToken.objects.count() == 1


def test_who_sees_the_organisation_sees_the_tokens_and_changes_nothing(client: Client, administrator: Person) -> None:
    send(client)
    client.force_login(holder_of(Role.AUDITOR))
    html = client.get(LIST).content.decode()
    assert "Rapportage" in html
    assert "intrekken" not in html
    assert "nieuw/" not in html
