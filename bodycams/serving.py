"""Whether this installation may serve at all. What apps say against it (`only_when`) closes every page and keeps the
worker and commands from every task; health alone goes on.

Each connection with the database is asked at its start and then once a minute: whatever is put in the place of a
database is reached by another, and what is put into it is seen a minute later.
"""

import logging
import threading
import time
from collections.abc import Callable

from django.core.management.base import CommandError
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

log = logging.getLogger(__name__)

OPEN = ("/health/", "/.well-known/")
RETRY_AFTER = "60"
ASK_AGAIN = 60.0
"""Seconds."""

_against: list[Callable[[], str]] = []
_fine = threading.local()


def only_when(why_not: Callable[[], str]) -> None:
    """Have this asked before anything is served: why not, as a Dutch sentence; empty when all is well. Asked on the
    bare connection, so that no page has a query more, and often: it remembers itself what costs much. Called when an
    app starts.
    """
    _against.append(why_not)


def why_not() -> str:
    """Why nothing may be served from the database now; empty when it may."""
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    if getattr(_fine, "connection", None) is connection.connection and time.monotonic() < _fine.until:
        return ""
    reason = next(filter(None, (asked() for asked in _against)), "")
    if not reason:
        _fine.connection, _fine.until = connection.connection, time.monotonic() + ASK_AGAIN
    return reason


def refuse_unless_serving() -> None:
    """For commands: what may not be served, they neither show nor add to. Raises `CommandError`."""
    if reason := why_not():
        raise CommandError(reason)


def forget() -> None:
    """Ask again; for who changed what the answer rests on."""
    _fine.connection = None


class Serving:
    """Before anything is read of the database: a page that says why there is no other."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reason = "" if request.path.startswith(OPEN) else self._reason()
        if not reason:
            return self.get_response(request)
        log.error("nothing is served: %s", reason)
        response = render(None, "not_serving.html", {"reason": reason}, status=503)
        response["Retry-After"] = RETRY_AFTER
        return response

    def _reason(self) -> str:
        """A database that does not answer is for the page to say."""
        try:
            return why_not()
        except Error:
            return ""
