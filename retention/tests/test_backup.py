"""A backup is whole, verified and for its owner only, or it is not there."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.alone]


def make(folder: Path) -> dict[str, Any]:
    out = StringIO()
    call_command("backup", str(folder), "--json", stdout=out, stderr=StringIO())
    found: dict[str, Any] = json.loads(out.getvalue().splitlines()[-1])
    return found


def test_a_backup_is_made_and_verified(tmp_path: Path) -> None:
    said = make(tmp_path / "b")
    print(said)
    assert said["verified"]
