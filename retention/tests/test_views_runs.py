"""The pages of the runs: who sees how much, what waits, and letting it go."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import holder_of
from retention.clock import now
from retention.destroying import destruction
from retention.destroying.review import review
from retention.models import Destruction, Run, RunRelease
from retention.tests.engine import folder, kept
from retention.tests.factories import recording

pytestmark = pytest.mark.django_db


def visit(who: Person | Role, unit: str = "") -> Client:
    client = Client()
    client.force_login(holder_of(who, unit or None) if isinstance(who, Role) else who, "initiatives.backends.Backend")
    return client


def page(client: Client, name: str, *args: Any) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.fixture
def destroyed(tmp_path: Any) -> Run:
    """Two in Oost-Nederland and one in Limburg, by one run."""
    storage = folder(tmp_path)
    for unit in ("ON", "ON", "LI"):
        kept(storage, 27, unit_code=unit)
    report = review()
    assert report
    assert destruction.destroy(storage) == 3
    return report.run


def test_without_a_run_the_page_says_what_comes() -> None:
    assert "Er is nog geen controle geweest" in page(visit(Role.PRIVACY), "destruction-runs")


def test_a_run_tells_what_it_destroyed_and_how_that_was_established(destroyed: Run) -> None:
    text = page(visit(Role.AUDITOR), "destruction-run", destroyed.pk)
    assert "Niet beoordeeld binnen de termijn" in text
    assert "verwijderd, daarna nagekeken dat het bestand weg is" in text
    assert "Samen 3." in text
    assert "Gepland" in text


@pytest.mark.parametrize(
    ("role", "unit", "count"), [(Role.JUDGE, "ON", 2), (Role.HEAD, "LI", 1), (Role.AUDITOR, "", 3)]
)
def test_who_is_of_a_unit_sees_the_figures_of_that_unit(destroyed: Run, role: Role, unit: str, count: int) -> None:
    somebody = visit(role, unit)
    assert f"Samen {count}." in page(somebody, "destruction-run", destroyed.pk)
    assert f'data-label="Vernietigd" class="n">{count}</td>' in page(somebody, "destruction-runs")


def test_the_list_says_what_was_missed_broken_off_and_waits() -> None:
    Run.objects.create(began_at=now())
    Run.objects.create(began_at=now(), ended_at=now(), missed=3)
    Run.objects.create(began_at=now(), ended_at=now(), waits_for="klok")
    text = page(visit(Role.AUDITOR), "destruction-runs")
    assert "niet afgemaakt" in text
    assert "haalt 3 gemiste controles in" in text
    assert "wacht: de klok klopt misschien niet" in text


def test_what_fails_often_or_is_missing_stands_on_its_run(destroyed: Run) -> None:
    at = now()
    failing, missing, once = (recording(days_ago=27) for _ in range(3))
    for found, told in (
        (failing, {"attempts": 5, "last_error": "De opslag is vol."}),
        (missing, {"missing_at": at}),
        (once, {"attempts": 4, "last_error": "De opslag is weg."}),
    ):
        Destruction.objects.create(recording=found, run=destroyed, why="x", planned_at=at, **told)
    text = page(visit(Role.PRIVACY), "destruction-run", destroyed.pk)
    assert "De opslag is vol." in text
    assert "Het bestand was al weg" in text
    assert "De opslag is weg." not in text
    assert "Wat niet lukt" not in page(visit(Role.JUDGE, "LI"), "destruction-run", destroyed.pk)


@pytest.mark.parametrize(
    ("waits_for", "asked", "button"),
    [("aantal", "Een vernietiging vrijgeven", "Vrijgeven"), ("klok", "De datum bevestigen", "Datum bevestigen")],
)
def test_a_privacy_officer_is_asked_and_lets_it_go_once(waits_for: str, asked: str, button: str) -> None:
    run = Run.objects.create(began_at=now(), ended_at=now(), waits_for=waits_for, would_destroy=4000)
    officer = holder_of(Role.PRIVACY)
    client, address = visit(officer), reverse("release-run", args=[run.pk])
    assert asked in page(client, "my-work")
    assert "Deze controle wacht" in page(client, "destruction-run", run.pk)
    assert button in page(client, "destruction-run", run.pk)
    asks = page(client, "release-run", run.pk)
    assert button in asks
    assert ("De server zegt nu" in asks) is (waits_for == "klok")
    assert not RunRelease.objects.exists(), "looking lets nothing go"
    empty = client.post(address, {"reasons": " "})
    assert (empty.status_code, RunRelease.objects.count()) == (400, 0)
    assert client.post(address, {"reasons": "Het was Koningsdag."}).status_code == 302
    release = RunRelease.objects.get()
    assert (release.by, release.reasons) == (officer, "Het was Koningsdag.")
    assert client.post(address, {"reasons": "Nog eens."}).status_code == 409
    assert client.get(address).status_code == 409
    assert "Het was Koningsdag." in page(client, "destruction-run", run.pk)
    assert asked not in page(client, "my-work")


def test_nobody_else_is_asked_or_offered_it() -> None:
    run = Run.objects.create(began_at=now(), ended_at=now(), waits_for="aantal")
    auditor = visit(Role.AUDITOR)
    assert reverse("release-run", args=[run.pk]) not in page(auditor, "destruction-run", run.pk)
    assert "vernietiging vrijgeven" not in page(auditor, "my-work")
    assert auditor.post(reverse("release-run", args=[run.pk]), {"reasons": "x"}).status_code == 403


def test_a_page_that_nobody_made_is_refused() -> None:
    assert visit(Role.AUDITOR).get(reverse("destruction-runs"), {"pagina": "x"}).status_code == 400


def test_the_list_costs_the_same_for_any_number_of_runs(django_assert_max_num_queries: Any) -> None:
    auditor = visit(Role.AUDITOR)
    Run.objects.bulk_create(Run(began_at=now(), ended_at=now()) for _ in range(60))
    with django_assert_max_num_queries(16):
        assert "Volgende" in page(auditor, "destruction-runs")


def test_the_menu_shows_one_place_where_somebody_is() -> None:
    assert page(visit(Role.PRIVACY), "destruction-runs").count('aria-current="page"') == 1


@pytest.mark.parametrize(
    ("role", "unit", "count"),
    [(Role.JUDGE, "ON", 2), (Role.HEAD, "LI", 1), (Role.HEAD, "NN", 0), (Role.AUDITOR, "", 3)],
)
def test_who_is_of_a_unit_is_told_how_the_promise_is_kept_there_only(role: Role, unit: str, count: int) -> None:
    at, run = now(), Run.objects.create(began_at=now(), ended_at=now(), waits_for="aantal", would_destroy=4123)
    for code in ("ON", "ON", "LI"):
        late = recording(days_ago=30, unit_code=code)
        Destruction.objects.create(recording=late, run=run, why="x", planned_at=at, attempts=5, last_error="Vol.")
    somebody = visit(role, unit)
    figures = page(somebody, "destruction-runs").split("laatste controle")[0]
    assert figures.count(f">{count}<") == 2, figures[-1500:]
    assert ("4.123" in page(somebody, "destruction-run", run.pk)) is (not unit)
