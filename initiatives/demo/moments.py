"""The moment at which a part of a story happened: on a working day, in office hours, after the part before it."""

from datetime import date, datetime, time, timedelta
from zlib import crc32

from initiatives.demo.stories import LAPSES, Day, Story
from workflow.clock import AMSTERDAM, local_date
from workflow.holidays import last_working_day

OPENS = timedelta(hours=8, minutes=40)
OFFICE_MINUTES = 360
NIGHT = timedelta(hours=2, minutes=30)


def day_of(day: Day, base: datetime) -> date:
    """A date, or so many days before the day of `base`."""
    return day if isinstance(day, date) else local_date(base) - timedelta(days=day)


def working_day(day: Day, base: datetime) -> date:
    """The same, but somebody was at work: a number of days before `base` counts back to the last working day."""
    return day if isinstance(day, date) else last_working_day(day_of(day, base), frozenset())


def moments(story: Story, base: datetime) -> list[datetime]:
    """When each part happened, one after the other."""
    told: list[datetime] = []
    for place, part in enumerate(story.parts):
        moment = _office_hours(f"{story.key} {place}", working_day(part.day, base))
        if part.take == LAPSES:
            moment = _at(working_day(part.day, base), NIGHT)
        elif told and told[-1] >= moment:
            moment = told[-1] + timedelta(minutes=12 + 5 * place)
        told.append(moment)
    return told


def moment_of(key: str, day: Day, base: datetime) -> datetime:
    """When something happened that has one part only."""
    return _office_hours(key, working_day(day, base))


def _office_hours(key: str, day: date) -> datetime:
    """A minute that differs from part to part and is the same each time."""
    return _at(day, OPENS + timedelta(minutes=crc32(key.encode()) % OFFICE_MINUTES))


def _at(day: date, after_midnight: timedelta) -> datetime:
    return datetime.combine(day, time(), AMSTERDAM) + after_midnight
