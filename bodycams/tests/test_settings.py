"""The settings as a demonstration and as production reads them, each in a process of its own."""

import json
import os
import subprocess
import sys

import pytest

from bodycams.tests.test_checks import ROOT, SOUND

PRINT = """
import json, sys, django
from django.conf import settings
names = sys.argv[1:]
print(json.dumps({name: getattr(settings, name) for name in names}, default=str))
"""


def read(environment: dict[str, str], *names: str) -> dict[str, object]:
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-c", PRINT, *names],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "bodycams.settings", **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, object] = json.loads(ended.stdout)
    return found


def test_nothing_set_is_a_demonstration_over_http_that_lasts_eight_hours() -> None:
    names = ("DEMO", "SESSION_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_AGE", "SESSION_ENDS_UNUSED")
    assert read({}, *names) == {
        "DEMO": True,
        "SESSION_COOKIE_SECURE": False,
        "SECURE_SSL_REDIRECT": False,
        "SESSION_COOKIE_AGE": 8 * 3600,
        "SESSION_ENDS_UNUSED": None,
    }


def test_production_is_safe_without_being_told() -> None:
    expected = {
        "DEMO": False,
        "DEBUG": False,
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_NAME": "__Host-session",
        "CSRF_COOKIE_NAME": "__Host-csrf",
        "SECURE_SSL_REDIRECT": True,
        "SESSION_COOKIE_AGE": 10 * 3600,
        "SESSION_ENDS_UNUSED": "0:15:00",
        "SITE_URL": "https://bodycams.politie.example",
        "ALLOWED_HOSTS": ["bodycams.politie.example", "10.0.0.7"],
    }
    assert read({**SOUND, "ALLOWED_HOSTS": "bodycams.politie.example, 10.0.0.7"}, *expected) == expected


def test_mail_goes_to_a_folder_in_a_demonstration_and_to_a_server_in_production() -> None:
    names = ("EMAIL_BACKEND", "EMAIL_FILE_PATH", "EMAIL_HOST")
    demo = read({"BODYCAMS_HOME": "/srv/een map"}, *names)
    assert demo["EMAIL_FILE_PATH"] == "/srv/een map/mail"
    assert str(demo["EMAIL_BACKEND"]).endswith("filebased.EmailBackend")
    production = read({**SOUND, "EMAIL_URL": "smtp+tls://politie.example:587"}, *names)
    assert production["EMAIL_HOST"] == "politie.example"
    assert str(production["EMAIL_BACKEND"]).endswith("smtp.EmailBackend")


@pytest.mark.parametrize("environment", [{}, SOUND], ids=["demonstration", "production"])
def test_django_finds_nothing_to_warn_of(environment: dict[str, str]) -> None:
    deploy = ["--deploy", "--fail-level", "DEBUG"] if environment else []
    ended = subprocess.run(
        [sys.executable, "manage.py", "check", *deploy],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, "no issues" in ended.stdout) == (0, True), ended.stderr
