"""The moments that follow from the use of a recording: reckoned by the database, held against Python's own calendar."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention.clock import judging_closes_at, must_be_gone_by, now
from retention.tests.factories import recording
from workflow.clock import AMSTERDAM, local_date, midnight

pytestmark = pytest.mark.django_db

WORKED = [
    ("2018-03-02T14:00", "2018-03-29", "Good Friday extends nothing"),
    ("2015-03-01T23:30", "2015-03-28", "summer time starts the night after"),
    ("2026-10-04T00:00", "2026-10-31", "the clock goes back in between"),
    ("2028-02-02T12:00", "2028-02-29", "closes as the leap day begins"),
    ("2026-12-05T23:59:59.999999", "2027-01-01", "New Year is a day like any other"),
]


@pytest.mark.parametrize(("used", "closes", "_why"), WORKED)
def test_judging_closes_at_midnight_27_days_of_the_calendar_later(used: str, closes: str, _why: str) -> None:
    moment, day = datetime.fromisoformat(used).replace(tzinfo=AMSTERDAM), datetime.fromisoformat(closes).date()
    assert judging_closes_at(moment) == midnight(day)
    assert must_be_gone_by(moment) == midnight(day + timedelta(days=1))


@settings(max_examples=20)
@given(st.integers(0, 45 * 366 * 24 * 60))
def test_both_moments_are_those_of_the_calendar_in_the_netherlands(minutes: int) -> None:
    used = datetime(2015, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    assert judging_closes_at(used) == midnight(local_date(used) + timedelta(days=27))
    assert must_be_gone_by(used) == midnight(local_date(used) + timedelta(days=28))


def test_a_recording_counts_from_its_use_and_never_from_its_upload() -> None:
    found = recording(days_ago=9, uploaded_at=now())
    assert found.judging_closes_at == judging_closes_at(found.used_from)
    assert (found.set_apart, found.late) == (False, False)
    assert found.next_at == found.judging_closes_at


def test_a_camera_whose_clock_is_ahead_counts_from_the_earliest_moment_known() -> None:
    arrived = now() - timedelta(days=2)
    right = recording(used_from=arrived + timedelta(minutes=5), uploaded_at=arrived, arrived_at=arrived)
    wrong = recording(used_from=arrived + timedelta(minutes=6), uploaded_at=arrived, arrived_at=arrived)
    assert not right.set_apart
    assert wrong.set_apart
    assert wrong.judging_closes_at == judging_closes_at(arrived)


def test_what_arrives_more_than_two_days_after_the_shift_is_late() -> None:
    on_time = recording(days_ago=9)
    two_days = on_time.shift_end + timedelta(hours=48)
    assert not recording(days_ago=9, arrived_at=two_days).late
    assert recording(days_ago=9, arrived_at=two_days + timedelta(seconds=1)).late


def test_a_shift_that_cannot_be_right_counts_until_a_day_after_use() -> None:
    ends = recording(days_ago=9).used_to + timedelta(hours=24)
    right, wrong = (recording(days_ago=9, shift_end=ends + more) for more in (timedelta(0), timedelta(days=900)))
    assert (right.shift_over_at, wrong.shift_over_at) == (ends, ends)
    arrived = ends + timedelta(hours=48)
    assert not recording(days_ago=9, shift_end=wrong.shift_end, arrived_at=arrived).late
    assert recording(days_ago=9, shift_end=wrong.shift_end, arrived_at=arrived + timedelta(seconds=1)).late


@pytest.mark.parametrize(
    ("place", "exception", "rank"),
    [("woning", "", 0), ("besloten_erf", "", 0), ("woning", "heterdaad", 1), ("openbare_weg", "", 1)],
)
def test_a_dwelling_or_closed_yard_without_exception_comes_first(place: str, exception: str, rank: int) -> None:
    assert recording(place=place, exception=exception).rank == rank
