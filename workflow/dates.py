"""Days: read as they are typed, added to, and written in Dutch.

Which days are free is in `holidays.py`, how terms are counted in `terms.py`, the day of a moment in `clock.py`.
"""

from datetime import date, timedelta

WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
TOO_FAR = "Deze datum ligt te ver weg: het register rekent met de jaren 1 tot en met 9999."


class DateError(ValueError):
    """A date or term that cannot be worked out; the message is the Dutch sentence to show."""


def parse_day(text: str) -> date:
    """`2015-02-19`, exactly so; the other forms of ISO 8601 are refused, since people misread them."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise DateError("Schrijf een bestaande dag als JJJJ-MM-DD, bijvoorbeeld 2015-02-19.")
    return day


def add_days(day: date, days: int) -> date:
    """The day that lies so many days later, or earlier when negative."""
    try:
        return day + timedelta(days)
    except OverflowError:
        raise DateError(TOO_FAR) from None


def day_in_words(day: date) -> str:
    """`18 mei 2015`."""
    return f"{day.day} {month_in_words(day)}"


def month_in_words(day: date) -> str:
    """`februari 2015`."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def weekday_in_words(day: date) -> str:
    """`maandag 18 mei 2015`."""
    return f"{WEEKDAYS[day.weekday()]} {day_in_words(day)}"
