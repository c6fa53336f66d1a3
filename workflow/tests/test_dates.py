"""Days: typed, added and written."""

from datetime import date

import pytest

from workflow.dates import DateError, add_days, day_in_words, parse_day, weekday_in_words


@pytest.mark.parametrize("text", ["2015-02-19", "2016-02-29", "0001-01-01", "9999-12-31"])
def test_day_is_read_as_it_is_written(text):
    assert parse_day(text).isoformat() == text


@pytest.mark.parametrize(
    "text",
    ["", "2015-02-30", "2015-02-29", "1900-02-29", "20150219", "2015-W08-4", "2015-2-19", "19-02-2015",
     "2015-02-19T00:00", " 2015-02-19", "0000-01-01", "10000-01-01", "２０１５-02-19", "2015-02-19\n",
     "2015\x00-02-19", "x" * 10_000],
)  # fmt: skip
def test_what_is_not_a_day_is_refused_in_a_sentence(text):
    with pytest.raises(DateError, match="JJJJ-MM-DD"):
        parse_day(text)


def test_days_are_added_over_a_leap_day_and_only_then():
    assert add_days(date(2016, 2, 1), 42) == date(2016, 3, 14)
    assert add_days(date(2015, 2, 1), 42) == date(2015, 3, 15)
    assert add_days(date(2000, 2, 28), 1) == date(2000, 2, 29)
    assert add_days(date(2100, 2, 28), 1) == date(2100, 3, 1)


def test_days_are_added_up_to_the_end_of_the_calendar_and_no_further():
    assert add_days(date(9999, 12, 30), 1) == date.max
    assert add_days(date(1, 1, 2), -1) == date.min
    for day, days in ((date.max, 1), (date.min, -1), (date(2018, 1, 1), 10**12)):
        with pytest.raises(DateError, match="te ver weg"):
            add_days(day, days)


def test_day_is_written_in_dutch():
    assert day_in_words(date(2018, 3, 1)) == "1 maart 2018"
    assert weekday_in_words(date(2015, 5, 18)) == "maandag 18 mei 2015"
    assert weekday_in_words(date(2026, 11, 22)) == "zondag 22 november 2026"
