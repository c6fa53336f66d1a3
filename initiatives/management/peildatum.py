"""The reference date that somebody gives to a command."""

from datetime import date

from django.core.management.base import CommandError

from initiatives.overview.approved import why_not
from workflow.dates import DateError, parse_day


def asked_day(given: str | None, today: date) -> date:
    """`given` (JJJJ-MM-DD) as a day; today when nothing was given. Raises `CommandError`, with the sentence that says
    why there is no overview of that day.
    """
    try:
        day = today if given is None else parse_day(given)
    except DateError as error:
        raise CommandError(str(error)) from None
    if sentence := why_not(day, today):
        raise CommandError(sentence)
    return day
