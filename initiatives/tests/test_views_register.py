"""The page of the register: shows what is asked, keeps it in its address, and says what is wrong with it."""

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from initiatives.bulk.load import load
from initiatives.tests.factories import TO_STATUS, Cast, concept, walk
from initiatives.tests.test_register import noon
from organisation.demo import make_accounts
from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import holder_of, person
from workflow.clock import now

pytestmark = pytest.mark.django_db

PAGE = "/initiatieven/"


@pytest.fixture
def leader(client: Client) -> Person:
    found = holder_of(Role.LEADER)
    client.force_login(found)
    return found


@pytest.fixture
def three() -> list[str]:
    """The numbers of three initiatives, filed one day after the other."""
    cast, steps = Cast("ON"), TO_STATUS["aangemeld"]
    titles = ("Bodycams voor bikers", "Proef in de <b>horeca</b>", "Vervanging")
    found = [
        walk(cast, *steps, start=concept(cast, title=title, cameras_requested=1000), at=noon(date(2018, 5, day)))
        for day, title in enumerate(titles, start=1)
    ]
    return [str(one.number) for one in found]


def shown(client: Client, query: str = "", status: int = 200) -> str:
    response = client.get(PAGE + query)
    assert response.status_code == status
    return unescape(response.content.decode())


def numbers(html: str) -> list[str]:
    return re.findall(r"BC-\d{4}-\d{4}(?=</span>)", html)


def link(html: str, words: str) -> str:
    """The address behind the link that says `words`."""
    found: Any = re.search(rf'<a [^>]*href="([^"]*)"[^>]*>(?:(?!</a>).)*{re.escape(words)}', html, re.DOTALL)
    return str(found[1])


def test_everything_that_was_filed_is_shown_newest_first(client: Client, leader: Person, three: list[str]) -> None:
    html = shown(client)
    assert numbers(html) == three[::-1]
    assert "3 initiatieven" in html
    assert "van 3 in het register · 3.000 camera’s gevraagd" in html
    assert "Op deze bladzijde: 3 initiatieven" in html
    assert "1 tot en met 3 van 3" in html


def test_an_empty_register_says_so(client: Client, leader: Person) -> None:
    assert "Er is nog geen initiatief aangemeld." in shown(client)


def test_what_is_asked_stays_in_the_form_and_can_be_taken_away(
    client: Client, leader: Person, three: list[str]
) -> None:
    html = shown(client, "?q=bikers&eenheid=ON&van=2018-05-01&aantal=10&sortering=cameras")
    assert numbers(html) == three[:1]
    assert 'value="bikers"' in html
    assert re.search(r'<option value="ON" selected[^>]*>Oost-Nederland', html)
    for chip in ("Zoekwoord: <b>bikers", "Eenheid: <b>Oost-Nederland", "Aangemeld van: <b>1 mei 2018"):
        assert chip in html
    assert link(html, "Zoekwoord") == "?eenheid=ON&van=2018-05-01&aantal=10&sortering=cameras"
    assert len(numbers(shown(client, link(html, "Zoekwoord")))) == 3


def test_words_are_marked_and_the_best_answer_comes_first(
    client: Client, leader: Person, three: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    html = shown(client, "?q=bikers")
    assert '<a class="cell-title" href' in html
    assert "Bodycams voor <mark>bikers</mark></a>" in html
    assert "De eenheid wil <mark>bodycams</mark> dragen" in shown(client, "?q=bodycams")
    assert "<mark>BC-2018-0002</mark>" in shown(client, "?q=bc-2018-0002")
    assert "Proef in de <b><mark>horeca</mark></b>" in shown(client, "?q=horeca")  # unescaped by `shown`
    assert '<option value="" selected>Beste eerst' in html
    assert "Beste eerst" not in shown(client, "?q=bc-2018") + shown(client)
    monkeypatch.setattr("initiatives.register.finding.WEIGHED", 1)
    monkeypatch.setattr("initiatives.views.register.WEIGHED", 1)
    html = shown(client, "?q=bodycams")
    assert "De nieuwste 1 staan op volgorde" in html
    assert ">1 van de nieuwste 1" in html
    assert numbers(shown(client, link(html, "Zet alles op datum"))) == three[::-1]


def test_nothing_found_says_how_to_find_more(client: Client, leader: Person, three: list[str]) -> None:
    html = shown(client, "?q=waterpolitie")
    assert "Geen initiatief past bij deze filters. Haal een filter weg." in html
    assert link(html, "Alle filters weghalen") == PAGE
    assert "filters weghalen" not in shown(client)


def test_the_heads_sort_and_say_how(client: Client, leader: Person, three: list[str]) -> None:
    html = shown(client)
    assert re.search(r'aria-sort="descending"><a href="\?sortering=aangemeld">', html)
    html = shown(client, link(html, "Aangemeld <"))
    assert numbers(html) == three
    assert re.search(r'aria-sort="ascending"><a href="\?">', html)


def test_the_links_lead_from_page_to_page_and_back(
    client: Client, leader: Person, three: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("initiatives.forms.register.RegisterForm.size", lambda form: 2)
    first = shown(client, "?eenheid=ON")
    assert "1 tot en met 2 van 3" in first
    second = shown(client, link(first, "Volgende 1"))
    assert numbers(second) == three[:1]
    assert ">3 van 3<" in second
    last = shown(client, link(first, "Laatste"))
    assert numbers(last) == three[1::-1]
    assert "2 tot en met 3 van 3" in last
    assert numbers(shown(client, link(last, "Vorige"))) == three[2:]
    assert numbers(shown(client, link(last, "Eerste"))) == numbers(first)
    assert numbers(shown(client, link(second, "Vorige"))) == numbers(first)
    assert "pagina" not in link(second, "Eenheid")


def test_a_large_total_is_counted_exactly_on_request(
    client: Client, leader: Person, three: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("initiatives.register.asked.COUNTED", 2)
    monkeypatch.setattr("initiatives.views.register.COUNTED", 2)
    html = shown(client)
    assert "Meer dan 2 initiatieven" in html
    assert "camera’s gevraagd ·" not in html
    assert "1 tot en met 3 van meer dan 2" in html
    assert "3 initiatieven" in shown(client, link(html, "Tel ze precies"))


def test_from_the_end_of_a_large_register_is_counted_back(
    client: Client, leader: Person, three: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("initiatives.register.asked.COUNTED", 2)
    monkeypatch.setattr("initiatives.views.register.COUNTED", 2)
    monkeypatch.setattr("initiatives.forms.register.RegisterForm.size", lambda form: 1)
    html = shown(client, link(shown(client), "Laatste"))
    assert numbers(html) == three[:1]
    assert "de laatste 1 van meer dan 2" in html
    html = shown(client, link(html, "Vorige"))
    assert numbers(html) == three[1:2]
    assert ">2 vanaf het eind van meer dan 2<" in html
    assert "de laatste 1 van" in shown(client, link(html, "Volgende"))
    assert ">1 van meer dan 2<" in shown(client, link(html, "Vorige"))


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?van=31-02-2018", "Vul een datum in die bestaat"),
        ("?van=2018-05-02&tot=2018-05-01", "Deze dag ligt vóór de eerste. Kies een latere."),
        ("?tot=9999-12-31", "Kies een dag vóór 2100."),
        ("?van=0001-01-01", "Kies een dag na 1999."),
        ("?soort=fiets", "Kies een van de mogelijkheden die er staan."),
        ("?status=concept", "Kies een van de mogelijkheden die er staan."),
        ("?sortering=id;drop", "Kies een van de mogelijkheden die er staan."),
        ("?aantal=100000", "Kies een van de mogelijkheden die er staan."),
        ("?q=" + "a" * 201, "201 tekens"),
        ("?pagina=abc", "Deze bladzijde bestaat niet. Begin bij de eerste."),
        ("?sortering=cameras&pagina=W10:zzz", "Deze bladzijde bestaat niet. Begin bij de eerste."),
    ],
)
def test_what_cannot_be_asked_is_told_and_finds_nothing(
    client: Client, leader: Person, three: list[str], query: str, sentence: str
) -> None:
    html = shown(client, query, status=400)
    assert sentence in html
    assert numbers(html) == []
    assert "Zo kunnen wij niets zoeken." in html
    assert "Haal een filter weg." not in html


def test_what_people_typed_is_shown_as_text(client: Client, leader: Person, three: list[str]) -> None:
    response = client.get(PAGE, {"q": '"><script>alert(1)</script>'})
    assert response.status_code == 200
    assert b"<script>alert" not in response.content
    assert b"Proef in de &lt;b&gt;horeca&lt;/b&gt;" in client.get(PAGE).content


def test_a_unit_or_vendor_that_does_not_exist_finds_nothing(client: Client, leader: Person, three: list[str]) -> None:
    assert "Geen initiatief past" in shown(client, "?eenheid=XX")
    assert "Leverancier: <b>Niemand" in shown(client, "?leverancier=Niemand")


def test_a_returned_file_is_called_so(client: Client, leader: Person) -> None:
    walk(Cast("ON"), *TO_STATUS["aangemeld"], "terugsturen")
    html = shown(client, "?status=teruggestuurd")
    assert len(numbers(html)) == 1
    assert "Teruggestuurd</span>" in html


@pytest.mark.parametrize("role", [Role.JUDGE, Role.WEARER, Role.PRIVACY, Role.ADMINISTRATOR, None])
def test_who_has_nothing_to_do_with_files_gets_no_register(client: Client, role: Role | None) -> None:
    unit = "ON" if role in (Role.JUDGE, Role.WEARER) else None
    client.force_login(holder_of(role, unit) if role else person())
    assert client.get(PAGE).status_code == 403


def test_a_page_of_ten_fifty_or_a_hundred_rows_asks_five_questions(client: Client) -> None:
    at = now()
    make_accounts(at)
    load(130, 1, at, lambda sentence: None)
    for number in ("2001", "1021"):
        client.force_login(Person.objects.get(number=number))
        client.get(PAGE)  # the first look writes the session
        for query in ("?aantal=10", "", "?aantal=100", "?q=bodycams&soort=aanschaf&sortering=cameras", "?eenheid=XX"):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(PAGE + query).status_code == 200
            assert len(asked) == 5, (number, query)


def test_the_register_is_only_looked_at(client: Client, leader: Person) -> None:
    assert client.post(PAGE, {"q": "x"}).status_code == 405
    assert client.head(PAGE).status_code == 200
