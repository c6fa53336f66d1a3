"""One's own notices: unread first, page by page, marked as read; and how many there are, on every page for nothing."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from initiatives.backends import MOST
from initiatives.models import Notice
from initiatives.tests.factories import Cast, initiative
from initiatives.tests.pages import as_person, text
from initiatives.views.notices import PAGE
from organisation.models import Person
from organisation.tests.factories import person
from workflow.clock import now

pytestmark = pytest.mark.django_db


@pytest.fixture
def somebody() -> Person:
    return person()


@pytest.fixture
def visitor(somebody: Person) -> Client:
    return as_person(somebody)


def told(somebody: Person, count: int, *, read: bool = False) -> list[int]:
    """Tell somebody so many things; answers with their numbers, the newest first."""
    at = now()
    made = [
        Notice.objects.create(
            person=somebody,
            subject=f"Bericht {number}",
            body="Er is iets gebeurd.\n\nU hoeft nu niets te doen.",
            links=[["Naar uw werk", "/", "vandaag"]],
            created_at=at,
            read_at=at if read else None,
        ).pk
        for number in range(count)
    ]
    return made[::-1]


def listed(response: Any) -> list[str]:
    return re.findall(r"Bericht \d+(?=</h2>)", text(response))


def pages(visitor: Client) -> list[list[str]]:
    """Every page, by its own links, from the first to the last."""
    found, address = [], "/meldingen/"
    while address:
        response = visitor.get(address)
        found.append(listed(response))
        address = response.context["next_url"] and f"/meldingen/{response.context['next_url']}"
    return found


def test_empty_page_says_so_and_the_head_of_the_page_counts_nothing(visitor: Client) -> None:
    page = text(visitor.get("/meldingen/"))
    assert "Er zijn geen meldingen voor u." in page
    assert " ongelezen</span>" not in page
    assert "Alles is gelezen" not in page


def test_notice_shows_what_happened_what_to_do_and_leads_to_the_file(visitor: Client) -> None:
    cast = Cast()
    subject = initiative(cast, "aangemeld", title="Horeca & <evenement>")
    page = text(as_person(cast.leader).get("/meldingen/"))
    for words in (
        f"{subject.number}: Horeca &amp; &lt;evenement&gt;",
        "heeft het initiatief aangemeld",
        "Beoordeel het initiatief.",
        f'href="/initiatieven/{subject.pk}/"',
        '<span class="count">1<span class="vh"> ongelezen</span></span>',
    ):
        assert words in page


def test_unread_stands_first_and_the_newest_before_the_older(visitor: Client, somebody: Person) -> None:
    told(somebody, 2, read=True)
    unread = told(somebody, 2)
    told(somebody, 1, read=True)
    assert listed(visitor.get("/meldingen/")) == ["Bericht 1", "Bericht 0", "Bericht 0", "Bericht 1", "Bericht 0"]
    assert visitor.get("/meldingen/").context["newest"].pk > unread[0]


@pytest.mark.parametrize(("unread", "read"), [(PAGE + 5, 0), (5, PAGE + 3), (PAGE, PAGE), (0, PAGE + 1)])
def test_pages_show_everything_once_and_lead_back(visitor: Client, somebody: Person, unread: int, read: int) -> None:
    expected = [f"Bericht {n}" for count in (unread, read) for n in reversed(range(count))]
    told(somebody, read, read=True)
    told(somebody, unread)
    there = pages(visitor)
    assert [row for page in there for row in page] == expected
    assert all(len(page) == PAGE for page in there[:-1])
    last = visitor.get("/meldingen/")
    while last.context["next_url"]:
        last = visitor.get(f"/meldingen/{last.context['next_url']}")
    back = [listed(last)]
    while last.context["previous_url"]:
        last = visitor.get(f"/meldingen/{last.context['previous_url']}")
        back.insert(0, listed(last))
    assert [row for page in back for row in page] == expected


@pytest.mark.parametrize("place", ["na-2-5", "na-0-x", "3", "na-0-1 OR 1=1"])
def test_place_that_is_not_one_is_no_page(visitor: Client, place: str) -> None:
    assert visitor.get("/meldingen/", {"pagina": place}).status_code == 404


def test_one_is_marked_as_read_and_one_comes_back_to_the_same_page(visitor: Client, somebody: Person) -> None:
    newest, oldest = told(somebody, 2)
    answer = visitor.post("/meldingen/gelezen/", {"melding": newest, "pagina": f"na-0-{newest}"}, follow=True)
    assert answer.redirect_chain == [(f"/meldingen/?pagina=na-0-{newest}", 302)]
    assert "De melding is gelezen." in text(answer)
    assert list(Notice.objects.unread().values_list("pk", flat=True)) == [oldest]


def test_everything_that_was_shown_is_marked_and_what_came_meanwhile_is_not(visitor: Client, somebody: Person) -> None:
    told(somebody, 3)
    newest = visitor.get("/meldingen/").context["newest"].pk
    (later,) = told(somebody, 1)
    answer = visitor.post("/meldingen/gelezen/", {"tot": newest}, follow=True)
    assert "3 meldingen zijn gelezen." in text(answer)
    assert [notice.pk for notice in Notice.objects.unread()] == [later]


def test_nobody_sees_or_marks_the_notices_of_another(visitor: Client) -> None:
    (other,) = told(person(), 1)
    assert listed(visitor.get("/meldingen/")) == []
    for typed in ({"melding": other}, {"tot": other}, {"melding": "x"}, {"tot": "²"}, {"melding": "9" * 40}):
        assert visitor.post("/meldingen/gelezen/", typed).headers["Location"] == "/meldingen/"
    assert Notice.objects.unread().count() == 1


def test_looking_marks_nothing(visitor: Client, somebody: Person) -> None:
    told(somebody, 1)
    visitor.get("/meldingen/")
    assert Notice.objects.unread().count() == 1


def queries_of(visitor: Client, address: str) -> int:
    visitor.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        visitor.get(address)
    return len(captured)


def test_page_costs_the_same_number_of_queries_however_many_there_are(visitor: Client, somebody: Person) -> None:
    told(somebody, 1)
    few = queries_of(visitor, "/meldingen/")
    told(somebody, PAGE * 2)
    assert (few, queries_of(visitor, "/meldingen/")) == (4, 4)  # session, person, rights, rows


def test_badge_costs_no_query_of_its_own_and_stops_counting(visitor: Client, somebody: Person) -> None:
    none = queries_of(visitor, "/procedure/")
    told(somebody, MOST + 1)
    assert queries_of(visitor, "/procedure/") == none
    assert "99+<span" in text(visitor.get("/procedure/"))
