"""The days equated by royal decree, read from the database once, at the door, and handed to `terms.py`."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from django.db import OperationalError, connection, transaction

from workflow.models import EquatedDay

Result = TypeVar("Result")

PATIENCE = "400ms"
TRIES = 10
LOCK_NOT_AVAILABLE = "55P03"


class CalendarInUse(Exception):
    """Somebody was reckoning with the days all the time; the message is a Dutch sentence."""


def equated_days() -> frozenset[date]:
    """Every equated day on record, in one query."""
    return frozenset(EquatedDay.objects.values_list("date", flat=True))


def change_days(work: Callable[[], Result]) -> Result:
    """Do `work`, which changes the days and what was reckoned with them, in one transaction in which nobody else
    reckons with them. Raises `CalendarInUse`.

    Whoever reckons holds the row of a file already, and waits here for the days; we hold the days, and may want that
    row. So we give way after `PATIENCE`, and begin again.
    """
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
                    cursor.execute(f"LOCK TABLE {EquatedDay._meta.db_table} IN ACCESS EXCLUSIVE MODE")
                return work()
        except OperationalError as busy:
            if getattr(busy.__cause__, "pgcode", "") != LOCK_NOT_AVAILABLE:
                raise
    raise CalendarInUse("Er wordt nu aan dossiers gewerkt. Probeer het over een minuut opnieuw.")
