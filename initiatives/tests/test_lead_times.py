"""How long decisions took: in all, per unit and per kind; what is in time, what is late, and who may see it."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from initiatives.lead_times import Pace, lead_times
from initiatives.models import FileTerm
from initiatives.tests.factories import Cast, concept, walk
from initiatives.tests.pages import as_person, text
from organisation.roles import Role
from organisation.tests.factories import holder_of
from workflow.clock import AMSTERDAM

pytestmark = pytest.mark.django_db

FILED = datetime(2026, 3, 2, 12, 0, tzinfo=AMSTERDAM)  # a Monday; 56 days later is King's Day: until 28 April
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
PAGE = "/termijnen/doorlooptijden/"


def decided(cast: Cast, days: int, *, kinds: tuple[str, ...] = ("aanschaf",), step: str = "afwijzen") -> None:
    """An initiative on which was decided so many days after it was filed."""
    subject = concept(cast, kinds=list(kinds), period_from=date(2026, 1, 1), period_until=date(2026, 12, 31))
    subject = walk(cast, "noodzaak_vaststellen", "aanmelden", "beoordelen", start=subject, at=FILED)
    walk(cast, step, start=subject, at=FILED + timedelta(days=days))


@pytest.fixture
def leader() -> Client:
    return as_person(holder_of(Role.LEADER))


def test_nothing_decided_is_nothing_told(leader: Client) -> None:
    found = lead_times(1, *YEAR)
    assert (found.total, found.units, found.kinds) == (None, [], [])
    assert "In 2019 is nog geen besluit van deze soort genomen." in text(leader.get(PAGE, {"jaar": "2019"}))


def test_decisions_are_counted_per_unit_and_kind_with_their_median() -> None:
    east, west = Cast("ON"), Cast("DH")
    for days in (10, 57, 58):  # in time, on the last day, and a day late
        decided(east, days)
    decided(west, 20, kinds=("aanschaf", "ontwikkeling"), step="goedkeuren")
    found = lead_times(1, *YEAR)
    assert found.total == Pace("", "", 4, 3, 20)
    assert found.units == [Pace("DH", "Den Haag", 1, 1, 20), Pace("ON", "Oost-Nederland", 3, 2, 57)]
    assert found.kinds == [Pace("aanschaf", "aanschaf", 4, 3, 20), Pace("ontwikkeling", "ontwikkeling", 1, 1, 20)]


@pytest.mark.parametrize(("first", "last", "count"), [(9, 9, 0), (10, 10, 1), (11, 11, 0), (0, 30, 1)])
def test_only_what_was_decided_on_one_of_the_days_counts(first: int, last: int, count: int) -> None:
    decided(Cast(), 10)
    day = FILED.date()
    total = lead_times(1, day + timedelta(days=first), day + timedelta(days=last)).total
    assert (total.decided if total else 0) == count


def test_withdrawn_file_and_open_one_do_not_count() -> None:
    cast = Cast()
    walk(cast, "noodzaak_vaststellen", "aanmelden", at=FILED)
    walk(cast, "noodzaak_vaststellen", "aanmelden", "intrekken", at=FILED)
    assert lead_times(1, *YEAR).total is None


def test_decisions_on_objection_are_counted_apart() -> None:
    cast = Cast()
    steps = ("noodzaak_vaststellen", "aanmelden", "beoordelen", "afwijzen", "bezwaar_maken", "afstemming_vastleggen")
    walk(cast, *steps, "ongegrond_verklaren", at=FILED)
    assert (lead_times(1, *YEAR).total, lead_times(2, *YEAR).total) == (
        Pace("", "", 1, 1, 0),
        Pace("", "", 1, 1, (FILED.date() - FileTerm.objects.get(kind="objection_decision").starts_on).days),
    )


@pytest.mark.parametrize(
    ("decided", "in_time", "share"),
    [(1, 1, "100%"), (1, 0, "0%"), (3, 2, "67%"), (1000, 999, "99%"), (1000, 1, "1%"), (8, 1, "12%")],
)
def test_share_is_all_or_none_only_when_it_is(decided: int, in_time: int, share: str) -> None:
    assert Pace("", "", decided, in_time, 10).share == share


def test_page_shows_figures_charts_and_their_tables(leader: Client) -> None:
    for days in (10, 58):
        decided(Cast("ON"), days)
    page = text(leader.get(PAGE, {"jaar": "2026"}))
    for words in (
        "Besluiten op tijd en te laat per eenheid",
        "Mediaan van het aantal dagen per soort",
        '<th scope="row">Oost-Nederland</th><td class="n">1 van 2 (50%)</td><td class="n">10</td>',
        "dagen, de mediaan",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({}, 200),
        ({"besluit": "bezwaar", "jaar": "2015"}, 200),
        ({"besluit": "eerste"}, 200),
        ({"jaar": "2014"}, 400),
        ({"jaar": "x"}, 400),
        ({"besluit": "derde"}, 400),
    ],
)
def test_question_that_cannot_be_answered_is_refused(leader: Client, given: dict[str, Any], status: int) -> None:
    assert leader.get(PAGE, given).status_code == status


def test_page_costs_five_queries(leader: Client) -> None:
    leader.get(PAGE)
    with CaptureQueriesContext(connection) as captured:
        leader.get(PAGE)
    assert len(captured) == 5  # session, person, rights, the clock, the decisions


def test_way_to_it_is_shown_to_who_may_see_it(leader: Client) -> None:
    contact = as_person(holder_of(Role.CONTACT, "ON"))
    for address in ("/", "/termijnen/"):
        assert PAGE in text(leader.get(address))
        assert PAGE not in text(contact.get(address))
