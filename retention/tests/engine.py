"""What the tests of review and destruction share: a folder with files, and recordings that are due."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

from journal.models import Entry
from retention.clock import now
from retention.models import Hold, Recording
from retention.storage import Storage
from retention.storage.folder import Folder
from retention.tests.factories import CONTENT, judged, recording
from workflow.clock import local_date


def folder(root: Path) -> Folder:
    return Folder(root / "recordings", make=True)


def put(storage: Storage, found: Recording) -> Recording:
    """Its file is in the storage, and was seen there."""
    storage.write(found.storage_key, io.BytesIO(CONTENT), len(CONTENT), found.sha256)
    Recording.objects.filter(pk=found.pk).update(file_seen_at=now())
    return found


def kept(storage: Folder, days_ago: int, **fields: Any) -> Recording:
    """A recording with its file."""
    return put(storage, recording(days_ago=days_ago, **fields))


def judge(found: Recording, status: str, *, hours_ago: float = 0, **values: Any) -> Recording:
    return judged(found, status, now() - timedelta(hours=hours_ago), **values)


def necessary(found: Recording, *, days: int, ground: str = "8") -> Recording:
    """Until so many days from now; a negative number is a day that is over."""
    until = local_date(now()) + timedelta(days=days)
    told: dict[str, Any] = {"ground": ground, "purpose": "opsporing", "case_reference": "PL-1", "keep_until": until}
    return judge(found, "noodzakelijk", **told)


def hold(found: Recording, by: Any) -> Hold:
    at = now()
    return Hold.objects.create(
        recording=found,
        reason="klacht",
        explanation="-",
        owner=by,
        placed_by=by,
        placed_at=at,
        until_at=at + timedelta(days=7),
    )


def status_of(found: Recording) -> str:
    return str(Recording.objects.values_list("status", flat=True).get(pk=found.pk))


def entries(found: Recording, action: str = "vernietigen") -> list[Entry]:
    return list(Entry.objects.filter(object_type="retention.recording", object_id=str(found.pk), action=action))
