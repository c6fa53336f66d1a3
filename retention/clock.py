"""The clock of the 28 days: `retention_now()` of the database, which all SQL and triggers ask too.

It belongs to the owner's role. The tests' owner replaces it, the application cannot, and no setting or option moves it.
"""

from datetime import datetime, timedelta

from django.db import connection

VALID_FOR = timedelta(minutes=15)
"""How long somebody who stated a purpose may look."""


def now() -> datetime:
    """This moment, with time zone, as everything that counts a recording's time sees it."""
    return asked("SELECT retention_now()")


def judging_closes_at(used_at: datetime) -> datetime:
    """The first moment at which a recording used at this moment can no longer be judged: 27 days of the Dutch calendar
    later, at midnight (T-07).
    """
    return asked("SELECT retention_judging_closes(%s)", used_at)


def must_be_gone_by(used_at: datetime) -> datetime:
    """The first moment at which nothing may be left of it: a day of the calendar later (S2-16)."""
    return asked("SELECT retention_must_be_gone(%s)", used_at)


def asked(question: str, *given: datetime) -> datetime:
    with connection.cursor() as cursor:
        cursor.execute(question, given)
        moment: datetime = cursor.fetchone()[0]
    return moment
