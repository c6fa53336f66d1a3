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
from django.db import connection

from bodycams import heartbeat
from bodycams.celery import app
from bodycams.tests.test_checks import ROOT
from journal.models import Entry
from journal.origin import origin
from journal.write import record


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
        (heartbeat.WORKER, ["worker", "--pool", "threads", "--concurrency", "1", "--without-mingle"]),
        (heartbeat.BEAT, ["beat", "--pidfile="]),
    ],
)
def test_worker_and_beat_say_that_they_are_alive(name: str, command: list[str], tmp_path: Path) -> None:
    heartbeat.forget()
    if name == heartbeat.BEAT:
        command = [*command, "--schedule", str(tmp_path / "schedule")]
    with (tmp_path / "log").open("wb") as log:
        started = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "bodycams", *command],
            cwd=ROOT,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "bodycams.settings"},
            stdout=log,
            stderr=log,
        )
        try:
            wait_until(lambda: is_alive(name))
        finally:
            started.kill()
            started.wait()
    assert "Traceback" not in (tmp_path / "log").read_text()


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
