"""What reaches no page gets an answer all the same: our words, our headers, and nothing of it in the log."""

import logging
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from gunicorn.config import Config
from gunicorn.http import errors
from gunicorn.workers.gthread import TConn

from bodycams import plain_page, webserver
from bodycams.webserver import Worker

CHUNK = 64 * 1024
OF_ITS_OWN = {"Connection", "Content-Length", "Content-Type"}
OF_A_PAGE = {"Vary", "Set-Cookie", "Content-Language", "X-Request-ID"}
"""What only an answer has that knows who asked."""


class Line:
    """The other end of a connection: keeps what is sent to it."""

    def __init__(self, *, is_gone: bool = False) -> None:
        self.got, self.is_gone = b"", is_gone

    def sendall(self, sent: bytes) -> None:
        if self.is_gone:
            raise BrokenPipeError
        self.got += sent


def answer(raised: Exception, line: Line) -> str:
    worker: Any = Worker.__new__(Worker)
    worker.log = logging.getLogger("gunicorn.error.tried")
    worker.handle_error(None, line, ("127.0.0.1", 1), raised)
    return line.got.decode()


@pytest.mark.parametrize(
    ("raised", "status", "words"),
    [
        (errors.LimitRequestLine(9000, 8190), 414, "Het adres is te lang"),
        (errors.LimitRequestHeaders("Jan"), 431, "Verwijder de cookies"),
        (errors.InvalidHeader("Jan: Jansen"), 400, "Wij begrijpen dit verzoek niet"),
        (errors.UnsupportedTransferCoding("Jan"), 501, "Wij begrijpen dit verzoek niet"),
        (errors.InvalidResponseHeader("Jan"), 500, "Er ging iets mis"),
        (RuntimeError("Jan"), 500, "Er ging iets mis"),
    ],
)
def test_answer_has_the_right_status_words_and_headers(
    raised: Exception, status: int, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    head, body = answer(raised, Line()).split("\r\n\r\n", 1)
    assert head.startswith(f"HTTP/1.1 {status} ")
    assert words in body
    assert f"Fout {status}" in body
    assert f"Content-Length: {len(body.encode())}" in head
    assert "default-src 'self'" in head
    assert [record.getMessage() for record in caplog.records if "Jan" in record.getMessage()] == []
    assert len(caplog.records) == 1


def test_who_is_gone_gets_none() -> None:
    assert answer(errors.NoMoreData(), Line(is_gone=True)) == ""


@pytest.mark.parametrize("is_https", [True, False])
def test_headers_are_those_of_every_page(settings: Any, is_https: bool) -> None:
    """Of production (the twin: of a demonstration, which does not ask for https)."""
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = is_https, 63072000 * is_https
    page = Client().get("/?q=%00", secure=is_https)
    head = answer(errors.InvalidHeader("Jan"), Line()).split("\r\n\r\n", 1)[0]
    said = dict(line.split(": ", 1) for line in head.split("\r\n")[1:])
    of_pages = {name: value for name, value in page.headers.items() if name not in OF_A_PAGE | OF_ITS_OWN}
    assert ("Strict-Transport-Security" in of_pages, "Permissions-Policy" in of_pages) == (is_https, True)
    assert {name: value for name, value in said.items() if name not in OF_ITS_OWN} == of_pages


def test_machine_without_pages_says_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("Missing staticfiles manifest entry")

    monkeypatch.setattr(plain_page, "render_to_string", fail)
    head, body = answer(RuntimeError("Jan"), Line()).split("\r\n\r\n", 1)
    assert (head.startswith("HTTP/1.1 500 "), body) == (True, plain_page.PLAIN)


# --- who stops halfway, over a real connection ----------------------------------------------------


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    """A connection: our end and theirs."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        theirs = socket.create_connection(server.getsockname(), timeout=30)
        ours, _ = server.accept()
    with ours, theirs:
        yield ours, theirs


def handled(ours: socket.socket, *, reads: bool = False) -> bool:
    """What the worker makes of what was sent: whether another request may follow. The page asks for all of it or
    for none.
    """

    def page(environ: Any, start_response: Callable[..., Any]) -> list[bytes]:
        body = environ["wsgi.input"].read() if reads else b""
        start_response("404 Not Found", [("Content-Length", "4")])
        return [b"weg!" if not body else b"dank"]

    config = Config()
    worker: Any = Worker(0, 0, [], None, 30, config, logging.getLogger("gunicorn.error.tried"))
    worker.log.access = lambda *_: None
    worker.wsgi = page
    worker.tmp.close()
    return bool(worker.handle(TConn(config, ours, ("127.0.0.1", 1), ("127.0.0.1", 80))))


def start(length: int, sent: bytes) -> bytes:
    return b"POST /weg/ HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % length + sent


@pytest.mark.parametrize(("most", "is_heard"), [(webserver.MOST_HEARD, True), (CHUNK, False)])
def test_what_is_sent_along_is_heard_out_after_the_answer(
    ends: tuple[socket.socket, socket.socket], monkeypatch: pytest.MonkeyPatch, most: int, is_heard: bool
) -> None:
    """More than gunicorn hears by itself. The twin: there is an end to it."""
    ours, theirs = ends
    monkeypatch.setattr(webserver, "CHUNK", CHUNK)
    monkeypatch.setattr(webserver, "MOST_HEARD", most)
    theirs.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4 * CHUNK)  # all of it fits, so that this does not wait
    theirs.sendall(start(2 * CHUNK, b"x" * 2 * CHUNK))
    assert handled(ours) is is_heard
    assert theirs.recv(65536).endswith(b"weg!")


@pytest.mark.parametrize(("length", "is_heard"), [(1_000_000, False), (1, True)])
def test_thread_does_not_wait_for_who_stops_halfway(
    ends: tuple[socket.socket, socket.socket], monkeypatch: pytest.MonkeyPatch, length: int, is_heard: bool
) -> None:
    monkeypatch.setattr(webserver, "PATIENCE", 0.1)
    ours, theirs = ends
    theirs.sendall(start(length, b"x"))
    assert handled(ours) is is_heard
    assert theirs.recv(65536).endswith(b"weg!")


@pytest.mark.parametrize(("length", "is_answered"), [(1_000_000, False), (1, True)])
def test_page_does_not_wait_for_who_falls_silent(
    ends: tuple[socket.socket, socket.socket], monkeypatch: pytest.MonkeyPatch, length: int, is_answered: bool
) -> None:
    monkeypatch.setattr(webserver, "SILENCE", 0.1)
    ours, theirs = ends
    theirs.sendall(start(length, b"x"))
    assert handled(ours, reads=True) is is_answered
