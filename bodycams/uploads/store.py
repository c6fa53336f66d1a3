"""Where files stay: under random names in `BODYCAMS_HOME/media`, outside everything that a web server hands out. They
are given back only by a page that looked who asks.
"""

import hashlib
import logging
import os
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import IO, NamedTuple, cast

from django.conf import settings
from django.db import models, transaction
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from bodycams.middleware import without_control_characters
from bodycams.uploads.arrival import NO_ROOM, Arrived
from bodycams.uploads.kinds import KINDS, FileKind, Unfit, recognise

LONGEST_NAME = 150
CHUNK = 64 * 1024

logger = logging.getLogger(__name__)


class NotKept(Exception):
    """The disk is full or does not answer; the message is a Dutch sentence."""


class KeptFile(models.Model):
    """A file that is kept: made abstract here, and a table in each app that has files of its own.

    Its id is its name on the disk. `sha256` is of the bytes as they came in, and as they go out again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField("naam", max_length=LONGEST_NAME)
    mime = models.CharField(max_length=100, choices=[(kind.mime, kind.label) for kind in KINDS.values()])
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        abstract = True

    @property
    def kind(self) -> FileKind:
        return KINDS[self.mime]


class Accepted(NamedTuple):
    """A file that was looked at and may be kept."""

    file: IO[bytes]
    name: str
    kind: FileKind


def accept(arrived: Arrived) -> Accepted:
    """Look at what came in. Raises `Unfit`."""
    if arrived.refusal:
        raise Unfit(arrived.refusal)
    file = cast(IO[bytes], arrived.file)
    kind = recognise(file)
    name = kind.name(" ".join(without_control_characters(arrived.name or "").split()))
    return Accepted(file, shortened(name), kind)


def shortened(name: str) -> str:
    """A name that fits its column, with its ending."""
    stem, _, ending = name.rpartition(".")
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"


def path_of(pk: uuid.UUID) -> Path:
    return Path(settings.MEDIA_ROOT) / "files" / pk.hex[:2] / pk.hex


@contextmanager
def keeping(files: Sequence[Accepted]) -> Iterator[list[dict[str, object]]]:
    """The files are on the disk for the block that makes their rows: it is given the columns of a `KeptFile` for each.
    When the block fails they are gone again. Raises `NotKept` when the disk has no room; then none of them stays.
    """
    with ExitStack() as written:
        yield [_write(one, written) for one in files]
        written.pop_all()


def _write(one: Accepted, written: ExitStack) -> dict[str, object]:
    """Write a file down whole, under its name only when it is."""
    pk, digest, size = uuid.uuid4(), hashlib.sha256(), 0
    path = path_of(pk)
    unfinished = path.with_suffix(".part")
    written.callback(_unlink, path)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        one.file.seek(0)
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as to:
            while chunk := one.file.read(CHUNK):
                digest.update(chunk)
                size += to.write(chunk)
            to.flush()
            os.fsync(to.fileno())
        unfinished.rename(path)
        for folder in (path.parent, path.parent.parent):  # else the row can outlive its file when the power fails
            _write_down(folder)
    except OSError as error:
        _unlink(unfinished)
        logger.exception("a file could not be written")
        raise NotKept(NO_ROOM) from error
    return {"pk": pk, "name": one.name, "mime": one.kind.mime, "size": size, "sha256": digest.hexdigest()}


def _write_down(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def remove(files: Sequence[KeptFile]) -> None:
    """Take files off the disk once the transaction that removes their rows is done."""
    for path in [path_of(one.pk) for one in files]:
        transaction.on_commit(partial(_unlink, path))


def _unlink(path: Path) -> None:
    """What is not there, or cannot be reached, is not there."""
    with suppress(OSError):
        path.unlink()


def give(kept: KeptFile) -> HttpResponse:
    """The file as it came in, to be saved and never shown by the browser itself. Whoever calls looked who asks, and
    writes the journal. A file that is gone or is not what it was is not given.
    """
    try:
        content = path_of(kept.pk).read_bytes()
    except OSError:
        content = b""
    if hashlib.sha256(content).hexdigest() != kept.sha256:
        logger.error("a kept file is gone or changed", extra={"file": str(kept.pk)})
        raise Http404("Dit bestand is er niet meer, of niet meer zoals het is bewaard.")
    disposition = content_disposition_header(True, kept.name)
    headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=kept.mime, headers=headers)
