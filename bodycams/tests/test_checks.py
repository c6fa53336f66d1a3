"""Production refuses to start on a missing or weak setting and says which; a demonstration needs nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bodycams.checks import EXIT_CODE, is_demo, problems

ROOT = Path(__file__).resolve().parent.parent.parent
SOUND = {
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ",
    "ALLOWED_HOSTS": "bodycams.politie.example",
    "DATABASE_URL": "postgres://bodycams_app:geheim@politie.example:5432/bodycams",
    "MIGRATE_DATABASE_URL": "postgres://bodycams_owner:geheim@politie.example:5432/bodycams",
    "REDIS_URL": "redis://politie.example:6379/0",
    "RECORDINGS_STORAGE": "s3://opnamen/2026?endpoint=https://opslag.politie.example",
    "DESTRUCTION_LEDGER": "s3://vernietigingen?endpoint=https://opslag.politie.example",
}


def test_sound_settings_are_not_refused() -> None:
    assert problems(SOUND) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ALLOWED_HOSTS", "bodycams.politie.example, .politie.example,10.0.0.7,[::1],localhost"),
        ("SITE_URL", "https://bodycams.politie.example"),
        ("JOURNAL_MAIL_HOURS", "1"),
    ],
)
def test_nor_is_what_makes_sense(name: str, value: str) -> None:
    assert problems({**SOUND, name: value}) == []


def test_demonstration_needs_nothing() -> None:
    assert problems({}) == []
    assert problems({"DEMO": "1", "SECRET_KEY": "kort", "ALLOWED_HOSTS": "*", "PROXIES": ""}) == []


def test_what_is_set_for_a_demonstration_has_to_make_sense() -> None:
    assert problems({"DEMO": "1", "EMAIL_URL": "nonsens"}) == [
        "EMAIL_URL is geen geldig adres (het begint met smtp://)",
    ]


@pytest.mark.parametrize(
    ("environment", "answer"),
    [
        ({}, True),
        ({"SECRET_KEY": ""}, True),
        ({"SECRET_KEY": "x"}, False),
        ({"SECRET_KEY": "x", "DEMO": "1"}, True),
        ({"DEMO": "0"}, False),
        ({"REDIS_URL": "redis://politie.example"}, True),
    ],
)
def test_demonstration_is_chosen_or_follows_from_what_is_not_set(environment: dict[str, str], answer: bool) -> None:
    assert is_demo(environment) is answer


@pytest.mark.parametrize("name", sorted(SOUND))
def test_each_missing_setting_is_named(name: str) -> None:
    assert problems({**SOUND, name: "", "DEMO": "0"}) == [f"{name} ontbreekt"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "kort"),
        ("SECRET_KEY", f"{SOUND['SECRET_KEY']}\n"),
        ("EMAIL_FROM", "Bodycamregister\nBcc: ander"),
        ("SECRET_KEY", "a" * 60),
        ("SECRET_KEY", "django-insecure-0123456789abcdefghijklmnopqrstuvwxyzABCDE"),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "bodycams.politie.example, *"),
        ("ALLOWED_HOSTS", " , "),
        ("ALLOWED_HOSTS", "https://bodycams.politie.example"),
        ("ALLOWED_HOSTS", "bodycams.politie.example:443"),
        ("ALLOWED_HOSTS", "."),
        ("ALLOWED_HOSTS", ".example"),
        ("SITE_URL", "http://bodycams.politie.example"),
        ("SITE_URL", "bodycams.politie.example"),
        ("SITE_URL", "https:///"),
        ("JOURNAL_MAIL_HOURS", "dagelijks"),
        ("JOURNAL_MAIL_HOURS", "0"),
        ("JOURNAL_MAIL_HOURS", "²"),
        ("DATABASE_URL", "sqlite:///db.sqlite3"),
        ("DATABASE_URL", "postgres://politie.example/bodycams"),
        ("DATABASE_URL", "postgres://bodycams_app:geheim@politie.example:poort/bodycams"),
        ("MIGRATE_DATABASE_URL", SOUND["DATABASE_URL"]),
        ("REDIS_URL", "http://politie.example"),
        ("EMAIL_URL", "gopher://politie.example"),
        ("PROXIES", "veel"),
        ("RECORDINGS_STORAGE", "/srv/opnamen"),
        ("RECORDINGS_STORAGE", "file:///nergens/opnamen"),
        ("RECORDINGS_STORAGE", "file:///usr"),
        ("RECORDINGS_STORAGE", "s3:///map"),
        ("RECORDINGS_STORAGE", "s3://opnamen?endpoint=http://opslag.politie.example"),
        ("DESTRUCTION_LEDGER", "/srv/vernietigingen"),
        ("DESTRUCTION_LEDGER", "file:///nergens/vernietigingen"),
        ("DESTRUCTION_LEDGER", SOUND["RECORDINGS_STORAGE"]),
        ("DESTRUCTION_LEDGER", "s3://opnamen/2026/vernietigingen?endpoint=https://opslag.politie.example"),
        ("SIGNING_KEY_FILE", "/nergens/sleutel.pem"),
    ],
)
def test_each_weak_setting_is_named(name: str, value: str) -> None:
    (problem,) = problems({**SOUND, name: value})
    assert problem.startswith(name)


def test_the_list_of_destructions_is_in_the_home_unless_it_is_named() -> None:
    assert problems({**SOUND, "DESTRUCTION_LEDGER": "", "BODYCAMS_HOME": "/srv/bodycams"}) == []
    beside = "s3://opnamen/2026-vernietigingen?endpoint=https://opslag.politie.example"
    assert problems({**SOUND, "DESTRUCTION_LEDGER": beside}) == []


@pytest.mark.parametrize(
    ("ledger", "recordings", "is_refused"),
    [
        ("", "", True),
        ("", "/recordings", False),
        ("/lijst", "", True),
        ("/recordings/lijst", "/recordings", True),
        ("/recordings/../lijst", "/recordings", False),
        ("/lijst/../recordings/lijst", "/recordings", True),
        ("/lijst/%2E%2E/recordings", "/recordings", True),
        ("/link/lijst", "/recordings", True),
        ("/recordings-lijst", "/recordings", False),
    ],
)
def test_the_list_of_destructions_is_not_among_recordings(
    tmp_path: Path, ledger: str, recordings: str, is_refused: bool
) -> None:
    for name in ("recordings", "lijst"):
        (tmp_path / name).mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "recordings")
    places = {
        "DESTRUCTION_LEDGER": ledger and f"file://{tmp_path}{ledger}",
        "RECORDINGS_STORAGE": f"file://{tmp_path}{recordings}",
    }
    found = problems({"DEMO": "1", "BODYCAMS_HOME": str(tmp_path), **places})
    assert ["ligt in RECORDINGS_STORAGE" in problem for problem in found] == [True] * is_refused


@pytest.mark.parametrize(
    "command",
    [
        ["manage.py", "check"],
        ["-m", "gunicorn", "bodycams.wsgi:application", "--bind", "127.0.0.1:0", "--no-control-socket"],
        ["-m", "celery", "-A", "bodycams", "worker"],
        ["-m", "celery", "-A", "bodycams", "beat"],
    ],
    ids=["manage", "web", "worker", "beat"],
)
def test_no_program_starts_and_the_reason_is_one_sentence(command: list[str]) -> None:
    environment = {"PATH": os.environ["PATH"], **SOUND, "SECRET_KEY": "kort"}
    ended = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == EXIT_CODE
    assert ended.stderr.count("Bodycamregister start niet: SECRET_KEY is te zwak") >= 1
    assert "Traceback" not in ended.stderr + ended.stdout
