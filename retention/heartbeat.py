"""Whether the 28 days are being kept, for health and programs: the review is held hourly, and nothing is overdue."""

from datetime import datetime, timedelta

from bodycams.health import also_check
from retention.clock import now
from retention.comparing import astray
from retention.models import Recording, Run
from retention.overdue import alarming

SILENT = timedelta(hours=2)
"""The clock has stood still when its last review ended so long ago."""
GOES_WITHIN = timedelta(minutes=75)
"""What is due goes with the review of the next hour, which takes a while."""


def register() -> None:
    """Called when the app starts."""
    also_check("review", is_alive)
    also_check("in_time", in_time)
    also_check("storage", storage_in_time)


def last_review() -> datetime | None:
    """When the clock last brought a review to its end."""
    ended = Run.objects.filter(by=None, ended_at__isnull=False)
    return ended.values_list("ended_at", flat=True).first()


def is_alive() -> bool:
    return was_heard(last_review())


def was_heard(last: datetime | None) -> bool:
    """Whether that is not too long ago. Before the first review it is silent for as long as there are recordings."""
    heard = last or Recording.objects.order_by("pk").values_list("arrived_at", flat=True).first()
    return heard is None or heard > now() - SILENT


def in_time() -> bool:
    """What nobody judges is overdue a day after judging closed, so this is about the oldest undecided one as well. What
    was held until after its 28 days is given its hour.
    """
    return not alarming(GOES_WITHIN).exists()


def storage_in_time() -> bool:
    """Files of no recording, and those that came back after their destruction, are gone by their time."""
    return not astray.overdue().exists()
