"""What changed since an earlier day, on the page of the overview."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from initiatives.overview.approved import Overview
from initiatives.tests.factories import TO_STATUS, Cast, walk
from initiatives.tests.overview_rows import overview_of
from initiatives.tests.test_views_overview import BACKEND, look, words
from organisation.roles import Role
from organisation.tests.factories import holder_of
from workflow.clock import AMSTERDAM, local_date

pytestmark = pytest.mark.django_db
DECIDED = datetime(2026, 3, 10, 12, tzinfo=AMSTERDAM)
NOTHING = "Er is niets veranderd: niets erbij, niets eraf, en niets gewijzigd."
MANY = overview_of(130)


def parts(answer: Any) -> dict[str, list[str]]:
    """The numbers in each part of the comparison."""
    return {part["id"]: [row["line"].number for row in part["lines"]] for part in answer.context["changes"]["parts"]}


def days(monkeypatch: pytest.MonkeyPatch, before: Overview, after: Overview) -> dict[str, Any]:
    """Two days with these overviews, and what to ask for to see their difference."""
    found = {date(2018, 1, 1): before, date(2018, 6, 30): after}
    monkeypatch.setattr("initiatives.views.overview.overview_on", lambda day: Overview(day, found[day].rows))
    return {"peildatum": "2018-06-30", "sinds": "2018-01-01"}


def test_what_was_approved_in_between_came(client: Client) -> None:
    subject, day = walk(Cast(), *TO_STATUS["goedgekeurd"], at=DECIDED), local_date(DECIDED)
    for since, until, expected in [(-1, 0, [subject.number]), (0, 1, []), (-2, -1, [])]:
        answer = look(client, sinds=str(day + timedelta(since)), peildatum=str(day + timedelta(until)))
        assert (expected == []) is (NOTHING in words(answer))
        assert parts(answer) == {"deel-erbij": expected, "deel-eraf": [], "deel-anders": []}


def test_an_objection_changes_a_row_in_words(client: Client) -> None:
    cast, later = Cast(), DECIDED + timedelta(days=3)
    subject = walk(cast, *TO_STATUS["goedgekeurd"], at=DECIDED)
    walk(cast, "bezwaar_maken", start=subject, at=later)
    answer = look(client, sinds=str(local_date(DECIDED)), peildatum=str(local_date(later)))
    assert parts(answer) == {"deel-erbij": [], "deel-eraf": [], "deel-anders": [subject.number]}
    assert "Bezwaar : van geen naar bezwaar loopt" in words(answer)


def test_totals_stand_beside_each_other(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = days(monkeypatch, Overview(MANY.peildatum, MANY.rows[:10]), MANY)
    totals = look(client, **asked).context["changes"]["totals"]
    assert totals[0] == ("Initiatieven", "10", "130", "+ 120")
    asked = days(monkeypatch, MANY, Overview(MANY.peildatum, MANY.rows[:10]))
    assert look(client, **asked).context["changes"]["totals"][0][3] == "− 120"


def test_long_parts_come_in_pages_that_keep_what_was_asked(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = days(monkeypatch, Overview(MANY.peildatum, ()), MANY)
    answer = look(client, **asked, erbij="2")
    came = answer.context["changes"]["parts"][0]
    assert (len(came["lines"]), came["paging"]["text"]) == (50, "51 tot en met 100 van 130")
    assert came["paging"]["next_url"] == "?peildatum=2018-06-30&sinds=2018-01-01&erbij=3#deel-erbij"


def test_without_an_earlier_day_nothing_is_compared(client: Client) -> None:
    assert look(client).context["changes"] is None
    assert "veranderde sinds" not in words(look(client, sinds=""))


@pytest.mark.parametrize(
    ("since", "sentence"),
    [
        ("2018-06-30", "Kies een dag die vóór de peildatum ligt."),
        ("2018-07-01", "Kies een dag die vóór de peildatum ligt."),
        ("2014-12-31", "Het overzicht begint op 1 januari 2015."),
        ("gisteren", "Vergelijk met:"),
    ],
)
def test_day_that_cannot_be_compared_with_is_refused_in_words(client: Client, since: str, sentence: str) -> None:
    answer = look(client, peildatum="2018-06-30", sinds=since)
    assert answer.status_code == 400
    assert sentence in words(answer)


def test_twin_the_day_before_the_peildatum_can_be_compared_with(client: Client) -> None:
    assert look(client, peildatum="2018-06-30", sinds="2018-06-29").status_code == 200


def test_comparing_costs_one_query_more(client: Client) -> None:
    walk(Cast(), *TO_STATUS["goedgekeurd"], at=DECIDED)
    client.force_login(holder_of(Role.LEADER), BACKEND)
    counts = []
    for asked in ({}, {}, {"sinds": "2018-01-01"}):  # whoever has just come in costs more
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("overview"), asked)
        counts.append(len(queries))
    assert counts[2] == counts[1] + 1
