"""HTML in, PDF out: the one room of WeasyPrint, which is imported inside a function since that costs a second.

The PDF is for the archive (PDF/A-3a) and for everybody (PDF/UA-1), carries its fonts, and has the same bytes for the
same HTML. While it is made nothing is fetched but our own static files and what stands in the HTML itself. Only for the
worker and for commands, never in a web process. Not here: what the HTML says (`templates/pdf/`), tags (`tags.py`),
what an archive asks (`archive.py`), long documents (`parts.py`), signing (`signing.py`).
"""

import gc
import hashlib
import mimetypes
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

from django.conf import settings

from bodycams.embedded import pango
from bodycams.embedded.bootstrap import Failure

STATIC: Path = settings.BASE_DIR / "static"
BASE = "https://static.invalid/"
"""What relative addresses in the HTML are relative to. The name never exists (RFC 2606); `static_file` reads a file."""
RARELY = (200_000, 50, 1_000)
"""Layout makes millions of small objects and little garbage: collecting rarely saves a tenth of the time."""

_one_at_a_time = threading.Lock()


class Unavailable(Exception):
    """This machine cannot make PDFs; the message is the sentence that says so, with the command that mends it."""


class Enclosed(NamedTuple):
    """A file inside a PDF. `relationship` says what it is to the text: "Data", "Alternative" (ISO 19005-3, E.2)."""

    name: str
    content: bytes
    description: str
    relationship: str
    dated: datetime


def write_pdf(html: str, css: str = "", enclosed: Sequence[Enclosed] = (), *, is_to_be_signed: bool = False) -> bytes:
    """The document as PDF. `css` says what the stylesheets that the HTML names leave open (or is `!important`)."""
    weasyprint = library()
    contents = [(html + css).encode(), *(file.content for file in enclosed)]
    with _one_at_a_time, little_garbage_collection():
        return bytes(
            weasyprint.HTML(string=html, base_url=BASE, url_fetcher=own_files()).write_pdf(
                stylesheets=[weasyprint.CSS(string=css)] if css else None,
                attachments=list(map(_attachment, enclosed)),
                pdf_variant="pdf/a-3a",
                pdf_identifier=hashlib.sha256(b"".join(contents)).digest()[:16],
                finisher=partial(_finish, is_to_be_signed),
            )
        )


def _attachment(file: Enclosed) -> Any:
    moment = file.dated.astimezone(UTC)
    return library().Attachment(
        string=file.content,
        name=file.name,
        description=file.description,
        relationship=file.relationship,
        created=moment,
        modified=moment,
    )


@cache
def library() -> Any:
    """WeasyPrint, once its libraries and our fonts are known to this process. Raises `Unavailable`."""
    try:
        pango.prepare(settings.HOME / "fonts")
    except Failure as failure:
        raise Unavailable(f"PDF niet beschikbaar: {failure}") from None
    import weasyprint

    return weasyprint


def static_file(address: str) -> Path:
    """The file under `static/` that an address stands for. Raises ValueError for any other address."""
    if not address.startswith(BASE):
        raise ValueError(f"not one of our own files: {address}")
    path = (STATIC / unquote(address.removeprefix(BASE))).resolve()
    if not path.is_relative_to(STATIC.resolve()):
        raise ValueError(f"outside the static files: {address}")
    return path


@cache
def unpacked(font: Path) -> bytes:
    """A font as it is laid out with. WeasyPrint would unpack it for each document, longer than a short one takes."""
    from fontTools.ttLib import woff2

    content = BytesIO()
    with font.open("rb") as packed:
        woff2.decompress(packed, content)
    return content.getvalue()


def own_files() -> Any:
    """What WeasyPrint fetches with."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):
        """Hands out data: and our own static files, nothing else."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            path = static_file(url)
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            content = unpacked(path) if path.suffix == ".woff2" else path.read_bytes()
            return URLFetcherResponse(url, content, {"Content-Type": kind})

    return OwnFiles(allowed_protocols=["data"])


def _finish(is_to_be_signed: bool, document: Any, pdf: Any) -> None:
    """WeasyPrint's `finisher`: called when the PDF is complete but not written yet."""
    from bodycams.pdf import archive, tags

    tree = tags.finish(document, pdf)
    if is_to_be_signed:
        archive.leave_room_for_a_signature(tree)
    archive.name_files_once(pdf)
    archive.declare(pdf)


@contextmanager
def little_garbage_collection() -> Iterator[None]:
    """What is there already is left alone meanwhile, and what comes is looked through rarely."""
    usual = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()
