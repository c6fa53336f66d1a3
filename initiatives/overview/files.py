"""The overviews that were made as PDF, on disk: one file for each content, made once however many ask.

A file is named after what its bytes follow from: what is on the overview, and what of ours it is drawn with. Here
web process and worker meet. The web process asks for a document and looks whether it is there; beside it the worker
tells how far it is, or why it failed. While it works it holds a lock that the system takes back when it dies. Not here:
making the document (`pdf.py`), who may have it (`views/overview_pdf.py`).
"""

import fcntl
import hashlib
import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from initiatives.overview.approved import Overview

DRAWN_WITH = (
    "bodycams/charts.py",
    "bodycams/pdf/*.py",
    "bodycams/spreadsheets/*.py",
    "bodycams/templatetags/paper.py",
    "initiatives/choices.py",
    "initiatives/overview/*.py",
    "initiatives/words.py",
    "static/css/components/chart.css",
    "static/css/fonts.css",
    "static/css/pdf/*",
    "static/css/tokens.css",
    "static/fonts/*",
    "templates/components/charts/*",
    "templates/pdf/**/*",
    "workflow/dates.py",
)
"""What the bytes follow from beside the content: another version of one of these makes another document."""
LAID_OUT_BY = ("weasyprint", "pydyf", "fonttools", "pikepdf")
"""The packages of which the same holds. Pango and HarfBuzz come with the machine and are not looked at: others of those
may lay out the same content otherwise.
"""
ASK_AGAIN = 60
"""Seconds without a sign of the worker after which whoever asks may ask anew."""
KEPT = 7 * 24 * 3600
"""Seconds that a document stays after it was last used."""


class Progress(NamedTuple):
    """How far the worker is, in rows (none before it knows), and the sentence that says why it failed, if it did."""

    done: int = 0
    total: int = 0
    failure: str = ""


class Document(NamedTuple):
    """An overview as PDF, there or still to be made."""

    key: str

    @property
    def path(self) -> Path:
        return folder() / f"{self.key}.pdf"

    @property
    def _progress(self) -> Path:
        return folder() / f"{self.key}.progress"

    @property
    def _lock(self) -> Path:
        return folder() / f"{self.key}.lock"

    def is_ready(self) -> bool:
        return self.path.exists()

    def read(self) -> bytes:
        """Its bytes; from now on it is kept for a while again."""
        os.utime(self.path)
        return self.path.read_bytes()

    def ask(self) -> bool:
        """Whether it is up to the caller to have it made: nobody asked yet, or that was long ago without a result."""
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with self._progress.open("x"):
                return True
        except FileExistsError:
            if self.asked_ago() < ASK_AGAIN:
                return False
        self.report(Progress())
        return True

    def forget(self) -> None:
        """As if nobody had asked."""
        self._progress.unlink(missing_ok=True)

    def asked_ago(self) -> float:
        """Seconds since it was asked for, or since the last sign of the worker."""
        try:
            return time.time() - self._progress.stat().st_mtime
        except FileNotFoundError:
            return 0

    def progress(self) -> Progress:
        try:
            return Progress(*json.loads(self._progress.read_text() or "[]"))
        except FileNotFoundError:
            return Progress()

    def report(self, progress: Progress) -> None:
        with half_of(self._progress) as half:
            half.write_text(json.dumps(progress))

    @contextmanager
    def making(self) -> Iterator[Path | None]:
        """For the worker: a place to write it, or None when it is there already or somebody else is making it.

        What was written there is the document afterwards, unless something went wrong.
        """
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._claim() as is_ours:
            if not is_ours or self.is_ready():
                yield None
                return
            with half_of(self.path) as half:
                yield half
            self.forget()

    @contextmanager
    def _claim(self) -> Iterator[bool]:
        """The lock, if nobody has it; it goes with the process that holds it."""
        with self._lock.open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            yield True


def folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "overviews"


def document_of(overview: Overview) -> Document:
    return Document(hashlib.sha256(f"{drawn_with()}\n{overview!r}".encode()).hexdigest())


@cache
def drawn_with() -> str:
    """A digest of everything in `DRAWN_WITH`, and the versions of `LAID_OUT_BY`; not of what comes with the machine."""
    digest = hashlib.sha256(" ".join(map(version, LAID_OUT_BY)).encode())
    for pattern in DRAWN_WITH:
        for path in sorted(settings.BASE_DIR.glob(pattern)):
            if path.is_file():
                digest.update(path.read_bytes())
    return digest.hexdigest()


@contextmanager
def half_of(path: Path) -> Iterator[Path]:
    """A file to write beside `path`, which takes its place when it is whole; a file that is read is never half."""
    half = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}.half")
    try:
        half.touch()
        yield half
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


def remove_unused() -> None:
    """Removes what was not used for a week."""
    for path in folder().glob("*"):
        with suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime > KEPT:
                path.unlink()
