"""How long still, in words: on both sides of each boundary."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace as It
from typing import Any

import pytest

from bodycams.look import Term
from retention.worklist.left import days_of, length, term_of, to_judge
from workflow.clock import AMSTERDAM

CLOSES = datetime(2026, 11, 24, 23, tzinfo=UTC)
"""Midnight in the Netherlands: the 24th is the last day for judging."""


def judged(status: str, at: datetime = CLOSES, **fields: Any) -> Any:
    given = {"judging_closes_at": CLOSES, "must_be_gone_by": CLOSES + timedelta(days=1), "judged_at": at}
    return It(status=status, **given, **fields)


@pytest.mark.parametrize(
    ("left", "words", "tone"),
    [
        (timedelta(0), "gesloten", "late"),
        (timedelta(seconds=20), "nog 1 minuut", "late"),
        (timedelta(minutes=59), "nog 59 minuten", "late"),
        (timedelta(hours=1), "nog 1 uur", "late"),
        (timedelta(hours=24), "nog 24 uur", "late"),
        (timedelta(hours=24, seconds=1), "nog 24 uur", "soon"),
        (timedelta(hours=47, minutes=59), "nog 47 uur", "soon"),
        (timedelta(hours=48), "nog 2 dagen", "soon"),
        (timedelta(days=3, hours=4), "nog 3 dagen en 4 uur", "soon"),
        (timedelta(days=8), "nog 8 dagen", "soon"),
        (timedelta(days=8, hours=1), "nog 8 dagen", "ok"),
        (timedelta(days=26, hours=3), "nog 26 dagen", "ok"),
    ],
)
def test_time_to_judge_is_told_as_exactly_as_it_matters(left: timedelta, words: str, tone: str) -> None:
    found = to_judge(CLOSES, CLOSES - left)
    assert (found.left, found.tone) == (words, tone)
    assert found.date.endswith("tot en met di 24 nov")


def test_hour_to_undo_is_counted_down_and_over() -> None:
    recording = judged("niet_noodzakelijk")
    assert term_of(recording, CLOSES + timedelta(minutes=1)).left == "nog 59 minuten"
    assert term_of(recording, CLOSES + timedelta(minutes=59, seconds=30)).left == "nog 1 minuut"
    assert term_of(recording, CLOSES + timedelta(hours=1)).left == "wordt vernietigd"


def test_what_is_kept_has_a_last_day_and_what_is_gone_has_no_term() -> None:
    found = term_of(judged("noodzakelijk", keep_until=date(2026, 12, 1)), CLOSES)
    assert found == Term("nog 6 dagen", "bewaard tot en met 1-12-2026", "soon")
    assert term_of(judged("vernietigd"), CLOSES).tone == "done"


def test_line_counts_from_the_day_of_use() -> None:
    days = days_of(judged("te_beoordelen"), CLOSES - timedelta(hours=1))
    assert (days.day, days.used_on, days.last_judging_day) == (26, date(2026, 10, 29), date(2026, 11, 24))
    assert days.gone_by == date(2026, 11, 26)
    assert days.is_on_the_line
    assert not days_of(judged("te_beoordelen"), CLOSES + timedelta(days=3)).is_on_the_line


def test_length_without_hours_when_they_do_not_matter() -> None:
    assert length(timedelta(days=12, hours=5), exactly=False) == "12 dagen"


@pytest.mark.parametrize(
    ("last_day", "left"),
    [
        (date(2027, 2, 21), "nog 91 dagen"),
        (date(2027, 2, 22), "nog 3 maanden"),
        (date(2027, 11, 22), "nog 1 jaar"),
        (date(2027, 12, 22), "nog 1 jaar en 1 maand"),
        (date(2031, 11, 18), "nog 4 jaar en 11 maanden"),
    ],
)
def test_what_is_kept_for_long_is_said_in_months_and_years(last_day: date, left: str) -> None:
    at = datetime(2026, 11, 22, 12, tzinfo=AMSTERDAM)
    found = term_of(It(status="verwijderd", keep_until=last_day), at)
    assert found.left == left
    assert found.date.startswith("bewaard tot en met ")
