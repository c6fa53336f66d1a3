"""The commands of the journal, and the script that works without this checkout."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from journal import anchors, seals
from journal.models import Check, Entry, Seal
from journal.tasks import anchor_journal, check_journal, seal_journal
from journal.write import record

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.alone]


def said(capsys: pytest.CaptureFixture[str], command: str, *arguments: Any) -> dict[str, Any]:
    call_command(command, *arguments, "--json")
    answer: dict[str, Any] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return answer


def test_seal_verify_export_and_check_elsewhere(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    record("proef", "Dit is een regel.")
    assert said(capsys, "seal_journal") == {"sealed": 1, "seal": 1}
    assert said(capsys, "verify_journal")["ok"] is True
    file = tmp_path / "journaal.jsonl"
    assert said(capsys, "export_journal", file)["lines"] == 6  # two entries with a seal each, head and end
    assert Entry.objects.latest("id").action == "journaal_geexporteerd"
    script = shutil.copy(settings.BASE_DIR / "script/verify_journal.py", tmp_path)
    command = [sys.executable, "-I", script, file, "--anchor", anchors.path()]
    done = subprocess.run([*map(str, command)], cwd=tmp_path, env={}, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "In orde: 2 regels in 2 zegels" in done.stdout


def test_verify_ends_with_1_when_something_is_wrong(capsys: pytest.CaptureFixture[str], owner: Any) -> None:
    record("proef", "Dit is een regel.")
    seals.seal()
    owner("UPDATE journal_entry SET reason = 'anders'")
    with pytest.raises(SystemExit) as ended:
        call_command("verify_journal", "--json")
    assert ended.value.code == 1
    answer = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (answer["ok"], answer["finding"]) == (False, "Regel 1 is veranderd.")


def test_export_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    asked = tmp_path / "nergens" / "journaal.jsonl"
    with pytest.raises(CommandError) as refused:
        call_command("export_journal", asked)
    assert str(refused.value).startswith(f"{asked} kan niet worden geschreven (fout 2). Is die map er")


def test_worker_seals_anchors_and_checks() -> None:
    record("proef", "Dit is een regel.")
    seal_journal()
    anchor_journal()
    assert anchors.path().read_text().splitlines() == [anchors.anchor_of(Seal.objects.get())]
    check_journal()
    assert Check.objects.get().finding == ""


def test_failing_check_is_an_error_in_the_log(owner: Any, caplog: pytest.LogCaptureFixture) -> None:
    record("proef", "Dit is een regel.")
    seals.seal()
    owner("DELETE FROM journal_entry")
    check_journal()
    assert [line.levelname for line in caplog.records if line.name == "journal.tasks"] == ["ERROR"]
