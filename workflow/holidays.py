"""The days on which no term ends: weekends, holidays of the Algemene termijnenwet (Atw), and equated days.

The holidays are computed for every year (Atw art. 3 lid 1 and 2; King's Day: decree of 30 January 2013,
BWBR0032908; Queen's Day: decree of 24 April 1980, BWBR0031338). The days that a royal decree equates with
them (art. 3 lid 3) cannot be computed: they are rows of `EquatedDay`, which `calendar.equated_days()` reads and
which come in here as a set. No database here.
"""

from collections.abc import Iterator, Mapping, Set
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from workflow.dates import WEEKDAYS, add_days

EQUATED = "een dag die met een feestdag is gelijkgesteld"
SATURDAY, SUNDAY = 5, 6


def easter_sunday(year: int) -> date:
    """Easter of the Gregorian calendar (the rule of Meeus, Jones and Butcher)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    to_sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def birthday_of_the_king(year: int) -> tuple[date, str]:
    """The day on which the birthday is *celebrated*: on a Sunday it is moved to the Saturday before."""
    day, name = (27, "Koningsdag") if year >= 2014 else (30, "Koninginnedag")
    birthday = date(year, 4, day)
    return (birthday - timedelta(1) if birthday.weekday() == SUNDAY else birthday), name


@cache
def holidays(year: int) -> Mapping[date, str]:
    """The holidays of a year, by day. Ascension can fall on 5 May (2016): that day then bears both names."""
    easter = easter_sunday(year)
    named: dict[date, str] = {}
    for day, name in (
        (date(year, 1, 1), "Nieuwjaarsdag"),
        (easter - timedelta(2), "Goede Vrijdag"),
        (easter + timedelta(1), "Tweede Paasdag"),
        birthday_of_the_king(year),
        (date(year, 5, 5), "Bevrijdingsdag"),
        (easter + timedelta(39), "Hemelvaartsdag"),
        (easter + timedelta(50), "Tweede Pinksterdag"),
        (date(year, 12, 25), "Eerste Kerstdag"),
        (date(year, 12, 26), "Tweede Kerstdag"),
    ):
        named[day] = f"{named[day]} en {name}" if day in named else name
    return MappingProxyType(named)


def why_free(day: date, equated: Set[date]) -> str | None:
    """Why no term ends on this day, in words that fit after "Dat is"; None for a working day."""
    if name := holidays(day.year).get(day):
        return name
    if day.weekday() in (SATURDAY, SUNDAY):
        return f"een {WEEKDAYS[day.weekday()]}"
    return EQUATED if day in equated else None


def first_working_day(day: date, equated: Set[date]) -> date:
    """This day, or else the first working day after it (Atw art. 1 lid 1)."""
    return next(step for step in _days_from(day, 1) if not why_free(step, equated))


def last_working_day(day: date, equated: Set[date]) -> date:
    """This day, or else the last working day before it: reminders come earlier rather than later."""
    return next(step for step in _days_from(day, -1) if not why_free(step, equated))


def _days_from(day: date, step: int) -> Iterator[date]:
    while True:
        yield day
        day = add_days(day, step)
