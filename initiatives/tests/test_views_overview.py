"""The national overview on the screen: who sees it, of which day, and that it stays a page however long it is."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bodycams.charts import Chart
from initiatives.overview.approved import Overview
from initiatives.tests.factories import TO_STATUS, Cast, initiative, walk
from initiatives.tests.overview_rows import overview_of
from initiatives.words import short_day
from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import holder_of
from workflow.clock import local_date, now

pytestmark = pytest.mark.django_db
BACKEND = "initiatives.backends.Backend"
SUPPORTED = {"support_granted": ["inkoopproces", "ict_integratie"]}


@pytest.fixture
def cast() -> Cast:
    return Cast()


def look(client: Client, person: Person | None = None, **asked: Any) -> Any:
    client.force_login(person or holder_of(Role.AUDITOR), BACKEND)
    return client.get(reverse("overview"), asked)


def words(answer: Any) -> str:
    """What the page says, without tags and with single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def charts(answer: Any) -> dict[str, Chart]:
    return dict(drawn for column in answer.context["charts"] for drawn in column)


def show(monkeypatch: pytest.MonkeyPatch, overview: Overview) -> None:
    """Let the page show these rows, of which there is nothing in the database."""
    monkeypatch.setattr("initiatives.views.overview.overview_on", lambda _: overview)


def test_both_sections_stand_apart_with_their_totals(client: Client, cast: Cast) -> None:
    walk(cast, *TO_STATUS["goedgekeurd"], given={"goedkeuren": SUPPORTED})
    initiative(cast, "goedgekeurd", title="Zonder steun")
    answer = look(client)
    a, b = answer.context["sections"]
    assert [row["line"].title for row in a["lines"]] == ["Bodycams in de horeca"]
    assert [row["line"].title for row in b["lines"]] == ["Zonder steun"]
    assert [(section["count"], section["sum"].cameras) for section in (a, b)] == [("1 initiatief", "12")] * 2
    assert [value for value, _, _ in answer.context["figures"]] == ["2", "1", "1", "24", "€ 37.000"]


def test_row_says_what_the_decision_says(client: Client, cast: Cast) -> None:
    subject = walk(cast, *TO_STATUS["goedgekeurd"], given={"goedkeuren": SUPPORTED})
    text = words(look(client))
    decided = short_day(local_date(now()))
    assert f"Bodycams in de horeca {subject.number} · Oost-Nederland Aanschaf Zepcam T3 12 {decided}" in text
    assert "niet gevraagd verleend niet gevraagd verleend niet gevraagd € 18.500 eenheid betaalt" in text


def test_objection_is_marked(client: Client, cast: Cast) -> None:
    walk(cast, "bezwaar_maken", start=initiative(cast, "goedgekeurd"))
    assert "bezwaar loopt" in words(look(client))


def test_day_before_anything_was_decided_is_empty_and_says_so(client: Client, cast: Cast) -> None:
    initiative(cast, "goedgekeurd")
    yesterday = local_date(now()) - timedelta(days=1)
    answer = look(client, peildatum=yesterday.isoformat())
    assert answer.status_code == 200
    assert words(answer).count("Op deze dag stond er geen initiatief in dit deel.") == 2
    assert "Getoetst aan" not in words(answer)


@pytest.mark.parametrize("asked", [{}, {"peildatum": ""}])
def test_without_a_day_it_is_today(client: Client, asked: dict[str, Any]) -> None:
    assert look(client, **asked).context["day"] == local_date(now())


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2099-12-31", "De peildatum ligt in de toekomst."),
        ("9999-12-31", "Peildatum:"),
        ("2014-12-31", "Het overzicht begint op 1 januari 2015."),
        ("morgen", "Peildatum:"),
        ("2018-02-30", "Peildatum:"),
        ("0000-00-00", "Peildatum:"),
        ("9" * 5000, "Peildatum:"),
    ],
)
def test_day_that_cannot_be_is_refused_in_words(client: Client, day: str, sentence: str) -> None:
    answer = look(client, peildatum=day)
    assert answer.status_code == 400
    assert sentence in words(answer)
    assert "Zo is er geen overzicht te tonen." in words(answer)


def test_tomorrow_is_too_late_and_the_first_day_is_not_too_early(client: Client) -> None:
    tomorrow = local_date(now()) + timedelta(days=1)
    assert look(client, peildatum=tomorrow.isoformat()).status_code == 400
    assert look(client, peildatum="2015-01-01").status_code == 200


@pytest.mark.parametrize("role", [Role.JUDGE, Role.WEARER])
def test_who_works_with_recordings_has_nothing_to_do_with_it(client: Client, role: Role) -> None:
    assert look(client, holder_of(role, "ON")).status_code == 403


@pytest.mark.parametrize(
    ("role", "unit", "linked"),
    [
        (Role.AUDITOR, None, True),
        (Role.CONTACT, "ON", True),
        (Role.CONTACT, "MN", False),
        (Role.PRIVACY, None, False),
    ],
)
def test_title_leads_to_the_file_for_who_may_see_that(
    client: Client, cast: Cast, role: Role, unit: str | None, linked: bool
) -> None:
    subject = initiative(cast, "goedgekeurd")
    page = look(client, holder_of(role, unit)).content.decode()
    assert "Bodycams in de horeca" in page
    assert (f'href="{reverse("file", args=[subject.pk])}"' in page) is linked


def test_typed_text_is_only_text(client: Client, cast: Cast) -> None:
    initiative(
        cast,
        "goedgekeurd",
        title="<script>alert(1)</script>",
        vendor='"><img src=x>',
        teams="\N{RIGHT-TO-LEFT OVERRIDE}neergeid",
    )
    page = look(client).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<img" not in page


def test_long_sections_come_in_pages_that_leave_the_other_where_it_was(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(monkeypatch, overview_of(400))
    answer = look(client, peildatum="2018-06-30", deel_a="2", deel_b="2")
    a, b = answer.context["sections"]
    assert (len(a["lines"]), a["paging"]["text"][:20]) == (50, "51 tot en met 100 va")
    assert a["paging"]["next_url"] == "?peildatum=2018-06-30&deel_a=3&deel_b=2#deel-a"
    assert b["paging"]["previous_url"] == "?peildatum=2018-06-30&deel_a=2&deel_b=1#deel-b"
    assert a["count"].endswith("initiatieven")


@pytest.mark.parametrize("number", ["0", "-1", "999999", "x", "9" * 5000])
def test_page_that_does_not_exist_is_the_first_or_the_last(
    client: Client, monkeypatch: pytest.MonkeyPatch, number: str
) -> None:
    show(monkeypatch, overview_of(120))
    assert look(client, deel_a=number).status_code == 200


@pytest.mark.parametrize(
    ("role", "unit", "most"), [(Role.LEADER, None, 5), (Role.AUDITOR, None, 6), (Role.CONTACT, "ON", 6)]
)
def test_it_takes_as_many_queries_for_many_as_for_one(
    client: Client, monkeypatch: pytest.MonkeyPatch, cast: Cast, role: Role, unit: str | None, most: int
) -> None:
    """Session, person, rights, clock, the overview; and which files may be opened, for who may not open all, or for an
    auditor the state of the journal.
    """
    initiative(cast, "goedgekeurd")
    look(client, holder_of(role, unit))  # whoever has just come in costs more
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("overview"))
    assert len(queries) == most
    show(monkeypatch, overview_of(1000))
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("overview"))
    assert len(queries) == most - 1  # these rows come from elsewhere


def test_menu_leads_to_it(client: Client) -> None:
    assert f'href="{reverse("overview")}"' in look(client).content.decode()


def test_totals_of_the_units_are_in_the_table_of_the_map(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    overview = overview_of(40)
    show(monkeypatch, overview)
    chart = charts(look(client))["Waar in het land"]
    assert sum(count for _, count, _ in chart.rows) == 40
    assert chart.total == ["Totaal", 40, sum(row.cameras for row in overview.rows)]
    assert [name for name, _, _ in chart.rows][:2] == ["Noord-Nederland", "Oost-Nederland"]


def test_download_is_of_the_day_that_is_shown(client: Client) -> None:
    files = look(client, peildatum="2018-06-30").context["files"]
    assert [url.rpartition(".")[2] for _, url, _ in files] == [
        f"{kind}?peildatum=2018-06-30" for kind in ("pdf", "json", "csv")
    ]
    assert look(client).context["day"] == local_date(now()) != date(2018, 6, 30)


def test_each_chart_says_its_numbers_in_a_table_of_its_own(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    show(monkeypatch, overview_of(40))
    answer = look(client, peildatum="2018-06-30")
    drawn = charts(answer)
    assert list(drawn) == [
        *("Waar in het land", "Per eenheid", "Per soort", "Gevraagde ondersteuning", "Per leverancier"),
        *("Besluiten per maand", "Doorlooptijd"),
    ]
    assert answer.content.decode().count("Bekijk als tabel") == len(drawn)
    assert all(chart.rows for chart in drawn.values())


def test_an_empty_day_draws_nothing(client: Client) -> None:
    answer = look(client, peildatum="2015-01-01")
    assert answer.context["charts"] == []
    assert '<svg class="chart' not in answer.content.decode()
