"""The calendar of terms: worked out and explained for anybody, and kept by the functional administrator."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from initiatives.models import FileTerm
from initiatives.tests.factories import TO_STATUS, Cast, walk
from initiatives.tests.pages import as_person, fill_in, main_form, text
from initiatives.tests.test_decree_days import ENDS, FILED, MOVED
from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import holder_of, person
from workflow.clock import local_date, now
from workflow.models import EquatedDay

pytestmark = pytest.mark.django_db
NEW = "/termijnen/dagen/nieuw/"
DAY = {"dag": "2099-06-02", "vindplaats": "Stb. 2098, 12"}


@pytest.fixture
def visitor() -> Client:
    return as_person(person())


@pytest.fixture
def administrator() -> Person:
    return holder_of(Role.ADMINISTRATOR)


@pytest.fixture
def keeper(administrator: Person) -> Client:
    return as_person(administrator)


def asked(visitor: Client, **given: str) -> Any:
    return visitor.get("/termijnen/", given)


def test_page_asks_with_today_filled_in_and_shows_the_days_of_this_year(visitor: Client) -> None:
    today = local_date(now())
    response = asked(visitor)
    assert main_form(response).values["begin"] == [today.isoformat()]
    assert f"Dagen waarop geen termijn eindigt in {today.year}" in text(response)
    assert "Bevrijdingsdag" in text(response)
    assert "Voeg een dag toe" not in text(response)


@pytest.mark.parametrize(
    ("soort", "begin", "last_day", "words"),
    [
        ("objection", "2015-02-19", "donderdag 2 april 2015", "Dat is een werkdag."),
        ("objection_decision", "2015-04-02", "maandag 18 mei 2015", "Hemelvaartsdag"),
        ("objection", "2018-05-18", "vrijdag 29 juni 2018", "naar analogie van de Awb"),
        ("access_request", "2017-03-24", "maandag 8 mei 2017", "Wet politiegegevens"),
    ],
)
def test_term_is_worked_out_and_explained(visitor: Client, soort: str, begin: str, last_day: str, words: str) -> None:
    page = text(asked(visitor, soort=soort, begin=begin))
    assert f"De laatste dag is {last_day}" in page
    assert words in page
    assert f"Dagen waarop geen termijn eindigt in {last_day[-4:]}" in page


def test_every_day_that_it_moves_over_is_named_with_its_decree(visitor: Client) -> None:
    response = asked(visitor, soort="objection_decision", begin="2015-04-02")
    decree = EquatedDay.objects.get(date=date(2015, 5, 15)).citation
    assert response.context["passed"] == [
        ("donderdag 14 mei 2015", "Hemelvaartsdag"),
        ("vrijdag 15 mei 2015", f"gelijkgesteld: {decree}"),
        ("zaterdag 16 mei 2015", "een zaterdag"),
        ("zondag 17 mei 2015", "een zondag"),
    ]


@pytest.mark.parametrize(
    "given",
    [
        {"soort": "objection"},
        {"soort": "", "begin": "2015-02-19"},
        {"soort": "eeuwig", "begin": "2015-02-19"},
        {"soort": "objection", "begin": "2015-02-30"},
        {"soort": "objection", "begin": "0001-01-01"},
        {"soort": "objection", "begin": "9999-12-31"},
    ],
)
def test_what_cannot_be_worked_out_comes_back_with_the_reason(visitor: Client, given: dict[str, str]) -> None:
    response = asked(visitor, **given)
    assert response.status_code == 400
    assert "error-summary" in text(response)


@pytest.mark.parametrize(
    ("typed", "shown"), [("2027", 2027), ("1999", None), ("2101", None), ("x", None), ("²⁰²⁷", None)]
)
def test_year_is_one_within_bounds_or_this_one(visitor: Client, typed: str, shown: int | None) -> None:
    assert asked(visitor, jaar=typed).context["year"] == (shown or local_date(now()).year)


def test_years_lead_to_each_other_and_keep_the_question(visitor: Client) -> None:
    response = asked(visitor, soort="objection", begin="2015-02-19")
    assert response.context["later_url"] == "?soort=objection&begin=2015-02-19&jaar=2016#dagen"
    assert asked(visitor, jaar="2011").context["earlier_url"] == ""
    assert asked(visitor, jaar="2100").context["later_url"] == ""


def test_page_costs_five_queries(visitor: Client) -> None:
    asked(visitor)
    with CaptureQueriesContext(connection) as captured:
        asked(visitor, soort="objection", begin="2015-02-19")
    assert len(captured) == 5  # session, person, the clock, equated days, rights


def test_day_is_added_after_its_consequences_were_seen(keeper: Client, administrator: Person) -> None:
    subject = walk(Cast(), *TO_STATUS["aangemeld"], at=FILED)
    typed = {"dag": ENDS.isoformat(), "vindplaats": "Stb. 2025, 210"}
    preview = keeper.post(NEW, fill_in(keeper.get(NEW), **typed))
    assert preview.status_code == 200
    for words in (subject.number, "donderdag 24 december 2026", "maandag 28 december 2026", "1 lopende termijn"):
        assert str(words) in text(preview)
    assert not EquatedDay.objects.filter(date=ENDS).exists()
    answer = keeper.post(NEW, main_form(preview).values, follow=True)
    assert "De dag is toegevoegd. 1 termijn is verschoven." in text(answer)
    assert "Stb. 2025, 210" in text(answer)
    assert FileTerm.objects.get(initiative=subject, met_on=None).last_day == MOVED
    assert EquatedDay.objects.get(date=ENDS).added_by == administrator.number


def test_administrator_sees_the_number_of_a_file_and_not_what_it_is_about(keeper: Client) -> None:
    walk(Cast(), *TO_STATUS["aangemeld"], at=FILED)
    preview = keeper.post(NEW, {"dag": ENDS.isoformat(), "vindplaats": "Stb."})
    assert "Bodycams in de horeca" not in text(preview)


def test_other_consequences_than_were_shown_are_shown_first(keeper: Client) -> None:
    preview = keeper.post(NEW, {"dag": ENDS.isoformat(), "vindplaats": "Stb."})
    assert "Er is geen lopende termijn die hierdoor verschuift." in text(preview)
    walk(Cast(), *TO_STATUS["aangemeld"], at=FILED)
    again = keeper.post(NEW, main_form(preview).values)
    assert again.status_code == 409
    assert "Het is niet meer zoals u het zag." in text(again)
    assert not EquatedDay.objects.filter(date=ENDS).exists()
    assert keeper.post(NEW, main_form(again).values).status_code == 302


def test_second_click_is_refused(keeper: Client) -> None:
    values = main_form(keeper.post(NEW, DAY)).values
    assert [keeper.post(NEW, values).status_code for _ in range(2)] == [302, 400]
    assert EquatedDay.objects.filter(date=DAY["dag"]).count() == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"dag": "", "vindplaats": "Stb."}, "Kies een dag."),
        ({"dag": "2099-06-02", "vindplaats": " "}, "Schrijf in welk besluit dit staat."),
        ({"dag": "2099-06-06", "vindplaats": "Stb."}, "het is een zaterdag"),
        ({"dag": "2026-05-15", "vindplaats": "Stb."}, "gelijkgesteld"),
        ({"dag": "2001-05-15", "vindplaats": "Stb."}, "Kies een dag in de jaren"),
    ],
)
def test_wrong_day_comes_back_with_the_reason(keeper: Client, typed: dict[str, str], words: str) -> None:
    response = keeper.post(NEW, typed)
    assert response.status_code == 400
    assert words in text(response)


def test_day_that_is_to_come_is_taken_away_with_a_reason(keeper: Client) -> None:
    keeper.post(NEW, main_form(keeper.post(NEW, DAY)).values)
    pk = EquatedDay.objects.get(date=DAY["dag"]).pk
    page = keeper.get("/termijnen/?jaar=2099")
    address = f"/termijnen/dagen/{pk}/weghalen/"
    assert address in text(page)
    assert keeper.post(address, fill_in(keeper.get(address))).status_code == 400
    answer = keeper.post(address, fill_in(keeper.get(address), redenen="Het besluit is ingetrokken."), follow=True)
    assert "De dag is weggehaald. Er verschoof geen termijn." in text(answer)
    assert not EquatedDay.objects.filter(pk=pk).exists()
    assert keeper.get(address).status_code == 404
    again = keeper.post(address)
    assert (again.status_code, "Deze dag is al weggehaald." in text(again)) == (409, True)


def test_reason_alone_without_having_seen_takes_nothing_away(keeper: Client) -> None:
    keeper.post(NEW, main_form(keeper.post(NEW, DAY)).values)
    pk = EquatedDay.objects.get(date=DAY["dag"]).pk
    assert keeper.post(f"/termijnen/dagen/{pk}/weghalen/", {"redenen": "Zomaar."}).status_code == 409


def test_day_that_is_over_stays(keeper: Client) -> None:
    pk = EquatedDay.objects.get(date=date(2015, 5, 15)).pk
    assert f"/termijnen/dagen/{pk}/" not in text(keeper.get("/termijnen/?jaar=2015"))
    assert keeper.get(f"/termijnen/dagen/{pk}/weghalen/").status_code == 409
