"""A restore that is killed leaves one whole database that serves, and is finished by doing it again."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import DatabaseError, connection

from bodycams.roles import as_owner
from bodycams.tests.building import ROOT
from conftest import run_as_owner
from journal import anchors
from journal.models import Entry
from journal.write import record
from retention.backups import databases
from retention.backups.databases import CHECK, COMING
from retention.models import CaughtUp
from retention.tests.backups import back_up, call, clean

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.alone, pytest.mark.listed]
_clean = pytest.fixture(autouse=True)(clean)
PATIENCE = 120


def test_killed_on_the_way_the_one_that_served_still_does(tmp_path: Path) -> None:
    record("proef", "Voor de reservekopie.")
    back_up(tmp_path / "backup")
    record("proef", "Na de reservekopie.")
    connection.close()
    kill_when_it_comes(tmp_path / "backup")
    assert Entry.objects.filter(action="proef").count() == 2
    assert CaughtUp.objects.exists()
    connection.close()
    call("restore", tmp_path / "backup")
    assert Entry.objects.filter(action="proef").count() == 1
    assert CaughtUp.objects.exists()


def kill_when_it_comes(folder: Path) -> None:
    """Once the database that is being put back is there, wherever it is then."""
    name = connection.settings_dict["NAME"]
    addresses = {
        key: f"{os.environ[key].rpartition('/')[0]}/{name}" for key in ("DATABASE_URL", "MIGRATE_DATABASE_URL")
    }
    command = [sys.executable, "manage.py", "restore", str(folder)]
    anchors.path().unlink()
    os.mkfifo(anchors.path())  # where it reads the anchors it waits, however slow we are
    working = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **addresses}, stdin=subprocess.DEVNULL)
    until = time.monotonic() + PATIENCE
    while not run_as_owner(f"SELECT 1 FROM pg_database WHERE datname = '{name}{COMING}'"):
        assert working.poll() is None, "it ended before it was killed"
        assert time.monotonic() < until
    working.send_signal(signal.SIGKILL)
    assert working.wait() == -signal.SIGKILL
    anchors.path().unlink()


def test_what_served_is_kept_as_often_as_something_is_put_back() -> None:
    """Under a name of its own; and what fails halfway has renamed nothing, nor thrown away."""
    serves, kept = f"{databases.present()}{CHECK}", []
    with as_owner():
        databases.make(serves)
        for _ in range(2):
            with pytest.raises(DatabaseError, match="does not exist"):
                databases.take_the_place(serves, f"{serves}{COMING}")
            databases.make(f"{serves}{COMING}")
            kept.append(databases.take_the_place(serves, f"{serves}{COMING}"))
        with databases.in_database(serves):
            assert databases.kept() == kept
        for name in (serves, *kept):
            databases.drop(name)
