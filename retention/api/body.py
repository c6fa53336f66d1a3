"""The body of a delivery: JSON, read in bounded time and memory. What cannot be read is a `BadBody`; what is in it is
for `retention/intake`.
"""

import json
import re
from typing import Any, NoReturn

from django.http import HttpRequest
from django.http.request import UnreadablePostError

LARGEST = 1024**2
PIECE = 64 * 1024
THROWN_AWAY = 16 * LARGEST
"""So much of a body that is too large is read after all, so that whoever sends it hears why it is refused."""

NOT_JSON = "Stuur JSON: zet in de kop Content-Type ‘application/json’."
TOO_LARGE = "Stuur hoogstens 1 MiB tegelijk. Verdeel de opnamen over meer aanvragen."
NOT_UTF8 = "De tekst is geen UTF-8, of begint met een byte order mark. Stuur kale UTF-8."
NOT_WELL_FORMED = "Dit is geen geldige JSON. Kijk na wat uw programma stuurt."
TOO_DEEP = "De JSON is te diep genest. Stuur één opname als object, of een lijst van opnamen."
TWICE = "Een veld staat er twee keer in. Stuur elk veld één keer."
NUMBER = "Er staat een getal in dat geen JSON is of veel te lang. Gebruik alleen gewone getallen."
NO_LENGTH = "In de kop Content-Length staat geen aantal bytes. Stuur een heel getal."
BROKEN_OFF = "De aanvraag is niet helemaal aangekomen. Stuur haar opnieuw."


class BadBody(Exception):
    def __init__(self, code: int, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


class _Twice(ValueError):
    """A field stands in an object twice."""


def read_json(request: HttpRequest) -> Any:
    """What was sent. Raises `BadBody`."""
    if request.content_type != "application/json":
        raise BadBody(415, NOT_JSON)
    return parsed(_received(request))


def parsed(body: bytes) -> Any:
    """Raises `BadBody`; the same for every way in which text is no JSON, so that nothing of it is repeated."""
    try:
        return json.loads(_text(body), object_pairs_hook=_once, parse_constant=_no_number)
    except _Twice as error:
        raise BadBody(400, TWICE) from error
    except RecursionError as error:
        raise BadBody(400, TOO_DEEP) from error
    except json.JSONDecodeError as error:
        raise BadBody(400, NOT_WELL_FORMED) from error
    except ValueError as error:  # more digits than Python reads, or NaN
        raise BadBody(400, NUMBER) from error


def _length(said: str) -> int:
    if not re.fullmatch("[0-9]{1,15}", said):
        raise BadBody(400, NO_LENGTH)
    return int(said)


def _received(request: HttpRequest) -> bytes:
    try:
        length = _length(request.META.get("CONTENT_LENGTH") or "0")
        body: bytes = request.read(LARGEST + 1)
        if max(length, len(body)) > LARGEST:
            thrown_away = len(body)
            while thrown_away < THROWN_AWAY and (piece := request.read(PIECE)):
                thrown_away += len(piece)
            raise BadBody(413, TOO_LARGE)
    except (OSError, UnreadablePostError) as error:
        raise BadBody(400, BROKEN_OFF) from error
    return body


def _text(body: bytes) -> str:
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise BadBody(400, NOT_UTF8) from error
    if text.startswith("\ufeff"):
        raise BadBody(400, NOT_UTF8)
    return text


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Twice
    return found


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)
