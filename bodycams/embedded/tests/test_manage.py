"""`script/manage` without a running server, and the doctor: exit codes, whose words go where, and what is left
afterwards.
"""

import os
import signal
import subprocess
from pathlib import Path

import pytest

from bodycams import checks
from bodycams.embedded import doctor, suite
from bodycams.embedded.bootstrap import ROOT
from bodycams.embedded.home import Home
from bodycams.embedded.processes import leftovers
from bodycams.embedded.services import Services
from bodycams.embedded.tests.machine import command, environment, eventually
from bodycams.tests.test_checks import SOUND


def test_manage_passes_on_the_output_and_the_exit_code_and_stops_what_it_started(tmp_path: Path) -> None:
    home = tmp_path / "home"
    script = "import sys; print('uit'); sys.exit(7)"
    done = command("manage", "shell", "-v0", "-c", script, home=home)
    assert (done.returncode, done.stdout, done.stderr) == (7, "uit\n", "")
    assert leftovers(home) == []


def test_two_at_once_share_the_services_and_the_first_waits_for_the_second(tmp_path: Path) -> None:
    home = tmp_path / "home"
    script = (
        "import time; from django.db import connection as c; c.cursor(); time.sleep({}); c.cursor().execute('SELECT 1')"
    )
    line = [str(ROOT / "script" / "manage"), "shell", "-v0", "-c"]
    first = subprocess.Popen([*line, script.format(0)], env=environment(home))
    eventually(lambda: (home / "state.json").exists())
    second = subprocess.Popen([*line, script.format(3)], env=environment(home))
    assert (first.wait(60), second.wait(60)) == (0, 0)
    assert eventually(lambda: leftovers(home) == [], 10.0)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_reaches_the_command_and_ends_the_services(tmp_path: Path, number: signal.Signals) -> None:
    home = tmp_path / "home"
    script = "import pathlib, time; pathlib.Path('here').touch(); time.sleep(60)"
    line = [str(ROOT / "script" / "manage"), "shell", "-v0", "-c", script]
    with open(tmp_path / "words", "wb") as words:
        manage = subprocess.Popen(
            line, env=environment(home), cwd=tmp_path, stdin=subprocess.DEVNULL, stdout=words, stderr=words
        )
    assert eventually((tmp_path / "here").exists)
    manage.send_signal(number)
    assert manage.wait(30) == 128 + number
    assert leftovers(home) == []


def test_the_doctor_is_content_and_changes_nothing(tmp_path: Path) -> None:
    seen = command("doctor", home=tmp_path / "home", PORT="18999")
    assert seen.returncode == 0, seen.stdout
    assert "script/server kan starten." in seen.stdout
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("writable", [True, False])
def test_the_doctor_says_where_no_environment_can_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writable: bool
) -> None:
    monkeypatch.setattr(doctor, "ROOT", tmp_path)
    monkeypatch.setattr(doctor.os, "access", lambda *_: writable)
    (found,) = (finding for finding in doctor.packages() if finding.subject == ".venv")
    assert (found.good, found.vital) == (False, not writable)


@pytest.mark.parametrize(
    ("name", "value", "subject"),
    [
        ("PORT", "²", "Poort"),
        ("BODYCAMS_HOME", "/dev/null/home", "BODYCAMS_HOME"),
        ("DATABASE_URL", "postgres://127.0.0.1:1/bodycams", "DATABASE_URL"),
        ("REDIS_URL", "redis://127.0.0.1:1/0", "REDIS_URL"),
        ("SIGNING_KEY_FILE", "/nowhere", "Instellingen"),
        ("SECRET_KEY", "kort", "Instellingen"),
    ],
)
def test_the_doctor_names_what_keeps_the_server_from_starting(
    tmp_path: Path, name: str, value: str, subject: str
) -> None:
    seen = subprocess.run(
        [ROOT / "script" / "doctor"],
        env={**environment(tmp_path / "home", PORT="18999"), name: value},
        capture_output=True,
        text=True,
        check=False,
    )
    assert seen.returncode == 1
    assert subject in seen.stdout.partition("script/server kan niet starten: ")[2]
    assert "Traceback" not in seen.stderr


@pytest.mark.parametrize(
    ("left_out", "said", "state"),
    [
        ("", "postgres://bodycams_owner@politie.example/bodycams", "kloppen"),
        ("REDIS_URL", "postgres://bodycams_owner@politie.example/bodycams", "kloppen"),
        ("", "", "MIGRATE_DATABASE_URL ontbreekt"),
        ("DATABASE_URL", "", "kloppen"),
        ("DATABASE_URL", "nonsens", "kloppen"),
    ],
)
def test_the_doctor_refuses_the_settings_that_the_server_refuses(
    home: Home, monkeypatch: pytest.MonkeyPatch, left_out: str, said: str, state: str
) -> None:
    """Without `DATABASE_URL` both databases are the server's own, whatever was said of the owner's."""
    given = {**SOUND, left_out: "", "MIGRATE_DATABASE_URL": said}
    for name in {*suite.OURS, *SOUND}:
        monkeypatch.setenv(name, given.get(name, ""))
    assert doctor.settings(home).state == state
    refused = checks.problems(Services(home, dict(os.environ)).environment())
    assert ("; ".join(refused) or "kloppen") == state
