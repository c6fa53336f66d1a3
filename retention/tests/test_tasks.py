"""What the worker does for recordings when beat says so."""

import os
from pathlib import Path

import pytest

from retention import tasks
from retention.clock import now
from retention.storage.folder import UNFINISHED
from retention.tests.stored import a_storage, stored

pytestmark = pytest.mark.django_db


def test_what_never_became_whole_is_cleared_after_a_day(tmp_path: Path) -> None:
    with a_storage(tmp_path):
        stored()
        old, young = (tmp_path / "opnamen" / UNFINISHED / name for name in ("old", "young"))
        for left in (old, young):
            left.write_bytes(b"half")
        a_day_ago = now().timestamp() - tasks.COMES_IN_WITHIN.total_seconds()
        os.utime(old, (a_day_ago - 5, a_day_ago - 5))
        tasks.clear_unfinished_files()
        assert (old.exists(), young.exists()) == (False, True)
