"""The day of a moment, around midnight and both changes of the clock."""

from datetime import UTC, date, datetime

import pytest

from workflow.clock import local_date


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2018-01-31T22:59:59", "2018-01-31"),  # winter: an hour ahead
        ("2018-01-31T23:00:00", "2018-02-01"),
        ("2018-06-30T21:59:59", "2018-06-30"),  # summer: two hours
        ("2018-06-30T22:00:00", "2018-07-01"),
        ("2015-03-28T22:59:59", "2015-03-28"),  # the night in which summer time starts
        ("2015-03-28T23:00:00", "2015-03-29"),
        ("2015-03-29T21:59:59", "2015-03-29"),  # its evening, 23 hours long
        ("2015-03-29T22:00:00", "2015-03-30"),
        ("2015-10-24T21:59:59", "2015-10-24"),  # the night in which it ends
        ("2015-10-24T22:00:00", "2015-10-25"),
        ("2015-10-25T22:59:59", "2015-10-25"),  # its evening, 25 hours long
        ("2015-10-25T23:00:00", "2015-10-26"),
        ("2016-02-28T23:00:00", "2016-02-29"),
    ],
)
def test_day_of_a_moment_is_the_dutch_one(moment, day):
    assert local_date(datetime.fromisoformat(moment).replace(tzinfo=UTC)) == date.fromisoformat(day)


def test_moment_without_time_zone_has_no_day():
    with pytest.raises(ValueError, match="without time zone"):
        local_date(datetime(2018, 1, 1))  # noqa: DTZ001
