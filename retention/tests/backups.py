"""What tests of backups share: the commands, and what they leave."""

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from bodycams import heartbeat
from conftest import run_as_owner
from journal import anchors
from retention.backups import databases
from retention.backups.databases import CHECK, COMING


def clean() -> Iterator[None]:
    """No worker of another module is heard, and no database of ours stays."""
    heartbeat.forget()
    yield
    connection.close()
    name = connection.settings_dict["NAME"]
    ours = (name + CHECK, name + COMING, *databases.kept())
    connection.close()
    run_as_owner(*(f"DROP DATABASE IF EXISTS {one} WITH (FORCE)" for one in ours))
    for left in anchors.path().parent.glob("journal-*"):
        left.unlink()


def back_up(place: Path) -> Path:
    """A backup that was not put back on trial, which costs as much as a restore; one test does that."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(databases, "may_create", lambda: False)
        assert not call("backup", place)["verified"], "it is said when it could not be tried"
    return place


def call(name: str, place: Path) -> dict[str, Any]:
    """What the command says on its last line."""
    out = StringIO()
    call_command(name, str(place), "--json", stdout=out, stderr=StringIO())
    found: dict[str, Any] = json.loads(out.getvalue().splitlines()[-1])
    return found
