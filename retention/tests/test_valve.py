"""The safety valve: what waits for a privacy officer, what never does, and what goes on by itself."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from initiatives.models import Notice
from journal.models import Entry
from organisation.refusals import OrganisationRefused
from organisation.roles import Role
from organisation.tests.factories import holder_of
from retention.choices import Stop
from retention.clock import now
from retention.destroying import destruction, valve
from retention.destroying.releases import release
from retention.destroying.review import Report, is_due, review
from retention.models import Destruction, Proof, Recording, Run, RunRelease
from retention.tests.engine import judge
from retention.tests.factories import facts, used
from workflow.clock import AMSTERDAM, local_date

pytestmark = pytest.mark.django_db


def many(number: int, days_ago: int = 27) -> list[Recording]:
    return Recording.objects.bulk_create(Recording(**facts(days_ago)) for _ in range(number))


def planned(report: Report | None) -> tuple[int, int]:
    assert report
    return report.planned, report.waiting


@pytest.fixture(autouse=True)
def small(settings: Any) -> None:
    settings.DESTRUCTION_VALVE = 3


@pytest.fixture
def morning(monkeypatch: pytest.MonkeyPatch) -> None:
    """The evening of the last day never comes, whatever the hour of the test."""
    instead = "retention_later(r.next_at, interval '9 days') <= retention_now()"
    for name in ("FREE", "COUNTS"):
        monkeypatch.setattr(valve, name, getattr(valve, name).replace(valve.EVENING_CAME, instead))
    from retention.destroying import review as room

    monkeypatch.setattr(room, "PLAN", room.PLAN.replace(valve.EVENING_CAME, instead))


@pytest.mark.usefixtures("morning")
def test_more_than_the_number_waits_and_is_told_once_an_hour() -> None:
    officer = holder_of(Role.PRIVACY)
    many(4)
    assert planned(review()) == (0, 4)
    run = Run.objects.get()
    assert (run.waits_for, run.would_destroy, run.daily_median) == ("aantal", 4, 0)
    assert planned(review()) == (0, 4), "it is still the first run that waits"
    assert [waits.pk for waits in Run.objects.exclude(waits_for="")] == [run.pk]
    assert Notice.objects.filter(person=officer).count() == 1
    Run.objects.filter(pk=run.pk).update(alarmed_at=now() - timedelta(hours=1))
    review()
    assert Notice.objects.filter(person=officer).count() == 2


@pytest.mark.usefixtures("morning")
def test_the_number_itself_does_not_wait() -> None:
    many(3)
    assert planned(review()) == (3, 0)


@pytest.mark.usefixtures("morning")
def test_off_means_that_nothing_waits(settings: Any) -> None:
    settings.DESTRUCTION_VALVE = None
    many(4)
    assert planned(review()) == (4, 0)


def destroyed_before(each_day: int, days: int) -> None:
    """So many were destroyed on each of the days before today."""
    rows = many(each_day * days, days_ago=40)
    run, moment = Run.objects.create(began_at=now(), ended_at=now()), now()
    Destruction.objects.bulk_create(
        Destruction(recording=one, run=run, why="x", planned_at=moment, point_of_no_return_at=moment) for one in rows
    )
    Proof.objects.bulk_create(
        Proof(
            recording=one,
            run=run,
            sha256="0" * 64,
            ground="x",
            how="x",
            destroyed_at=moment - timedelta(days=1 + place % days),
        )
        for place, one in enumerate(rows)
    )
    Destruction.objects.filter(run=run).update(done_at=moment)


def test_what_a_privacy_officer_lets_go_meanwhile_was_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    run, officer = Run.objects.create(began_at=now(), waits_for="aantal"), holder_of(Role.PRIVACY)
    found = valve.waiting_run(Stop.QUANTITY)
    release(run, "Het klopt.", by=officer)
    monkeypatch.setattr(valve, "waiting_run", lambda stop: found)
    valve.let_go_by_itself()
    assert RunRelease.objects.get().by == officer


@pytest.mark.usefixtures("morning")
@pytest.mark.parametrize(("days", "number", "waits"), [(15, 6, False), (15, 7, True), (13, 6, True)])
def test_three_times_the_median_of_28_days_is_usual(days: int, number: int, waits: bool) -> None:
    """Two a day on 15 of 28 days makes a median of two; on 13 of them, of none."""
    destroyed_before(2, days)
    many(number)
    assert planned(review()) == ((0, number) if waits else (number, 0))


@pytest.mark.usefixtures("morning")
def test_what_a_person_judged_is_never_held_up() -> None:
    for found in many(2, days_ago=3):
        judge(Recording.objects.get(pk=found.pk), "niet_noodzakelijk", hours_ago=2)
    many(4)
    assert planned(review()) == (2, 4)
    assert set(Destruction.objects.values_list("why", flat=True)) == {"niet_noodzakelijk"}


@pytest.mark.usefixtures("morning")
def test_a_privacy_officer_lets_it_go_once_with_reasons() -> None:
    officer = holder_of(Role.PRIVACY)
    many(4)
    review()
    run = Run.objects.get()
    assert not is_due()
    release(run, "Er was een groot evenement.", by=officer)
    assert is_due(), "what was let go does not wait for the next hour"
    with pytest.raises(OrganisationRefused):
        release(run, "Nog eens.", by=officer)
    assert planned(review()) == (4, 0)
    entry = Entry.objects.get(action="vrijgeven")
    assert (entry.actor, entry.role, entry.reason) == (officer.number, "privacyfunctionaris", run_reason(run))
    assert not is_due()


def run_reason(run: Run) -> str:
    return str(RunRelease.objects.get(run=run).reasons)


@pytest.mark.usefixtures("morning")
@pytest.mark.parametrize(("days", "found"), [(0, (4, 0)), (2, (0, 4))])
def test_only_what_was_due_when_it_was_let_go_goes(days: int, found: tuple[int, int]) -> None:
    run = Run.objects.create(began_at=now(), waits_for="aantal")
    RunRelease.objects.create(run=run, by=holder_of(Role.PRIVACY), at=now() - timedelta(days=days))
    many(4)
    assert planned(review()) == found


def test_only_a_privacy_officer_lets_go() -> None:
    run = Run.objects.create(began_at=now(), waits_for="aantal")
    for role in (Role.AUDITOR, Role.ADMINISTRATOR, Role.LEADER):
        with pytest.raises(OrganisationRefused):
            release(run, "Laat maar.", by=holder_of(role))
    assert not RunRelease.objects.exists()


def test_the_evening_of_the_last_day_goes_before_caution() -> None:
    """Counted per recording, by the clock of the Netherlands, on both sides of the boundary."""
    many(4, days_ago=28)
    assert planned(review()) == (4, 0)


@pytest.mark.parametrize(
    ("used_at", "evening"),
    [
        ("2026-02-28T12:00", "2026-03-27T18:00"),
        ("2026-03-05T23:30", "2026-04-01T18:00"),
        ("2026-10-01T00:10", "2026-10-28T18:00"),
    ],
)
def test_that_evening_is_at_six_in_amsterdam_on_the_27th_day(used_at: str, evening: str) -> None:
    moment, six = (datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM) for text in (used_at, evening))
    asked = valve.EVENING_CAME.replace("retention_now()", "%s::timestamptz")
    with connection.cursor() as cursor:
        for at, came in ((six - timedelta(microseconds=1), False), (six, True)):
            cursor.execute(f"SELECT {asked} FROM (SELECT retention_judging_closes(%s) AS next_at) r", [at, moment])
            assert cursor.fetchone()[0] is came


@pytest.mark.usefixtures("morning")
def test_what_waited_goes_on_by_itself_when_it_is_too_many_no_longer(settings: Any) -> None:
    many(4)
    review()
    settings.DESTRUCTION_VALVE = 4
    assert planned(review()) == (4, 0)
    assert RunRelease.objects.get().by is None


# --- the clock ------------------------------------------------------------------------------------


@pytest.fixture
def late_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(valve, "worker_clock", lambda: datetime.now(UTC) - timedelta(minutes=6))


def test_clocks_that_differ_five_minutes_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(valve, "worker_clock", lambda: datetime.now(UTC) - timedelta(minutes=4, seconds=50))
    many(1)
    assert planned(review()) == (1, 0)


@pytest.mark.usefixtures("late_worker")
def test_clocks_that_differ_more_stop_everything_until_the_date_is_confirmed(monkeypatch: pytest.MonkeyPatch) -> None:
    officer = holder_of(Role.PRIVACY)
    many(1)
    assert planned(review()) == (0, 0)
    run = Run.objects.get()
    assert run.waits_for == "klok"
    assert Notice.objects.filter(person=officer).exists()
    monkeypatch.undo()
    assert planned(review()) == (0, 0), "it does not lapse, not even when the clocks agree again"
    release(run, "De klok van de database is goed.", by=officer)
    assert planned(review()) == (1, 0)


@pytest.mark.usefixtures("late_worker")
def test_what_was_confirmed_is_known_but_another_difference_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    many(1)
    review()
    release(Run.objects.get(), "De server loopt achter.", by=holder_of(Role.PRIVACY))
    assert planned(review()) == (1, 0)
    monkeypatch.setattr(valve, "worker_clock", lambda: datetime.now(UTC) - timedelta(minutes=20))
    assert valve.is_stopped_by_the_clock()


def test_a_worker_claims_nothing_while_the_clock_is_not_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    many(1)
    review()
    monkeypatch.setattr(valve, "worker_clock", lambda: datetime.now(UTC) + timedelta(days=1))
    assert destruction.claim(10) == []
    monkeypatch.undo()
    assert len(destruction.claim(10)) == 1


def test_a_database_before_its_own_journal_is_not_trusted() -> None:
    at, long_ago = now(), timedelta(0)
    ahead = valve.Clocks(at, long_ago, at + timedelta(seconds=1))
    assert valve.Clocks(at, long_ago, at).are_trusted(None)
    assert not ahead.are_trusted(None)
    assert ahead.are_trusted(Run(ahead=long_ago, newest_entry_at=at + timedelta(seconds=1)))
    assert not ahead.are_trusted(Run(ahead=long_ago, newest_entry_at=at))


def test_the_database_lets_no_clock_confirm_itself() -> None:
    for waits_for in ("klok", ""):
        run = Run.objects.create(began_at=now(), waits_for=waits_for)
        with pytest.raises(IntegrityError, match="only a person confirms the date"), transaction.atomic():
            RunRelease.objects.create(run=run, at=now())
    run = Run.objects.create(began_at=now(), waits_for="klok")
    RunRelease.objects.create(run=run, by=holder_of(Role.PRIVACY), at=now())


def test_used_is_27_days_ago() -> None:
    assert (local_date(now()) - local_date(used(27))).days == 27


@pytest.mark.usefixtures("morning")
@pytest.mark.parametrize(("late", "waits"), [(2, False), (3, True)])
def test_everything_that_goes_is_counted_and_only_what_may_wait_is_held_back(late: int, waits: bool) -> None:
    """Past 18.00 of its day goes, whatever the number; but it is part of what the run would destroy."""
    many(late, days_ago=40)
    many(1)
    assert planned(review()) == ((late, 1) if waits else (late + 1, 0))
