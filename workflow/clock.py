"""The clock: the database's, read once at the door of a request, command or task, and passed on as an argument."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import connection

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def now() -> datetime:
    """This moment by the database's clock, with time zone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def local_date(moment: datetime) -> date:
    """The day in the Netherlands on which `moment` falls: what the law counts by. A naive moment has none."""
    if moment.tzinfo is None:
        raise ValueError("a moment without time zone has no day")
    return moment.astimezone(AMSTERDAM).date()


def midnight(day: date) -> datetime:
    """The first moment of `day` in the Netherlands."""
    return datetime.combine(day, time(), AMSTERDAM)
