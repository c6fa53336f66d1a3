"""`manage.py` as the last door: what the machine refuses becomes one sentence, a fault of ours keeps its traceback."""

import errno
import io
import os
import socket
import ssl
import sys
from collections.abc import Callable
from typing import Any

import pytest
from django.core import management
from django.db import OperationalError, ProgrammingError, connection, transaction

import manage


def ended_with(fault: Exception | Callable[..., Any], monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Any:
    """The exit code or sentence of a command that ends so; the fault itself when it comes out as it is."""

    def run(_arguments: list[str]) -> None:
        if isinstance(fault, Exception):
            raise fault
        fault()

    monkeypatch.setattr(management, "execute_from_command_line", run)
    monkeypatch.setattr(sys, "argv", ["manage.py", *arguments])
    with pytest.raises((SystemExit, Exception)) as ended:
        manage.main()
    return ended.value.code if isinstance(ended.value, SystemExit) else ended.value


def ask(query: str) -> Callable[[], None]:
    def run() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(query)

    return run


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/x/y"), "De schijf is vol: /x/y."),
        (FileNotFoundError(errno.ENOENT, "No such file", "/x"), "Dat is er niet: /x."),
        (OSError(errno.EPROTO, "Protocol error", "/x"), f"Het systeem weigert (fout {errno.EPROTO}): /x."),
        (ConnectionRefusedError(errno.ECONNREFUSED, "Refused"), "De andere machine weigert de verbinding."),
        (TimeoutError("timed out"), "De andere machine antwoordt niet."),
        (socket.gaierror(socket.EAI_NONAME, "Unknown"), "De naam van de andere machine is niet te vinden."),
        (OperationalError("connection refused\nIs it running?"), "De database antwoordt niet: connection refused"),
    ],
)
def test_what_the_machine_refuses_is_one_sentence(fault: Exception, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ended_with(fault, monkeypatch) == said
    assert ended_with(fault, monkeypatch, "check", "--traceback") is fault


@pytest.mark.parametrize(
    "fault",
    [
        LookupError("ours"),
        ProgrammingError("column x does not exist"),
        OSError(errno.EPROTO, "Protocol error"),
        OSError("odd"),
        ssl.SSLError(errno.EPERM, "certificate verify failed"),
        BrokenPipeError(errno.EPIPE, "of a socket: our output is still read"),
    ],
)
def test_what_no_sentence_explains_keeps_its_traceback(fault: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ended_with(fault, monkeypatch) is fault


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ["SELECT 1 FROM nowhere", "SELECT nothing FROM django_migrations", "SELECT nothing()"]
)
def test_a_database_that_was_never_migrated_is_one_sentence(query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """But not of `migrate` itself: what is not there is then our own fault."""
    assert "Doe eerst: script/manage migrate" in ended_with(ask(query), monkeypatch)
    assert isinstance(ended_with(ask(query), monkeypatch, "migrate"), ProgrammingError)


@pytest.mark.django_db
def test_a_database_that_refuses_did_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = ask("SET LOCAL statement_timeout = 1; SELECT pg_sleep(60)")
    assert ended_with(slow, monkeypatch).startswith("De database weigert: ")


@pytest.mark.parametrize("text", ["one line", "more than a buffer " * 9999])
def test_a_reader_that_goes_away_ends_it_quietly(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As of `script/manage showmigrations | head -1`."""
    reading, writing = os.pipe()
    os.close(reading)
    with io.TextIOWrapper(os.fdopen(writing, "wb")) as output:
        monkeypatch.setattr(sys, "stdout", output)
        assert ended_with(lambda: output.write(text), monkeypatch) == 141
