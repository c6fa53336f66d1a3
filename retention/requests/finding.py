"""Finding recordings by what a filmed person can tell of them: when it was, in which unit, with which camera."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import F, Q

from retention.models import Recording
from workflow.clock import AMSTERDAM

SHOWN = 50
"""So many are shown; who finds more asks more precisely."""
LONGEST = timedelta(hours=24)
"""No recording is longer."""


class Sought(NamedTuple):
    """On which day; empty of the others means: it does not matter. Between `since` and `until` something was filmed."""

    day: date
    since: time | None = None
    until: time | None = None
    unit: str = ""
    camera: str = ""


def find(sought: Sought) -> list[Recording]:
    """One more than `SHOWN` when there are more; the first of the day first, nothing of what was destroyed."""
    first = datetime.combine(sought.day, sought.since or time(), AMSTERDAM)
    last = datetime.combine(sought.day, sought.until or time.max, AMSTERDAM)
    length = F("used_to") - F("used_from")
    by_the_camera = Q(used_from__range=(first - LONGEST, last), used_to__gte=first, true_from__isnull=True)
    by_a_judge = Q(true_from__range=(first - LONGEST, last), true_from__gte=first - length)
    found = Recording.objects.filter(by_the_camera | by_a_judge).exclude(status="vernietigd")
    if sought.unit:
        found = found.filter(unit__code=sought.unit)
    if sought.camera:
        found = found.filter(camera_serial__iexact=sought.camera)
    return list(found.select_related("unit").order_by("used_from", "pk")[: SHOWN + 1])
