"""How far the register is behind its own clock: what should be gone and is not, and what waits longest for a judge."""

from datetime import timedelta

from django.db.models import BooleanField, DateTimeField, F, Func, QuerySet

from retention.models import Recording
from retention.procedure import Status

UNDECIDED = (Status.TE_BEOORDELEN, Status.NIET_NOODZAKELIJK)
HOUR = timedelta(hours=1)


class Now(Func):
    """The moment by which everything of a recording counts."""

    function = "retention_now"
    output_field = DateTimeField()


class IsHeld(Func):
    function = "retention_is_held"
    output_field = BooleanField()


def overdue() -> "QuerySet[Recording]":
    """Not necessary and not out of use, not held, still there after it had to be gone.

    `next_at` is never more than an hour after what must be gone, and has the index.
    """
    found = Recording.objects.filter(status__in=UNDECIDED, next_at__lte=Now() + HOUR, must_be_gone_by__lte=Now())
    return found.exclude(IsHeld(F("id")))


def alarming() -> "QuerySet[Recording]":
    """Overdue, and there was a review that should have taken it: what a judge called unnecessary a moment ago, long
    after its 28 days, first has its hour to undo and then goes with the review of the next hour.
    """
    return overdue().filter(next_at__lte=Now() - HOUR)


def undecided() -> "QuerySet[Recording]":
    """What waits for a judge, the one whose judging closes first in front."""
    return Recording.objects.filter(status=Status.TE_BEOORDELEN, next_at__isnull=False).order_by("next_at", "id")
