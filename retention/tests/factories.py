"""Recordings for tests. `recording(days_ago=3)` is one that was used then and came in the same day; what a test cares
about it gives itself.
"""

from datetime import datetime, timedelta
from hashlib import sha256
from itertools import count
from typing import Any

from django.db import transaction

from organisation.models import Person
from organisation.tests.factories import unit
from retention.clock import now
from retention.models import Judgement, Recording
from workflow.clock import AMSTERDAM

numbers = count(1)
CONTENT = b"beeld en geluid"


def used(days_ago: int = 0, hour: int = 11) -> datetime:
    """A moment so many days of the Dutch calendar ago, at this hour; today's is an hour ago."""
    moment = now().astimezone(AMSTERDAM)
    if days_ago == 0:
        return moment - timedelta(hours=1)
    return (moment - timedelta(days=days_ago)).replace(hour=hour, minute=0, second=0, microsecond=0)


def facts(days_ago: int = 0, unit_code: str = "ON", **fields: Any) -> dict[str, Any]:
    """What a dock delivers of a recording of a quarter of an hour, by the names of the model's fields."""
    number = next(numbers)
    began: datetime = fields.pop("used_from", None) or used(days_ago)
    ended = began + timedelta(minutes=15)
    return {
        "source": "dock",
        "source_id": f"T-{number:06}",
        "camera_serial": "ZC-0001",
        "unit": unit(unit_code),
        "wearer": "104801",
        "used_from": began,
        "used_to": ended,
        "shift_end": ended + timedelta(minutes=10),
        "uploaded_at": ended + timedelta(minutes=20),
        "arrived_at": ended + timedelta(minutes=21),
        "size": len(CONTENT),
        "sha256": sha256(CONTENT).hexdigest(),
        "storage_key": f"test/{number:06}",
        "place": "openbare_weg",
        "announced": True,
        **fields,
    }


def recording(days_ago: int = 0, unit_code: str = "ON", **fields: Any) -> Recording:
    """A recording as it stands in the register after it arrived, to be judged."""
    return Recording.objects.get(pk=Recording.objects.create(**facts(days_ago, unit_code, **fields)).pk)


def judged(found: Recording, status: str, at: datetime | None = None, **values: Any) -> Recording:
    """The same recording with this judgement, by nobody in particular, and the row that says so."""
    at, changed = at or now(), Recording.objects.filter(pk=found.pk)
    by = Person.objects.get(number=Person.SYSTEM)
    with transaction.atomic():
        assert changed.update(status=status, status_before=found.status, judged_at=at, **values) == 1
        Judgement.objects.create(recording=found, step=f"{status}_verklaren", person=by, role="beoordelaar", at=at)
    return changed.get()
