"""How far the register is behind its own clock: what should be gone and is not, and what waits longest for a judge."""

from datetime import timedelta

from django.db.models import BooleanField, DateTimeField, Exists, F, Func, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from retention.models import Hold, Recording
from retention.procedure import Status

UNDECIDED = (Status.TE_BEOORDELEN, Status.NIET_NOODZAKELIJK)
HOUR = timedelta(hours=1)

JUST_HELD = """
EXISTS (
    SELECT FROM retention_hold h LEFT JOIN retention_holdrelease l ON l.hold_id = h.id
    WHERE h.recording_id = retention_recording.id AND retention_later(retention_now(), -%s) < COALESCE(
        l.at, greatest(h.until_at, (SELECT max(e.until_at) FROM retention_holdextension e WHERE e.hold_id = h.id))
    )
)
"""
"""Of what is not held now: whether it was, so long ago or since."""


class Now(Func):
    """The moment by which everything of a recording counts."""

    function = "retention_now"
    output_field = DateTimeField()


class NowOnce(Now):
    """The same, asked once of the whole question and not of each row."""

    template = "(SELECT %(function)s())"


class IsHeld(Func):
    function = "retention_is_held"
    output_field = BooleanField()


def overdue() -> "QuerySet[Recording]":
    """Not necessary and not out of use, not held, still there after it had to be gone.

    `next_at` is never more than an hour after what must be gone, and has the index.
    """
    found = Recording.objects.filter(status__in=UNDECIDED, next_at__lte=Now() + HOUR, must_be_gone_by__lte=NowOnce())
    return found.exclude(Q(Exists(Hold.objects.filter(recording=OuterRef("pk")))) & Q(IsHeld(F("id"))))


def alarming(after: timedelta = HOUR) -> "QuerySet[Recording]":
    """Overdue, and there was a review that should have taken it. What came in a moment ago, was held until a moment ago
    or was called unnecessary then, all of them long after the 28 days, first goes with the review of the next hour.
    """
    was_there = Q(seen_from__lte=NowOnce())  # a sum, which sends the database through no index of what ever arrived
    found = overdue().alias(seen_from=F("arrived_at") + after).filter(was_there, next_at__lte=Now() - after)
    return found.exclude(RawSQL(JUST_HELD, (after,), BooleanField()))  # noqa: S611  # made of constants


def undecided() -> "QuerySet[Recording]":
    """What waits for a judge, the one whose judging closes first in front."""
    return Recording.objects.filter(status=Status.TE_BEOORDELEN, next_at__isnull=False).order_by("next_at", "id")
