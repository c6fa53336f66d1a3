"""What surrounds every page: who somebody is, and where that person can go."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from bodycams.menu import MENU
from organisation.context import house
from organisation.roles import Perm, Role
from organisation.tests.factories import holder_of, person

pytestmark = pytest.mark.django_db


def surroundings(who: Any, path: str = "/") -> dict[str, Any]:
    request = RequestFactory().get(path)
    request.user = who
    found = house(request)["house"]
    return {name: found[name] for name in ("navigation", "account", "public_pages") if name in found}


def labels(who: Any) -> list[str]:
    return [item["label"] for item in surroundings(who)["navigation"]]


def test_navigation_shows_what_a_role_may_see() -> None:
    assert "Organisatie" in labels(holder_of(Role.LEADER))
    assert "Organisatie" not in labels(holder_of(Role.CONTACT, "ON"))
    assert "Mijn werk" in labels(person())


def test_page_that_one_is_on_is_the_current_one() -> None:
    leader = holder_of(Role.LEADER)
    for path, current in (("/", "Mijn werk"), ("/organisatie/mensen/", "Organisatie"), ("/account/", None)):
        found = [item["label"] for item in surroundings(leader, path)["navigation"] if item["current"]]
        assert found == ([current] if current else [])


@pytest.mark.parametrize(
    ("role", "unit", "words", "place"),
    [
        (Role.LEADER, None, "Projectleider bodycams", "landelijk"),
        (Role.CONTACT, "ON", "Contactpersoon", "Oost-Nederland"),
    ],
)
def test_head_of_the_page_says_number_role_and_unit(role: Role, unit: str | None, words: str, place: str) -> None:
    who = holder_of(role, unit)
    account = surroundings(who)["account"]
    assert (account["role"], account["place"]) == (words, f"{who.number} · {place}")


def test_somebody_without_a_role_is_told_so() -> None:
    who = person()
    assert surroundings(who)["account"]["role"] == "Geen rol"
    assert surroundings(who)["account"]["place"] == who.number


def test_stranger_gets_the_public_pages_only() -> None:
    found = surroundings(AnonymousUser())
    assert list(found) == ["public_pages"]
    assert {"Privacy", "Toegankelijkheid"} <= {page["label"] for page in found["public_pages"]}


def test_surroundings_cost_nothing_until_asked(django_assert_num_queries: Any) -> None:
    request = RequestFactory().get("/")
    request.user = person()
    with django_assert_num_queries(0):
        house(request)
    with django_assert_num_queries(1):
        assert house(request)["house"]["account"]


def test_every_permission_that_the_menu_names_exists() -> None:
    assert {perm for item in MENU for perm in item.perms} <= set(Perm.values)
