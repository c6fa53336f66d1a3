"""The days equated by royal decree, read from the database once, at the door, and handed to `terms.py`."""

from datetime import date

from workflow.models import EquatedDay


def equated_days() -> frozenset[date]:
    """Every equated day on record, in one query."""
    return frozenset(EquatedDay.objects.values_list("date", flat=True))
