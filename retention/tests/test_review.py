"""The review: what it finds each hour, what comes to its end, and that any number of beats is harmless."""

import json
import threading
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections

from bodycams.alone import alone
from organisation.tests.factories import person
from retention import tasks
from retention.choices import Ground
from retention.clock import now
from retention.destroying import review as room
from retention.destroying.due import REMOVED, WHY
from retention.destroying.review import is_due, review, review_by_the_clock
from retention.models import Destruction, Proof, Recording, Run
from retention.numbers import figures
from retention.spans import Span
from retention.tests.engine import entries, folder, hold, judge, kept, necessary, status_of
from retention.tests.factories import recording
from workflow.clock import AMSTERDAM, local_date

DAY = timedelta(days=1)


@pytest.mark.django_db
class TestRuns:
    def test_also_an_empty_one_is_written_down(self) -> None:
        report = review()
        assert report
        run = Run.objects.get()
        assert (report.planned, run.planned, run.lapsed, run.missed, run.waits_for) == (0, 0, 0, 0, "")
        assert run.ended_at
        assert run.ended_at >= run.began_at

    def test_once_an_hour_is_enough(self) -> None:
        assert is_due()
        review()
        assert not is_due()
        Run.objects.update(began_at=now() - timedelta(hours=1))
        assert is_due()

    def test_one_that_was_broken_off_or_done_by_hand_does_not_count(self) -> None:
        Run.objects.create(began_at=now())
        Run.objects.create(began_at=now(), ended_at=now(), by=person())
        assert is_due()

    @pytest.mark.parametrize(("hours", "missed"), [(1, 0), (2, 1), (72, 71)])
    def test_what_was_missed_is_caught_up_and_reported(self, hours: int, missed: int) -> None:
        before = now() - timedelta(hours=hours)
        Run.objects.create(began_at=before, ended_at=before)
        recording(days_ago=30)
        report = review()
        assert report
        assert (report.planned, report.run.missed) == (1, missed)

    def test_any_number_of_beats_is_harmless(self, monkeypatch: pytest.MonkeyPatch) -> None:
        woken: list[bool] = []
        monkeypatch.setattr(tasks.destroy_recordings, "delay", lambda: woken.append(True))
        recording(days_ago=27)
        for _ in range(3):
            tasks.review_recordings()
        assert (Run.objects.count(), Destruction.objects.count(), woken) == (1, 1, [True])

    def test_of_two_who_find_it_due_at_once_one_does_it(self) -> None:
        """And the twin: who asks before it is its turn, does it again."""
        assert is_due()
        assert is_due()
        assert review_by_the_clock()
        assert review_by_the_clock() is None
        assert review()


@pytest.mark.django_db(transaction=True)
def test_a_second_review_at_the_same_time_does_nothing() -> None:
    """And the twin: a moment later it does."""
    found: list[Any] = []

    def elsewhere() -> None:
        found.append(review())
        connections.close_all()

    with alone(room.LOCK) as mine:
        assert mine
        other = threading.Thread(target=elsewhere)
        other.start()
        other.join()
    assert found == [None]
    assert review()


@pytest.mark.django_db
class TestLapsing:
    @pytest.mark.parametrize("ground", ["8", "10", "12", "13"])
    def test_what_was_necessary_until_yesterday_goes_in_the_same_review(self, ground: str) -> None:
        found = necessary(recording(days_ago=3), days=-1, ground=ground)
        report = review()
        assert report
        assert (report.lapsed, report.planned) == (1, 1)
        assert status_of(found) == "niet_noodzakelijk"
        assert Destruction.objects.get(recording=found).why == "einde_noodzaak"
        (entry,) = entries(found, "laten_aflopen")
        assert str(entry) == "De klok heeft vastgesteld dat de einddatum voorbij is."

    def test_the_last_day_itself_is_not_over(self) -> None:
        found = necessary(recording(days_ago=3), days=0)
        review()
        assert status_of(found) == "noodzakelijk"

    def test_under_article_9_it_is_out_of_use_for_five_years(self) -> None:
        found = necessary(recording(days_ago=3), days=-1, ground="9")
        was = found.keep_until
        review()
        left = Recording.objects.get(pk=found.pk)
        assert left.status == "verwijderd"
        assert left.keep_until == years_later(was, 5)
        assert left.next_at > now() + 1820 * DAY
        assert not Destruction.objects.exists()
        assert len(entries(found, "buiten_gebruik_stellen")) == 1

    def test_called_unnecessary_under_article_9_it_is_out_of_use_after_the_hour(self) -> None:
        found = necessary(recording(days_ago=3), days=9, ground="9")
        judge(found, "niet_noodzakelijk", hours_ago=0.9)
        review()
        assert status_of(found) == "niet_noodzakelijk"
        judged = now() - timedelta(hours=1)
        found = recording(days_ago=3)
        necessary(found, days=9, ground="9")
        judge(Recording.objects.get(pk=found.pk), "niet_noodzakelijk", hours_ago=1)
        review()
        left = Recording.objects.get(pk=found.pk)
        assert (left.status, left.keep_until) == ("verwijderd", years_later(local_date(judged), 5))

    def test_a_hold_stops_destruction_and_nothing_else(self) -> None:
        found = necessary(recording(days_ago=3), days=-1)
        hold(found, person())
        report = review()
        assert report
        assert (report.lapsed, report.planned, report.held) == (1, 0, 1)
        assert status_of(found) == "niet_noodzakelijk"

    @pytest.mark.parametrize("used", [date(2024, 2, 29), date(2025, 7, 1)])
    @pytest.mark.parametrize(
        ("ground", "days", "removed"), [("8", 0, True), ("8", -1, False), ("9", -900, True), ("13", 0, False)]
    )
    def test_the_full_five_years_are_as_a_judge_gets_them(
        self, used: date, ground: str, days: int, removed: bool
    ) -> None:
        """The words of SQL and those of Python agree on both sides of the boundary."""
        last = Span(Ground.DAILY, 5, from_use=True).last_day(used, used) + days * DAY
        row = "(SELECT %s AS ground, %s::date AS keep_until, retention_judging_closes(%s) AS judging_closes_at) r"
        with connection.cursor() as cursor:
            noon = datetime(used.year, used.month, used.day, 12, tzinfo=AMSTERDAM)
            cursor.execute(f"SELECT {REMOVED} FROM {row}", [ground, last, noon])
            assert cursor.fetchone()[0] is removed

    def test_a_judge_who_calls_it_unnecessary_is_named_as_the_reason(self) -> None:
        found = judge(necessary(recording(days_ago=3), days=5), "niet_noodzakelijk", hours_ago=2)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {WHY} FROM retention_recording r WHERE id = %s", [found.pk])
            assert cursor.fetchone()[0] == "niet_noodzakelijk"


def years_later(day: Any, years: int) -> date:
    leap = (day.month, day.day) == (2, 29)
    later: date = day.replace(year=day.year + years, day=28 if leap else day.day)
    return later


@pytest.mark.django_db
def test_the_command_destroys_what_is_due_and_counts(tmp_path: Path, settings: Any) -> None:
    storage = folder(tmp_path)
    settings.RECORDINGS_STORAGE = f"file://{storage.root}"
    held = kept(storage, 28)
    hold(held, person())
    kept(storage, 27)
    kept(storage, 26)
    out = StringIO()
    call_command("review_recordings", "--json", stdout=out, stderr=StringIO())
    assert json.loads(out.getvalue().splitlines()[-1]) == {
        "planned": 1,
        "destroyed": 1,
        "held": 1,
        "failed": 0,
        "reminded": 0,
        "overdue": 0,
        "waiting_for_approval": 0,
    }
    assert Proof.objects.count() == 1


@pytest.mark.django_db
def test_overdue_is_what_had_to_be_gone_and_is_not_held_or_kept() -> None:
    assert figures.standing() == (0, 0, None, None, True)
    recording(days_ago=27)
    late = recording(days_ago=28)
    hold(recording(days_ago=28), person())
    review()
    assert figures.standing()[:3] == (1, 0, late.next_at)
    assert figures.standing().last_review
