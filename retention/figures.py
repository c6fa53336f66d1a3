"""How the 28 days are kept, in figures, beside what `overdue.py` asks: for pages and command."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Q

from retention.models import Destruction, Run
from retention.overdue import overdue, undecided

FAILING = ~Q(last_error="") | Q(missing_at__isnull=False)


class Standing(NamedTuple):
    """How many are there that had to be gone (apart from those that are held); how many cannot be destroyed, or are
    missing; until when the first of those can be judged that nobody judged; when the last review ended.
    """

    overdue: int
    failing: int
    oldest_undecided: datetime | None
    last_review: datetime | None


def standing() -> Standing:
    ended = Run.objects.filter(ended_at__isnull=False)
    return Standing(
        overdue=overdue().count(),
        failing=Destruction.objects.filter(FAILING, done_at=None).count(),
        oldest_undecided=undecided().values_list("next_at", flat=True).first(),
        last_review=ended.values_list("ended_at", flat=True).first(),
    )
