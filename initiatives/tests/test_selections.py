"""Somebody saves selections of the register: under names of their own, at most fifty, and nobody else sees them."""

import re
from html import unescape
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.http import urlencode

from initiatives.models import SavedSelection
from initiatives.register.saved import NotSaved, remove_selection, rename_selection, save_selection
from journal.models import Entry
from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import holder_of
from workflow.clock import now

pytestmark = pytest.mark.django_db

REGISTER, LIST = "/initiatieven/", "/initiatieven/selecties/"


@pytest.fixture
def leader(client: Client) -> Person:
    found = holder_of(Role.LEADER)
    client.force_login(found)
    return found


def names(person: Person) -> list[str]:
    return list(person.selections.values_list("name", flat=True))


def shown(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return unescape(response.content.decode())


# --- what can be saved ----------------------------------------------------------------------------


def test_a_name_is_used_once_by_one_person(leader: Person) -> None:
    kept = save_selection(leader, "Horeca", "q=horeca", at=now())
    other = save_selection(leader, "bikers", "q=bikers", at=now())
    save_selection(holder_of(Role.AUDITOR), "Horeca", "q=horeca", at=now())
    with pytest.raises(NotSaved, match="Kies een andere naam"):
        save_selection(leader, "HORECA", "q=nacht", at=now())
    with pytest.raises(NotSaved, match="Kies een andere naam"):
        rename_selection(other, "horeca")
    assert other.name == "bikers"
    rename_selection(kept, "HORECA")
    assert names(leader) == ["bikers", "HORECA"]


def test_somebody_keeps_at_most_fifty_and_has_room_again(leader: Person) -> None:
    at = now()
    SavedSelection.objects.bulk_create(
        SavedSelection(person=leader, place=place, name=str(place), address="q=x", saved_at=at)
        for place in range(1, 50)
    )
    fiftieth = save_selection(leader, "Vijftig", "q=x", at=at)
    with pytest.raises(NotSaved, match="al 50 selecties"):
        save_selection(leader, "Te veel", "q=x", at=at)
    remove_selection(fiftieth)
    assert save_selection(leader, "Toch", "q=x", at=at).place == 50


@pytest.mark.parametrize(
    "changes", [{"place": 51}, {"place": 0}, {"place": 1}, {"name": "EEN"}, {"name": ""}, {"address": ""}]
)
def test_the_database_refuses_what_may_never_be(leader: Person, changes: dict[str, object]) -> None:
    first = {"person": leader, "place": 1, "name": "Een", "address": "q=x", "saved_at": now()}
    SavedSelection.objects.create(**first)
    other = {**first, "place": 2, "name": "Twee"}
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedSelection.objects.create(**{**other, **changes})
    SavedSelection.objects.create(**other)  # but for that it is fine


def test_what_is_done_leaves_a_trace_without_the_name(leader: Person) -> None:
    kept = save_selection(leader, "Geheim", "q=horeca", at=now())
    rename_selection(kept, "Geheimer")
    remove_selection(kept)
    entries = Entry.objects.filter(object_id=str(leader.pk), action__startswith="selectie").order_by("id")
    assert [entry.action for entry in entries] == ["selectie_bewaard", "selectie_hernoemd", "selectie_weggehaald"]
    assert not any("eheim" in str(entry) for entry in entries)


# --- the pages ------------------------------------------------------------------------------------


def test_a_selection_is_saved_from_the_register_and_found_back_there(client: Client, leader: Person) -> None:
    html = shown(client, REGISTER + "?pagina=&status=bezwaar&q=horeca&sortering=-aangemeld&aantal=10")
    [url] = re.findall(r'class="saved-selections__save" href="([^"]*)"', html)
    assert url == LIST + "nieuw/?q=horeca&status=bezwaar&sortering=-aangemeld"
    html = shown(client, url)
    assert 'value="Horeca, Bezwaar, Nieuwste eerst"' in html
    assert "<dt>Zoekwoord</dt><dd>horeca</dd>" in html
    response = client.post(url, {"name": "  Horeca in   bezwaar "})
    assert response.status_code == 302
    assert response.headers["Location"] == REGISTER + "?q=horeca&status=bezwaar&sortering=-aangemeld"
    html = shown(client, response.headers["Location"])
    assert "De selectie is bewaard als ‘Horeca in bezwaar’." in html
    assert 'aria-current="page">Horeca in bezwaar</a>' in html
    assert "saved-selections__save" not in html
    assert "Bewaarde selecties (1)" in shown(client, REGISTER)


def test_the_whole_register_is_not_worth_saving(client: Client, leader: Person) -> None:
    assert "saved-selections" not in re.sub(r"<head>.*</head>", "", shown(client, REGISTER), flags=re.DOTALL)
    for nothing in ("", "?aantal=10&sortering=-aangemeld", "?soort=fiets"):
        assert "Er is niets om te bewaren" in shown(client, LIST + "nieuw/" + nothing)
        assert client.post(LIST + "nieuw/" + nothing, {"name": "Alles"}).status_code == 400
    assert names(leader) == []


def test_a_name_that_is_there_or_missing_is_told(client: Client, leader: Person) -> None:
    save_selection(leader, "Horeca", "q=horeca", at=now())
    for name, status, sentence in (("", 400, "Geef de selectie een naam."), ("horeca", 409, "Kies een andere naam.")):
        for address in (LIST + "nieuw/?q=nacht", f"{LIST}{leader.selections.get().pk}/"):
            if name and "nieuw" not in address:
                continue  # its own name may be written otherwise
            response = client.post(address, {"name": name})
            assert response.status_code == status
            assert sentence in unescape(response.content.decode())
    too_long = client.post(LIST + "nieuw/?q=nacht", {"name": "x" * 81})
    assert too_long.status_code == 400
    assert names(leader) == ["Horeca"]


def test_a_refused_name_is_not_shown_as_the_present_one(client: Client, leader: Person) -> None:
    save_selection(leader, "Horeca", "q=horeca", at=now())
    kept = save_selection(leader, "Bikers", "q=nacht", at=now())
    for name, status, is_shown in (("horeca", 409, True), ("Nacht", 302, False)):
        assert client.post(f"{LIST}{kept.pk}/", {"name": name}).status_code == status
        assert ("Bikers" in shown(client, f"{LIST}{kept.pk}/")) == is_shown
    response = client.post(f"{LIST}{kept.pk}/", {"name": "horeca"})
    assert "Nacht" in response.content.decode()


def test_an_address_too_long_to_keep_is_refused_in_a_sentence(client: Client, leader: Person) -> None:
    def save(**asked: str) -> HttpResponse:
        response: Any = client.post(f"{LIST}nieuw/?{urlencode(asked)}", {"name": asked["leverancier"][:9]})
        return response

    camera = "\U0001f4f7"
    response = save(q=camera * 200, leverancier=camera * 120, eenheid=camera * 20)
    assert response.status_code == 409
    assert "te lang om te bewaren" in response.content.decode()
    assert save(q=camera * 200, leverancier=camera * 110, eenheid="ON").status_code == 302
    assert save(q="x", leverancier="Axon", eenheid="x" * 21).status_code == 400
    assert len(names(leader)) == 1


def test_a_selection_gets_another_name_and_goes_away(client: Client, leader: Person) -> None:
    assert "U hebt nog geen selectie bewaard." in shown(client, LIST)
    kept = save_selection(leader, "<b>Horeca</b>", "q=horeca&eenheid=AM&van=2018-05-01", at=now())
    response = client.get(LIST)
    assert b"&lt;b&gt;Horeca&lt;/b&gt;" in response.content
    assert b"<dt>Eenheid</dt><dd>Amsterdam</dd>" in response.content
    assert b"<dt>Aangemeld van</dt><dd>1 mei 2018</dd>" in response.content
    assert client.post(f"{LIST}{kept.pk}/", {"name": "Uitgaan"}).status_code == 302
    assert "De selectie heet nu ‘Uitgaan’." in shown(client, LIST)
    assert "Wilt u deze selectie weghalen?" in shown(client, f"{LIST}{kept.pk}/weghalen/")
    assert names(leader) == ["Uitgaan"]
    assert client.post(f"{LIST}{kept.pk}/weghalen/").status_code == 302
    assert names(leader) == []
    assert client.post(f"{LIST}{kept.pk}/weghalen/").status_code == 404


def test_nobody_sees_or_touches_what_another_saved(client: Client, leader: Person) -> None:
    other = save_selection(holder_of(Role.AUDITOR), "Van een ander", "q=horeca", at=now())
    assert "Van een ander" not in shown(client, LIST) + shown(client, REGISTER)
    for address in (f"{LIST}{other.pk}/", f"{LIST}{other.pk}/weghalen/"):
        assert client.get(address).status_code == 404
        assert client.post(address, {"name": "Van mij"}).status_code == 404
    assert SavedSelection.objects.get().name == "Van een ander"


def test_an_address_that_is_no_longer_right_can_still_be_taken_away(client: Client, leader: Person) -> None:
    kept = save_selection(leader, "Oud", "soort=fiets&q=horeca", at=now())
    assert "Oud" in shown(client, LIST)
    assert "Kies een van de mogelijkheden" in shown(client, REGISTER + "?" + kept.address, 400)
    assert client.post(f"{LIST}{kept.pk}/weghalen/").status_code == 302


def test_fifty_selections_cost_the_register_no_question_more(client: Client, leader: Person) -> None:
    def questions() -> int:
        client.get(REGISTER)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(REGISTER).status_code == 200
        return len(asked)

    before = questions()
    for number in range(50):
        SavedSelection.objects.create(person=leader, place=number + 1, name=str(number), address="q=x", saved_at=now())
    assert questions() == before == 5
