"""A document that the worker is making: the page that says so and looks again by itself, until it is there."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bodycams import heartbeat
from bodycams.errors import unavailable

LOOKS_AGAIN = 3
"""Seconds after which the page asks anew."""


def no_worker(what: str) -> str:
    """Said when nobody makes `what` ("de brief")."""
    return f"Er is nu niemand die {what} maakt. Probeer het over een paar minuten opnieuw, of waarschuw de beheerder."


def being_made(request: HttpRequest, template: str, context: dict[str, Any], what: str) -> HttpResponse:
    """The page `template` with status 202; 503 when there is no worker that could make `what`."""
    if not heartbeat.is_heard(heartbeat.WORKER):
        return unavailable(request, no_worker(what))
    return looking_again(render(request, template, {**context, "url": request.get_full_path()}, status=202))


def looking_again(response: HttpResponse) -> HttpResponse:
    """The page, which the browser loads anew by itself; without any script."""
    response["Refresh"] = str(LOOKS_AGAIN)
    return response
