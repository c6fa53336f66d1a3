"""What holds for every request and answer, whatever page it is for: caching, methods, what is sent, control characters.

The id of a request, the end of a session and the keeping of typed text have rooms of their own.
"""

import re
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict, UnreadablePostError
from django.shortcuts import render

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
METHODS = ("GET", "HEAD", "POST", "PUT", "OPTIONS")
OF_BROWSERS = ("GET", "POST")

GetResponse = Callable[[HttpRequest], HttpResponse]


class ControlCharacter(SuspiciousOperation):
    """Something that no keyboard types: answered with 400."""


class BrokenOff(BadRequest):
    """A form of which not all came in: answered with 400."""


class NoStore:
    """No answer is kept by browser or proxy, unless the page says so itself."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class KnownMethods:
    """A method that no page knows is refused at the door; which of the others a page knows, the page says. What a
    browser asks gets a page for an answer.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and request.method in OF_BROWSERS:
            response.content = render(request, "405.html").content
            response.headers["Content-Length"] = str(len(response.content))
        return response


class Readable:
    """A control character in path, query or cookie is refused before anything looks it up: PostgreSQL knows no NUL. And
    so is half a form.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if any(map(has_control_character, [request.path, *request.COOKIES.values(), *texts(request.GET)])):
            raise ControlCharacter("control character in the address")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """A form that breaks off is refused here, before anybody takes the request for one without a token."""
        if request.method == "POST" and not getattr(view, "csrf_exempt", False):
            try:
                request.POST  # noqa: B018  # reading it is the check
            except UnreadablePostError as error:
                raise BrokenOff("the form breaks off") from error


def has_control_character(text: str) -> bool:
    return CONTROL.search(text) is not None


def texts(typed: QueryDict) -> Iterator[str]:
    """Every name and value, in no particular order."""
    return chain(typed.keys(), *(values for _, values in typed.lists()))


def without_control_characters(text: str) -> str:
    return CONTROL.sub("", text)
