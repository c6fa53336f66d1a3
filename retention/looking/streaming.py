"""The bytes of a recording as an answer: whole, a part (RFC 9110, section 14), or with its conditions in a ZIP. Never
more than a piece of it is in memory. Who may have them was asked before, and is asked again while they go out.
"""

import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from time import monotonic
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from retention.storage import Pieces, Storage
from workflow.clock import AMSTERDAM

KINDS = (
    (re.compile(rb".{4}ftypqt  ", re.DOTALL), "video/quicktime", "mov"),
    (re.compile(rb".{4}ftyp", re.DOTALL), "video/mp4", "mp4"),
    (re.compile(rb"\x1a\x45\xdf\xa3.{0,60}webm", re.DOTALL), "video/webm", "webm"),
    (re.compile(rb"OggS"), "video/ogg", "ogv"),
)
"""What a player in a browser knows, by the first bytes of the file."""
UNKNOWN = "application/octet-stream", "bin"
FIRST = 80
LOOKS_AGAIN = 5.0
"""Seconds after which it is asked once more whether the rest may go out."""
RANGE = re.compile(r"bytes=(?P<first>\d{0,15})-(?P<last>\d{0,15})")


class NotThere(Exception):
    """The storage does not have the file, or it was never received for this recording."""


class Unsatisfiable(Exception):
    """The part that is asked for lies outside the file: 416."""


class Ended(Exception):
    """What was going out may not any more: the connection is broken off, so that nobody takes it for the whole."""


class Watched(Pieces):
    """What goes out for as long as it may: `goes_on` is asked every few seconds, whatever the pace of the reader."""

    def __init__(self, pieces: Pieces, goes_on: Callable[[], bool]) -> None:
        super().__init__(pieces.length)
        self._pieces, self._goes_on, self._asked_at = pieces, goes_on, monotonic()

    def read(self, size: int) -> bytes:
        if (at := monotonic()) >= self._asked_at + LOOKS_AGAIN:
            if not self._goes_on():
                raise Ended
            self._asked_at = at
        return self._pieces.read(size)

    def close(self) -> None:
        self._pieces.close()


def key_of(recording: Any) -> str:
    """Under which name its file may be read. Raises `NotThere` of a file that was never seen to be this one."""
    if recording.file_seen_at is None:
        raise NotThere
    return str(recording.storage_key)


def kind_of(storage: Storage, key: str) -> tuple[str, str]:
    """Content type, and how a name ends. Raises `NotThere`, and what the storage raises."""
    if (pieces := storage.open(key, 0, FIRST)) is None:
        raise NotThere
    first = b"".join(pieces)
    pieces.close()
    return next(((mime, ending) for look, mime, ending in KINDS if look.match(first)), UNKNOWN)


def part_asked(asked: str, if_range: str, etag: str, size: int) -> tuple[int, int] | None:
    """First byte and number of bytes of the one part that is asked for; None when all is to be sent: nothing was asked,
    or it cannot be read, or there are several parts, or they are of another file. Raises `Unsatisfiable`.
    """
    found = RANGE.fullmatch(asked.strip())
    if not found or (if_range and if_range != etag):
        return None
    first, last = found["first"], found["last"]
    if not first:
        return _last_bytes(last, size)
    end = min(int(last), size - 1) if last else size - 1
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        raise Unsatisfiable
    return int(first), end - int(first) + 1


def _last_bytes(count: str, size: int) -> tuple[int, int] | None:
    if not count:
        return None
    if not int(count) or not size:
        raise Unsatisfiable
    length = min(int(count), size)
    return size - length, length


def played(request: HttpRequest, storage: Storage, recording: Any, goes_on: Callable[[], bool]) -> HttpResponseBase:
    """What the player is sent, for as long as it `goes_on`: all, or the part it asks for. Raises `NotThere`, and what
    the storage raises.
    """
    key, etag = key_of(recording), f'"{recording.sha256}"'
    if (size := storage.size(key)) is None:
        raise NotThere
    headers = {
        "Accept-Ranges": "bytes",
        "ETag": etag,
        "Content-Disposition": "inline",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    asked, status, part = request.headers.get("Range", ""), 200, None
    if request.method == "GET":
        try:
            part = part_asked(asked, request.headers.get("If-Range", ""), etag, size)
        except Unsatisfiable:
            headers |= {"Content-Range": f"bytes */{size}", "Content-Length": "0"}
            return StreamingHttpResponse((), status=416, headers=headers)
    start, length = part or (0, size)
    if part:
        status = 206
        headers["Content-Range"] = f"bytes {start}-{start + length - 1}/{size}"
    headers["Content-Length"] = str(length)
    mime, _ = kind_of(storage, key)
    pieces = storage.open(key, start, length) if request.method == "GET" else ()
    if pieces is None:
        raise NotThere
    sent = Watched(pieces, goes_on) if pieces else ()
    return StreamingHttpResponse(sent, status=status, headers=headers, content_type=mime)


class Parts:
    """What a ZIP writes, to be handed out and forgotten."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._written.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is kept that would have to go anywhere."""

    close = flush

    def taken(self) -> bytes:
        data = b"".join(self._written)
        self._written.clear()
        return data


def zipped(pages: dict[str, bytes], name: str, pieces: Pieces, at: datetime) -> Iterator[bytes]:
    """A ZIP with these pages first and then the file, as it is written; not compressed, since video is already."""
    parts = Parts()
    moment = at.astimezone(AMSTERDAM).timetuple()[:6]
    with zipfile.ZipFile(parts, "w") as archive:
        for page, content in pages.items():
            archive.writestr(zipfile.ZipInfo(page, moment), content)
        with archive.open(zipfile.ZipInfo(name, moment), "w", force_zip64=True) as inside:
            for piece in pieces:
                inside.write(piece)
                yield parts.taken()
    yield parts.taken()


class Zipped:
    """A ZIP on its way out, which lets go of the file when nobody reads on."""

    def __init__(self, pages: dict[str, bytes], name: str, pieces: Pieces, at: datetime) -> None:
        self._pieces, self._parts = pieces, zipped(pages, name, pieces, at)

    def __iter__(self) -> Iterator[bytes]:
        return self._parts

    def close(self) -> None:
        self._parts.close()  # type: ignore[attr-defined]
        self._pieces.close()


def saved(zip_file: Zipped, name: str) -> StreamingHttpResponse:
    headers = {
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return StreamingHttpResponse(zip_file, content_type="application/zip", headers=headers)
