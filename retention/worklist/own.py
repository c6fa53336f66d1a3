"""The recordings of who wore the camera: those of the last shift, which can be judged at its end (S1-21), and earlier
ones.

What may be done with each is `workflow.offers`'; here is that asking it costs no more queries for more recordings.
"""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch

from bodycams.keyset import Page
from retention.models import Hold, Judgement, Recording
from retention.querysets import RecordingQuerySet
from retention.rules import END_OF_SHIFT
from retention.worklist.asked import page, whole

MOST = 200
"""More than anybody makes in a shift."""


def shift(found: RecordingQuerySet, at: datetime) -> list[Any]:
    """Of `found`, those of the last shift, the first one first, each with all that its steps ask. Two queries."""
    asked = {"was_ever_held": Exists(Hold.objects.filter(recording=OuterRef("pk")))}
    judgements = Prefetch("judgements", Judgement.objects.order_by("at", "pk"), to_attr="judged")
    rows = whole(found).annotate(**asked).prefetch_related(judgements)
    recordings: list[Any] = list(rows.filter(shift_over_at__gt=at - END_OF_SHIFT).order_by("used_from", "pk")[:MOST])
    for recording in recordings:
        recording.last_judgement = recording.judged[-1] if recording.judged else None
    return recordings


def older(found: RecordingQuerySet, at: datetime, size: int, link: str) -> Page:
    """Of `found`, those of earlier shifts, the newest first. Raises `BadLink`."""
    return page(found.filter(shift_over_at__lte=at - END_OF_SHIFT), "newest_shift", size, link)


def own(person: Any) -> RecordingQuerySet:
    """All that this person wore the camera for and may still know of."""
    found: RecordingQuerySet = Recording.objects.filter(wearer=person.number).exclude(status="verwijderd")
    return found
