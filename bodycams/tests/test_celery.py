"""Worker and beat on a real broker: signs of life, and the id of a request that goes along to what it started."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from celery.contrib.testing.worker import start_worker
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.db import connection

from bodycams import heartbeat
from bodycams.celery import app
from bodycams.checks import EXIT_CODE
from bodycams.pdf.signing_key import ALWAYS, DEMONSTRATION, certificate_of
from bodycams.tests.test_checks import ROOT
from journal.models import Entry
from journal.origin import origin
from journal.write import record

CELERY = (sys.executable, "-m", "celery", "-A", "bodycams")
WORKER = ["worker", "--pool", "threads", "--concurrency", "1", "--without-mingle"]
ITS_OWN = {**os.environ, "DJANGO_SETTINGS_MODULE": "bodycams.settings"}


@app.task(name="tests.note")
def note(sentence: str) -> None:
    record("proef", sentence)


def wait_until(done: Callable[[], bool], patience: float = 30) -> None:
    until = time.monotonic() + patience
    while not done():
        assert time.monotonic() < until, "took too long"
        time.sleep(0.1)


def is_alive(name: str) -> bool:
    with heartbeat.broker() as broker:
        return heartbeat.is_alive(broker, name)


@pytest.fixture
def worker(transactional_db: None) -> Iterator[None]:
    app.control.purge()
    with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=20):
        yield


@pytest.mark.parametrize(
    ("name", "command"),
    [
        (heartbeat.WORKER, WORKER),
        (heartbeat.BEAT, ["beat", "--pidfile="]),
    ],
)
def test_worker_and_beat_say_that_they_are_alive(name: str, command: list[str], tmp_path: Path) -> None:
    heartbeat.forget()
    if name == heartbeat.BEAT:
        command = [*command, "--schedule", str(tmp_path / "schedule")]
    with (tmp_path / "log").open("wb") as log:
        environment = {**ITS_OWN, "SIGNING_KEY_FILE": str(key_of(256, tmp_path))}
        started = subprocess.Popen([*CELERY, *command], cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            wait_until(lambda: is_alive(name))
        finally:
            started.kill()
            started.wait()
    assert "Traceback" not in (tmp_path / "log").read_text()


def test_worker_does_not_start_with_a_key_that_cannot_sign(tmp_path: Path) -> None:
    environment = {**ITS_OWN, "SIGNING_KEY_FILE": str(key_of(192, tmp_path))}
    refused = subprocess.run([*CELERY, *WORKER], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert refused.returncode == EXIT_CODE
    assert "De worker start niet: De sleutel is te zwak" in refused.stderr
    assert "Traceback" not in refused.stderr


def key_of(bits: int, folder: Path) -> Path:
    """A key on a curve of so many bits, with its certificate."""
    private = ec.generate_private_key({192: ec.SECP192R1(), 256: ec.SECP256R1()}[bits])
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path = folder / "sleutel.pem"
    path.write_bytes(pem + certificate_of(private, DEMONSTRATION, *ALWAYS).public_bytes(Encoding.PEM))
    return path


def test_sign_of_life_goes_by_itself() -> None:
    heartbeat.write(heartbeat.WORKER)
    with heartbeat.broker() as broker:
        (key,) = broker.keys("*alive:worker")
        left: Any = broker.ttl(key)
    assert 2 * heartbeat.EVERY < left <= heartbeat.LASTS


def test_what_a_request_starts_carries_its_id_into_the_journal(worker: None) -> None:
    token = origin.set("abc123")
    note.delay("Begonnen door een verzoek.")
    origin.reset(token)
    wait_until(lambda: Entry.objects.exists())
    assert Entry.objects.get().origin == "abc123"


def test_what_nobody_started_carries_the_id_of_the_task(worker: None) -> None:
    sent = note.delay("Begonnen door de klok.")
    wait_until(lambda: Entry.objects.exists())
    assert Entry.objects.get().origin == f"task-{sent.id}"


def test_worker_goes_on_after_the_database_was_away(worker: None) -> None:
    note.delay("Ervoor.")
    wait_until(lambda: Entry.objects.count() == 1)
    cut_every_connection()
    note.delay("Erna.")
    wait_until(lambda: Entry.objects.count() == 2)


def test_worker_takes_json_and_nothing_else(worker: None) -> None:
    note.apply_async(["Dit kan code zijn."], serializer="pickle")
    note.delay("Dit is tekst.")
    wait_until(lambda: Entry.objects.exists())
    assert [str(entry) for entry in Entry.objects.all()] == ["Dit is tekst."]


def cut_every_connection() -> None:
    """What a restart of the database does to those that are open, our own included."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
        )
