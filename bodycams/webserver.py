"""What the web server itself says to a request that reaches no page: headers without end, an address that is too long,
something that is no HTTP. In our words, or as the API says no, with our headers, and without a line in the log that
quotes what was sent. And how long it has patience with who sends or takes slowly.
"""

import errno
import math
import re
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from gunicorn.http import errors
from gunicorn.workers.gthread import ThreadWorker

from bodycams.api.manners import PLACE
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

OPENS = 5.0
"""Seconds for what a request asks; what it sends along has longer."""
SILENCE = 15.0
"""Seconds that a request may be silent halfway."""
STANDSTILL = 30.0
"""Seconds in which nothing of an answer is taken: a film that was paused goes on with another request."""
SLOWEST = 4096
"""Bytes a second. Who is slower has no more than the seconds above for all of it."""
PATIENCE = 2.0
"""Seconds that what comes after the answer is listened to."""
MOST_HEARD = 64 * 1024**2
CHUNK = 256 * 1024
OPENING = 300
TO_THE_API = re.compile(rb"(?:\r\n)?\S+ (?:https?://[^/ ]*)?" + PLACE.encode())


class Connection(socket.socket):
    """One that is read and written no longer than somebody needs who keeps a pace, so that nobody holds a thread by
    sending or taking a byte now and then.
    """

    seconds, pace, is_understood, opening = 0.0, float(SLOWEST), False, b""
    until: float | None = None

    def begin(self, already: bytes) -> None:
        """A request, of which this was read with the one before."""
        self.is_understood, self.opening = False, already[:OPENING]
        self.listen_for(OPENS, SLOWEST)

    def listen_for(self, seconds: float, pace: float) -> None:
        """So long, and longer by what comes in; from when we listen, so that nobody pays for what we wait for."""
        self.seconds, self.until, self.pace = seconds, None, pace

    def recv(self, size: int, flags: int = 0) -> bytes:
        """Nothing when it takes too long, as when the other end hangs up. A body that ends so is no body: else what
        stands in half a form would be taken for all of it.
        """
        now = time.monotonic()
        until = now + self.seconds if self.until is None else self.until
        data, left = b"", min(SILENCE, until - now)
        if left > 0:
            self.settimeout(left)
            with suppress(TimeoutError):
                data = super().recv(size, flags)
        if not data and self.is_understood:
            raise ConnectionResetError(errno.ECONNRESET, "the request breaks off")
        self.until = until + len(data) / self.pace
        self.opening += data[: OPENING - len(self.opening)]
        return data

    def sendall(self, data: Any, flags: int = 0) -> None:
        rest, until = memoryview(data), time.monotonic() + STANDSTILL + len(data) / SLOWEST
        while rest:
            self.settimeout(max(min(STANDSTILL, until - time.monotonic()), 0.001))
            try:
                rest = rest[self.send(rest, flags) :]
            except TimeoutError:
                raise BrokenPipeError(errno.EPIPE, "nobody takes the answer") from None


class Worker(ThreadWorker):
    """The usual one, with several threads."""

    def handle(self, conn: Any) -> Any:
        if not isinstance(conn.sock, Connection):
            conn.sock = Connection(fileno=conn.sock.detach())
        conn.sock.begin(conn.parser.unreader.buf.getvalue() if conn.parser else b"")
        goes_on = super().handle(conn)
        if goes_on is False:
            with suppress(OSError):
                conn.sock.shutdown(socket.SHUT_RD)  # else gunicorn waits once more, where it lets others in
        return goes_on

    def handle_request(self, req: Any, conn: Any) -> bool:
        """What is still coming when the answer was given is heard out for a moment, and forgotten: a browser that is
        sending when the connection closes shows that, and not the page that says why. What was not read to its end is
        followed by no other request.
        """
        conn.sock.is_understood = True
        conn.sock.listen_for(SILENCE, SLOWEST)
        goes_on = super().handle_request(req, conn)
        return hear_out(conn.sock, req.body.read) and not req.body.failed and goes_on

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:
        if not isinstance(exc, errors.ParseException) or isinstance(exc, OURS):
            self.log.exception("a request could not be handled")
            page, status = plain_page("500.html"), 500
        else:
            self.log.warning("a request could not be read: %s", type(exc).__name__)
            status, reason = ANSWERS.get(type(exc), (400, ""))
            page = plain_page("400.html", {"code": status, "reason": reason})
        answer = dressed(page, status, PLACE if TO_THE_API.match(client.opening) else "")
        answer.headers["Connection"], answer.headers["Content-Length"] = "close", str(len(answer.content))
        first = f"HTTP/1.1 {answer.status_code} {answer.reason_phrase}\r\n"
        try:
            client.sendall(first.encode("ascii") + answer.serialize_headers() + b"\r\n\r\n" + answer.content)
            hear_out(client, client.recv)
        except OSError:
            self.log.debug("nobody waits for the answer any more")


def hear_out(sock: Connection, read: Callable[[int], bytes]) -> bool:
    """Whether there came an end to what is read."""
    sock.listen_for(PATIENCE, math.inf)
    with suppress(OSError, errors.ParseException):
        for _ in range(MOST_HEARD // CHUNK):
            if not read(CHUNK):
                return True
    return False


class Unread(HttpRequest):
    """Of which nobody knows what it asked; told as to who speaks https, and others do not heed it."""

    def _get_scheme(self) -> str:
        return "https"


def dressed(page: str, status: int, path: str) -> HttpResponse:
    """An answer with the headers that every other has; a problem where the API is."""

    def answer(_: HttpRequest) -> HttpResponse:
        return HttpResponse(page, status=status)

    for middleware in reversed(settings.OF_EVERY_ANSWER):
        answer = import_string(middleware)(answer)
    request = Unread()
    request.path = path
    return answer(request)
