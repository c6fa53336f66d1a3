"""The overview as JSON and CSV from the page: the bytes of `data.py`, told in the journal before they go."""

import hashlib
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from initiatives.overview.approved import overview_on
from initiatives.overview.data import as_csv, as_json
from initiatives.tests.factories import Cast, initiative
from initiatives.tests.test_views_overview import BACKEND, words
from journal.models import Entry
from organisation.roles import Role
from organisation.tests.factories import holder_of
from workflow.clock import local_date, now

pytestmark = pytest.mark.django_db


def fetch(client: Client, kind: str, **asked: Any) -> Any:
    client.force_login(holder_of(Role.AUDITOR), BACKEND)
    return client.get(reverse("overview-data", args=[kind]), asked)


def downloads() -> list[Entry]:
    return list(Entry.objects.filter(action="overzicht_gedownload").order_by("id"))


@pytest.mark.parametrize(
    ("kind", "made", "content_type"),
    [("json", as_json, "application/json"), ("csv", as_csv, "text/csv; charset=utf-8")],
)
def test_it_is_the_data_of_that_day_and_the_journal_tells(
    client: Client, kind: str, made: Any, content_type: str
) -> None:
    initiative(Cast(), "goedgekeurd")
    today = local_date(now())
    answer = fetch(client, kind, peildatum=today.isoformat())
    assert answer.content == made(overview_on(today))
    assert (answer.status_code, answer["Content-Type"]) == (200, content_type)
    assert answer["Content-Disposition"] == f'attachment; filename="goedgekeurde-initiatieven-{today}.{kind}"'
    (entry,) = downloads()
    assert str(entry).endswith(f"gedownload als {kind.upper()}.")
    assert entry.data == {
        "sentence": str(entry),
        "peildatum": today.isoformat(),
        "kind": kind,
        "sha256": hashlib.sha256(answer.content).hexdigest(),
        "initiatives": 1,
    }


def test_who_only_asks_about_it_has_nothing_made_and_leaves_no_trace(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = fetch(client, "csv")["Content-Disposition"]
    monkeypatch.setattr("initiatives.views.overview_data.overview_on", lambda day: 1 // 0)
    answer = client.head(reverse("overview-data", args=["csv"]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/csv; charset=utf-8")
    assert (answer["Content-Disposition"], len(downloads())) == (named, 1)
    with pytest.raises(ZeroDivisionError):
        fetch(client, "csv")


@pytest.mark.parametrize("day", ["9999-12-31", "2099-12-31", "2014-12-31", "gisteren"])
def test_day_that_cannot_be_is_refused_in_words_and_not_told(client: Client, day: str) -> None:
    answer = fetch(client, "csv", peildatum=day)
    assert (answer.status_code, downloads()) == (400, [])
    assert "overzicht" in words(answer).lower()


def test_other_kinds_of_data_are_not_there(client: Client) -> None:
    assert fetch(client, "xml").status_code == 404
