"""How the server of the browser tests gives static files: the stylesheet as one file and all of them to be kept, as in
production. Else each page of a new browser asks for eighty files, and each next page whether they changed. Axe is one
of them.
"""

import mimetypes
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.http import Http404, HttpRequest, HttpResponse

from bodycams.staticfiles import STYLESHEET, inlined

AXE = Path(__file__).parent / "assets" / "axe.min.js"


def serve(handler: StaticFilesHandler, request: HttpRequest) -> HttpResponse:
    """In the place of `StaticFilesHandler.serve`, which looks in all folders each time."""
    name = handler.file_path(request.path)
    if name != AXE.name and name not in files():
        raise Http404(name)
    kind = mimetypes.guess_type(name)[0]
    return HttpResponse(content(name), content_type=kind, headers={"Cache-Control": "max-age=3600"})


@cache
def files() -> dict[str, Any]:
    """Name -> where it is: (storage, path)."""
    return {path: (storage, path) for finder in get_finders() for path, storage in finder.list([])}


@cache
def content(name: str) -> bytes:
    if name == AXE.name:
        return AXE.read_bytes()
    if name == STYLESHEET:
        return inlined(files()).encode()
    storage, path = files()[name]
    with storage.open(path) as file:
        found: bytes = file.read()
    return found
