"""The pages on which a unit ends: proposed with what moves, answered by another, shown afterwards."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from organisation.endings import FOLLOWERS, carry_out_endings
from organisation.models import Person, Unit, UnitEnding
from organisation.roles import Role
from organisation.tests.factories import holder_of, planned_ending, unit
from workflow.clock import local_date, now

pytestmark = pytest.mark.django_db

PROPOSE = "/organisatie/eenheden/SKL/opheffen/"


def in_days(days: int) -> date:
    return local_date(now()) + timedelta(days=days)


@pytest.fixture
def administrator(client: Client) -> Person:
    found = holder_of(Role.ADMINISTRATOR)
    client.force_login(found)
    return found


def typed(**other: Any) -> dict[str, Any]:
    return {"last_day": str(in_days(30)), "successor": unit("PDC").pk, "reasons": "Zo is besloten.", **other}


def page(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_what_moves_is_shown_before_anything_is_proposed(client: Client, administrator: Person) -> None:
    holder_of(Role.CONTACT, "SKL")
    answer = client.post(PROPOSE, typed(bekijken="1"))
    assert answer.status_code == 200
    lines = {line.key: (line.count, line.words) for line in answer.context["lines"]}
    assert lines["roles"] == (1, "naar de opvolger")
    assert not UnitEnding.objects.exists()
    lines = {line.key: line.words for line in client.get(PROPOSE).context["lines"]}
    assert lines["roles"] == "bij de opgeheven eenheid, om af te maken wat open is"


PLURAL = re.compile(r"\b(?:gaan|vallen|eindigen|blijven|lopen|worden|zijn|ze|hun)\b")


def test_what_becomes_of_one_and_of_many_is_told_in_the_same_words() -> None:
    """The twin: the words that were here told of one as of many."""
    assert [one for one in FOLLOWERS.values() if PLURAL.search(f"{one.moves} {one.stays}")] == []
    assert PLURAL.search("blijven bij de opgeheven eenheid")


def test_one_proposes_and_another_confirms(client: Client, administrator: Person) -> None:
    answer: Any = client.post(PROPOSE, typed())
    found = UnitEnding.objects.get()
    path = f"/organisatie/opheffingen/{found.pk}/"
    assert answer.url == path
    assert "Wacht op een andere beheerder" in page(client, path)
    assert "Voorstel intrekken" in page(client, f"{path}antwoord/")
    assert path in page(client, "/organisatie/eenheden/SKL/")
    client.force_login(holder_of(Role.ADMINISTRATOR))
    assert client.post(f"{path}antwoord/", {"outcome": "geweigerd", "reasons": ""}).status_code == 400
    assert client.post(f"{path}antwoord/", {"outcome": "bevestigd", "reasons": ""}).status_code == 302
    assert client.post(f"{path}antwoord/", {"outcome": "bevestigd", "reasons": ""}).status_code == 409
    assert "Gepland" in page(client, "/organisatie/opheffingen/")


@pytest.mark.parametrize(
    "wrong", [{"last_day": "2015-01-01"}, {"last_day": ""}, {"reasons": ""}, {"successor": "0"}, {"successor": "SKL"}]
)
def test_what_is_wrong_comes_back(client: Client, administrator: Person, wrong: dict[str, str]) -> None:
    assert client.post(PROPOSE, typed(**wrong)).status_code == 400
    assert not UnitEnding.objects.exists()


def test_ended_unit_says_in_which_it_went_up_and_does_not_end_again(client: Client, administrator: Person) -> None:
    ending = planned_ending("SKL", "PDC", in_days(-1))
    carry_out_endings(now())
    assert "Deze eenheid ging op in" in page(client, "/organisatie/eenheden/SKL/")
    assert "Hierin ging op" in page(client, "/organisatie/eenheden/PDC/")
    assert "Uitgevoerd op" in page(client, f"/organisatie/opheffingen/{ending.pk}/")
    assert client.get(PROPOSE).status_code == 409


def test_new_unit(client: Client, administrator: Person) -> None:
    made = {"name": "Kust", "code": "DH-99", "kind": "basisteam", "parent": unit("DH-06").pk}
    path = "/organisatie/eenheden/nieuw/"
    for wrong in ({"code": "dh"}, {"code": "DH-06"}, {"name": ""}, {"valid_from": "morgen"}):
        assert client.post(path, {**made, "valid_from": "2026-01-01", **wrong}).status_code == 400
    assert client.post(path, {**made, "valid_from": "2026-01-01"}).status_code == 302
    assert Unit.objects.get(code="DH-99").sort_name == "kust"


def test_list_costs_a_fixed_number_of_queries(
    client: Client, administrator: Person, django_assert_max_num_queries: Any
) -> None:
    for code in ("SKL", "AM", "MN"):
        planned_ending(code, "PDC", in_days(9))
    client.get("/organisatie/opheffingen/")
    with django_assert_max_num_queries(5):
        client.get("/organisatie/opheffingen/")
