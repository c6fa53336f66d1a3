"""What reaches no page gets an answer all the same: our words, our headers, and nothing of it in the log."""

import json
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from gunicorn.config import Config
from gunicorn.http import errors
from gunicorn.workers.gthread import TConn

from bodycams import plain_page, webserver
from bodycams.api import problems
from bodycams.webserver import Worker

CHUNK = 64 * 1024
OF_ITS_OWN = {"Connection", "Content-Length", "Content-Type"}
OF_A_PAGE = {"Vary", "Set-Cookie", "Content-Language", "X-Request-ID"}
"""What only an answer has that knows who asked."""


class Line:
    """The other end of a connection: keeps what is sent to it, and has sent how its request begins."""

    def __init__(self, opening: bytes = b"", *, is_gone: bool = False) -> None:
        self.opening, self.got, self.is_gone = opening, b"", is_gone

    def listen_for(self, *_: float) -> None: ...

    def recv(self, _: int) -> bytes:
        return b""

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
        (errors.LimitRequestHeaders("Iemand"), 431, "Verwijder de cookies"),
        (errors.InvalidHeader("Iemand: Achternaam"), 400, "Wij begrijpen dit verzoek niet"),
        (errors.UnsupportedTransferCoding("Iemand"), 501, "Wij begrijpen dit verzoek niet"),
        (errors.InvalidResponseHeader("Iemand"), 500, "Er ging iets mis"),
        (RuntimeError("Iemand"), 500, "Er ging iets mis"),
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
    assert [record.getMessage() for record in caplog.records if "Iemand" in record.getMessage()] == []
    assert len(caplog.records) == 1


@pytest.mark.parametrize(
    ("opening", "is_program"),
    [
        (b"GET /api/v1/recordings?unit=", True),
        (b"\r\nGET https://register.example/api/v1/", True),
        (b"GET /initiatieven/?q=/api/", False),
        (b"GET /apis/", False),
        (b"", False),
    ],
)
@pytest.mark.parametrize(
    ("raised", "status"), [(errors.LimitRequestLine(9000, 8190), 414), (RuntimeError("Iemand"), 500)]
)
def test_program_gets_a_problem_and_a_person_a_page(
    opening: bytes, is_program: bool, raised: Exception, status: int
) -> None:
    head, body = answer(raised, Line(opening)).split("\r\n\r\n", 1)
    assert head.startswith(f"HTTP/1.1 {status} ")
    assert f"Content-Length: {len(body.encode())}" in head
    assert ("Content-Type: application/problem+json" in head, "API-Version: " in head) == (is_program, is_program)
    assert "default-src 'self'" in head
    if is_program:
        said = json.loads(body)
        assert (said["status"], said["title"], bool(said["detail"])) == (status, problems.TITLES[status], True)
    else:
        assert "<!doctype html>" in body


def test_who_is_gone_gets_none() -> None:
    assert answer(errors.NoMoreData(), Line(is_gone=True)) == ""


@pytest.mark.parametrize("is_https", [True, False])
def test_headers_are_those_of_every_page(settings: Any, is_https: bool) -> None:
    """Of production (the twin: of a demonstration, which does not ask for https)."""
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = is_https, 63072000 * is_https
    page = Client().get("/?q=%00", secure=is_https)
    head = answer(errors.InvalidHeader("Iemand"), Line()).split("\r\n\r\n", 1)[0]
    said = dict(line.split(": ", 1) for line in head.split("\r\n")[1:])
    of_pages = {name: value for name, value in page.headers.items() if name not in OF_A_PAGE | OF_ITS_OWN}
    assert ("Strict-Transport-Security" in of_pages, "Permissions-Policy" in of_pages) == (is_https, True)
    assert {name: value for name, value in said.items() if name not in OF_ITS_OWN} == of_pages


def test_machine_without_pages_says_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("Missing staticfiles manifest entry")

    monkeypatch.setattr(plain_page, "render_to_string", fail)
    head, body = answer(RuntimeError("Iemand"), Line()).split("\r\n\r\n", 1)
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


def handled(ours: socket.socket, *, reads: bool = False, says: bytes = b"weg!", after: float = 0.0) -> bool:
    """What the worker makes of what was sent: whether another request may follow. The page asks for all of it or
    for none, and first waits for something else.
    """

    def page(environ: Any, start_response: Callable[..., Any]) -> list[bytes]:
        time.sleep(after)
        body = environ["wsgi.input"].read() if reads else b""
        start_response("404 Not Found", [("Content-Length", str(len(says)))])
        return [says if not body else b"dank"]

    config = Config()
    worker: Any = Worker(0, 0, [], None, 30, config, logging.getLogger("gunicorn.error.tried"))
    worker.log.access = lambda *_: None
    worker.wsgi = page
    worker.tmp.close()
    conn = TConn(config, ours, ("127.0.0.1", 1), ("127.0.0.1", 80))
    try:
        return bool(worker.handle(conn))
    finally:
        conn.close()


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


def test_what_was_sent_is_taken_however_long_the_page_waits_for_something_else(
    ends: tuple[socket.socket, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As for a lock in the database. More than comes along with the headers."""
    ours, theirs = ends
    monkeypatch.setattr(webserver, "SILENCE", 0.2)
    theirs.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4 * CHUNK)
    theirs.sendall(start(CHUNK, b"x" * CHUNK))
    assert handled(ours, reads=True, after=0.3)
    assert theirs.recv(65536).endswith(b"dank")


@pytest.mark.parametrize(("length", "is_whole"), [(7, False), (6, True)])
def test_half_a_form_is_none(ends: tuple[socket.socket, socket.socket], length: int, is_whole: bool) -> None:
    """Somebody hangs up halfway: the page must not take what came for all of it."""
    ours, theirs = ends
    theirs.sendall(start(length, b"a=half"))
    theirs.shutdown(socket.SHUT_WR)
    assert handled(ours, reads=True) is is_whole
    assert (b"dank" in theirs.recv(65536)) is is_whole


@pytest.mark.parametrize(("seconds", "is_understood"), [(0.0, False), (15.0, True)])
@pytest.mark.parametrize("sent", [start(1, b"x"), start(1, b"x")[:20]])
def test_who_takes_too_long_is_let_go_whatever_still_comes(
    ends: tuple[socket.socket, socket.socket],
    monkeypatch: pytest.MonkeyPatch,
    seconds: float,
    is_understood: bool,
    sent: bytes,
) -> None:
    """What is there is not read any more; in the twin it is, to the end that it has."""
    ours, theirs = ends
    theirs.sendall(sent)
    theirs.shutdown(socket.SHUT_WR)
    monkeypatch.setattr(webserver, "OPENS", seconds if len(sent) == 20 else webserver.OPENS)
    monkeypatch.setattr(webserver, "SILENCE", seconds)
    monkeypatch.setattr(webserver, "PATIENCE", 0.1)
    assert handled(ours, reads=True) is (is_understood and sent == start(1, b"x"))


def test_each_byte_that_comes_gives_time_for_more(ends: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = ends
    with webserver.Connection(fileno=ours.detach()) as connection:
        connection.begin(b"")
        theirs.sendall(b"x" * (webserver.SLOWEST + 1))
        connection.recv(1)
        before = connection.until
        assert before is not None
        assert len(connection.recv(webserver.SLOWEST, socket.MSG_WAITALL)) == webserver.SLOWEST
        assert connection.until == before + 1
        connection.listen_for(0, 1)
        theirs.sendall(b"x")
        assert connection.recv(1) == b""


@pytest.mark.parametrize("takes_it", [False, True])
def test_thread_does_not_wait_for_who_takes_no_answer(
    ends: tuple[socket.socket, socket.socket], monkeypatch: pytest.MonkeyPatch, takes_it: bool
) -> None:
    ours, theirs = ends
    film = b"x" * 8 * 1024**2  # more than fits in between
    if takes_it:
        taking = threading.Thread(target=lambda: list(iter(lambda: theirs.recv(1 << 20), b"")))
        taking.start()
    else:
        monkeypatch.setattr(webserver, "STANDSTILL", 0.1)
        monkeypatch.setattr(webserver, "SLOWEST", 1e12)
    theirs.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    assert handled(ours, says=film) is takes_it
    if takes_it:
        taking.join()
