"""Free days: computed against the almanac and a second algorithm, and the move past them either way."""

from datetime import date, timedelta

import pytest

from workflow.dates import DateError
from workflow.holidays import EQUATED, easter_sunday, first_working_day, holidays, last_working_day, why_free
from workflow.tests.almanac import DECREED, MOVABLE, days_of


def easter_by_the_moon(year: int) -> date:
    """The Sunday after the fourteenth day of the church's moon, by golden number and epact: the older way."""
    golden, century = year % 19 + 1, year // 100 + 1
    skipped_leap_days, moon = 3 * century // 4 - 12, (8 * century + 5) // 25 - 5
    epact = (11 * golden + 20 + moon - skipped_leap_days) % 30
    if epact == 24 or (epact == 25 and golden > 11):
        epact += 1
    full_moon = 44 - epact + (30 if epact > 23 else 0)
    sunday = full_moon + 7 - (5 * year // 4 - skipped_leap_days - 10 + full_moon) % 7
    return date(year, 3, 1) + timedelta(sunday - 1)


@pytest.mark.parametrize("year", MOVABLE)
def test_holidays_are_those_of_the_almanac(year):
    assert set(holidays(year)) == days_of(year)


def test_easter_agrees_with_the_moon_in_every_year_of_the_gregorian_calendar():
    assert [year for year in range(1583, 10_000) if easter_sunday(year) != easter_by_the_moon(year)] == []


@pytest.mark.parametrize(
    ("year", "day", "name"),
    [
        (1995, "1995-04-29", "Koninginnedag"),  # 30 April was a Sunday
        (1996, "1996-04-30", "Koninginnedag"),
        (2000, "2000-04-29", "Koninginnedag"),
        (2006, "2006-04-29", "Koninginnedag"),
        (2011, "2011-04-30", "Koninginnedag"),  # a Saturday stays
        (2013, "2013-04-30", "Koninginnedag"),  # the last one
        (2014, "2014-04-26", "Koningsdag"),  # the first one, and 27 April was a Sunday
        (2015, "2015-04-27", "Koningsdag"),
        (2019, "2019-04-27", "Koningsdag"),  # a Saturday stays
        (2025, "2025-04-26", "Koningsdag"),
        (2031, "2031-04-26", "Koningsdag"),
    ],
)
def test_birthday_of_the_king_is_the_day_of_the_celebration(year, day, name):
    assert [str(found) for found, what in holidays(year).items() if what == name] == [day]


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ("2018-01-01", "Nieuwjaarsdag"),
        ("2018-01-02", None),
        ("2018-03-29", None),
        ("2018-03-30", "Goede Vrijdag"),
        ("2018-03-31", "een zaterdag"),
        ("2018-04-01", "een zondag"),
        ("2018-04-02", "Tweede Paasdag"),
        ("2018-04-03", None),
        ("2018-04-26", None),
        ("2018-04-27", "Koningsdag"),
        ("2018-04-30", None),
        ("2013-04-26", None),
        ("2013-04-30", "Koninginnedag"),
        ("2017-05-04", None),
        ("2017-05-05", "Bevrijdingsdag"),  # also in the years in which few people are free
        ("2018-05-09", None),
        ("2018-05-10", "Hemelvaartsdag"),
        ("2018-05-11", None),
        ("2016-05-05", "Bevrijdingsdag en Hemelvaartsdag"),
        ("2018-05-21", "Tweede Pinksterdag"),
        ("2018-05-22", None),
        ("2018-12-24", None),
        ("2018-12-25", "Eerste Kerstdag"),
        ("2018-12-26", "Tweede Kerstdag"),
        ("2018-12-27", None),
        ("2018-12-31", None),
        ("2015-12-26", "Tweede Kerstdag"),  # a Saturday is named after its holiday
        ("2016-02-29", None),
        ("2020-02-29", "een zaterdag"),
    ],
)
def test_free_day_says_why_and_its_neighbour_is_a_working_day(day, reason):
    assert why_free(date.fromisoformat(day), frozenset()) == reason


@pytest.mark.parametrize("day", sorted(DECREED), ids=str)
def test_equated_day_is_free_only_when_it_is_on_record(day):
    assert why_free(day, DECREED) == EQUATED
    assert why_free(day, DECREED - {day}) is None


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        ("2018-06-29", "2018-06-29", "2018-06-29"),  # a plain Friday
        ("2018-06-30", "2018-07-02", "2018-06-29"),
        ("2018-03-30", "2018-04-03", "2018-03-29"),  # Good Friday up to Easter Monday
        ("2018-05-20", "2018-05-22", "2018-05-18"),
        ("2015-05-02", "2015-05-06", "2015-05-01"),  # weekend, decree day, 5 May
        ("2015-05-14", "2015-05-18", "2015-05-13"),  # Ascension, decree day, weekend
        ("2012-12-22", "2012-12-27", "2012-12-21"),  # weekend, decree day, Christmas
        ("2012-12-29", "2013-01-02", "2012-12-28"),  # over the turn of the year
        ("2015-01-01", "2015-01-05", "2014-12-31"),
    ],
)
def test_day_moves_to_the_nearest_working_day_in_either_direction(day, first, last):
    given = date.fromisoformat(day)
    assert (str(first_working_day(given, DECREED)), str(last_working_day(given, DECREED))) == (first, last)


def test_every_day_moves_at_most_five_days():
    days = [date(2011, 1, 1) + timedelta(n) for n in range(20 * 365)]
    assert max((first_working_day(day, DECREED) - day).days for day in days) == 5
    assert max((day - last_working_day(day, DECREED)).days for day in days) == 5


def test_calendar_ends_with_a_sentence():
    assert first_working_day(date(9999, 12, 31), frozenset()) == date(9999, 12, 31)  # a Friday
    with pytest.raises(DateError, match="te ver weg"):
        first_working_day(date(9999, 12, 31), {date(9999, 12, 31)})
    assert last_working_day(date(1, 1, 2), frozenset()) == date(1, 1, 2)
    with pytest.raises(DateError, match="te ver weg"):
        last_working_day(date(1, 1, 1), frozenset())
