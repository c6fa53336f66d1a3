"""How the 28 days are kept, in figures, beside what `overdue.py` asks: for pages and command."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Q

from retention import heartbeat
from retention.models import Destruction
from retention.overdue import overdue, undecided

FAILING = ~Q(last_error="") | Q(missing_at__isnull=False)


class Standing(NamedTuple):
    """How many are there that had to be gone (apart from those that are held); how many cannot be destroyed, or are
    missing; until when the first of those can be judged that nobody judged; when the clock last brought a review to its
    end, and whether that is not too long ago.
    """

    overdue: int
    failing: int
    oldest_undecided: datetime | None
    last_review: datetime | None
    is_alive: bool


def standing(units: set[int] | None = None) -> Standing:
    """Of these units; None: of all. The reviews are of the whole country."""
    last, here = heartbeat.last_review(), {} if units is None else {"unit__in": units}
    return Standing(
        overdue=overdue().filter(**here).count(),
        failing=_failing(units),
        oldest_undecided=undecided().filter(**here).values_list("next_at", flat=True).first(),
        last_review=last,
        is_alive=heartbeat.was_heard(last),
    )


def _failing(units: set[int] | None) -> int:
    found = Destruction.objects.filter(FAILING, done_at=None)
    return (found if units is None else found.filter(recording__unit__in=units)).count()
