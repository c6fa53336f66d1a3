"""What the web server itself says to a request that reaches no page: headers without end, an address that is too long,
something that is no HTTP. In our words, with our headers, and without a line in the log that quotes what was sent. And
how long it listens to who stops halfway.
"""

import socket
import struct
import time
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from gunicorn.http import errors
from gunicorn.workers.gthread import ThreadWorker

from bodycams.plain_page import plain_page

TOO_LONG = "Het adres is te lang. Maak wat u zoekt korter."
TOO_MUCH = "Uw browser stuurt te veel mee. Verwijder de cookies van deze site en probeer het opnieuw."
ANSWERS: dict[type[Exception], tuple[int, str]] = {
    errors.LimitRequestLine: (414, TOO_LONG),
    errors.LimitRequestHeaders: (431, TOO_MUCH),
    errors.ExpectationFailed: (417, ""),
    errors.UnsupportedTransferCoding: (501, ""),
}
OURS = (errors.InvalidResponseHeader, errors.InvalidResponseHeaderName)
"""What our own answer made impossible."""

SILENCE = 15.0
"""Seconds that a request may be silent halfway."""
PATIENCE = 2.0
"""Seconds that what comes after the answer is listened to."""
MOST_HEARD = 64 * 1024**2
CHUNK = 256 * 1024


class Worker(ThreadWorker):
    """The usual one, with several threads."""

    def handle(self, conn: Any) -> Any:
        """A thread is for who sends: a connection that falls silent is let go."""
        how_long = struct.pack("ll", int(SILENCE), int(SILENCE % 1 * 1_000_000))
        conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, how_long)
        return super().handle(conn)

    def handle_request(self, req: Any, conn: Any) -> bool:
        """What is still coming when the answer was given is heard out for a moment, and forgotten: a browser that is
        sending when the connection closes shows that, and not the page that says why.
        """
        goes_on = super().handle_request(req, conn)
        return hear_out(req, conn) and goes_on

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:
        if not isinstance(exc, errors.ParseException) or isinstance(exc, OURS):
            self.log.exception("a request could not be handled")
            answer = dressed(plain_page("500.html"), 500)
        else:
            self.log.warning("a request could not be read: %s", type(exc).__name__)
            status, reason = ANSWERS.get(type(exc), (400, ""))
            answer = dressed(plain_page("400.html", {"code": status, "reason": reason}), status)
        answer.headers["Connection"], answer.headers["Content-Length"] = "close", str(len(answer.content))
        first = f"HTTP/1.1 {answer.status_code} {answer.reason_phrase}\r\n"
        try:
            client.sendall(first.encode("ascii") + answer.serialize_headers() + b"\r\n\r\n" + answer.content)
        except OSError:
            self.log.debug("nobody waits for the answer any more")


class Hurried:
    """A socket that is read until a moment, by the clock of `time.monotonic()`."""

    def __init__(self, sock: socket.socket, until: float) -> None:
        self.sock, self.until = sock, until

    def recv(self, size: int) -> bytes:
        if (left := self.until - time.monotonic()) <= 0:
            raise TimeoutError
        self.sock.settimeout(left)
        return self.sock.recv(size)


def hear_out(req: Any, conn: Any) -> bool:
    """Whether all of this request was read; when it was not, no other can follow on its connection."""
    reader = conn.parser.unreader
    reader.sock = Hurried(conn.sock, time.monotonic() + PATIENCE)
    with suppress(OSError, errors.ParseException):
        for _ in range(MOST_HEARD // CHUNK):
            if not req.body.read(CHUNK):
                reader.sock = conn.sock
                return not req.body.failed
    with suppress(OSError):
        conn.sock.shutdown(socket.SHUT_RD)  # else gunicorn waits once more, where it lets others in
    return False


class Unread(HttpRequest):
    """Of which nobody knows what it asked; told as to who speaks https, and others do not heed it."""

    def _get_scheme(self) -> str:
        return "https"


def dressed(page: str, status: int) -> HttpResponse:
    """An answer with the headers that every other has."""

    def answer(_: HttpRequest) -> HttpResponse:
        return HttpResponse(page, status=status)

    for middleware in reversed(settings.HEADERS_OF_EVERY_ANSWER):
        answer = import_string(middleware)(answer)
    return answer(Unread())
