"""Recordings whose files are in a storage, for tests: a folder of its own for each test."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from django.test import override_settings

from retention.clock import now
from retention.models import Recording
from retention.storage import recordings
from retention.tests.factories import recording

VIDEO = Path(__file__).with_name("opname.mp4")


@contextmanager
def a_storage(folder: Path) -> Iterator[None]:
    with override_settings(RECORDINGS_STORAGE=f"file://{folder}/opnamen"):
        yield


def stored(content: bytes = b"\x00\x00\x00\x18ftypmp42" + bytes(range(200)), **fields: Any) -> Recording:
    """A recording whose file is there, and was seen."""
    digest = sha256(content).hexdigest()
    found = recording(size=len(content), sha256=digest, **fields)
    recordings().write(found.storage_key, BytesIO(content), len(content), digest)
    Recording.objects.filter(pk=found.pk).update(file_seen_at=now())
    return Recording.objects.get(pk=found.pk)
