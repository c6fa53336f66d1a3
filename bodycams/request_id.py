"""Every request gets an id, which stands in each line of the log, in the response and in the journal's entries.

One line per request is logged: method, route, status and duration. The route, not the path or the query: those hold
what people typed, and the secret part of a link to choose a password.
"""

from collections.abc import Callable
from time import perf_counter
from uuid import uuid4

import structlog
from django.http import HttpRequest, HttpResponse

from journal.origin import origin

HEADER = "X-Request-ID"
log = structlog.get_logger("bodycams.request")


class RequestId:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = uuid4().hex
        began = perf_counter()
        token = origin.set(request_id)
        structlog.contextvars.clear_contextvars()  # at the start: Django logs a little after the end
        structlog.contextvars.bind_contextvars(request_id=request_id)
        try:
            response = self.get_response(request)
        finally:
            origin.reset(token)
        _log(request, response, perf_counter() - began)
        response.headers[HEADER] = request_id
        return response


def _log(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    if request.path.startswith("/health/") and response.status_code < 400:
        return
    log.info(
        "request",
        method=request.method if request.method in ("GET", "HEAD", "POST", "OPTIONS", "PUT") else "?",
        route=f"/{request.resolver_match.route}" if request.resolver_match else "?",
        status=response.status_code,
        ms=round(seconds * 1000),
    )
