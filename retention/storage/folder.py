"""Recordings in a folder of this machine, or of a disk that is attached to it.

The folder holds a file `~bodycamregister`. A disk that fell off leaves an empty folder behind, in which everything
would seem to be destroyed: without that file nothing is answered. Whoever runs the register makes both; in a
demonstration they are made here, together. No key has a `~`, so it cannot be asked for; nor can what is being written.

Every name is looked up from the folder down without following symbolic links (`dir_fd`, `O_NOFOLLOW`). A file that has
another name beside this one is not deleted: its bytes would stay.
"""

import errno
import os
import uuid
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path

from retention.storage.entries import (
    FOLDER,
    MARK,
    UNDER_ANOTHER,
    UNFINISHED,
    errors_said,
    files_in,
    is_folder,
    not_gone,
    regular,
    said,
    stepped,
    unlinked,
    write_all,
)
from retention.storage.interface import (
    CHUNK,
    LISTED,
    OTHER_FILE,
    THREADS,
    Checked,
    Outcome,
    Pieces,
    Readable,
    Storage,
    StorageError,
    Stored,
    Untouched,
    WrongContent,
    checked_key,
    chunked,
)

READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC

NOT_ATTACHED = f"De map met opnamen is er niet, of is een andere. Koppel de schijf aan; in de map staat {MARK}."


class Folder(Storage):
    def __init__(self, root: Path, *, make: bool = False) -> None:
        self.root, self.make = root, make

    def size(self, key: str) -> int | None:
        with self._parent(key) as (folder, name):
            found = regular(folder, name) if folder is not None else None
        return found.st_size if found else None

    def open(self, key: str, start: int = 0, length: int | None = None) -> Pieces | None:
        with self._parent(key) as (folder, name):
            if folder is None or regular(folder, name) is None:
                return None
            file = os.open(name, READ, dir_fd=folder)
        try:
            size = os.fstat(file).st_size
            os.lseek(file, start, os.SEEK_SET)
        except OSError as error:
            os.close(file)
            raise said(error) from error
        left = max(0, size - start)
        return FilePieces(file, left if length is None else min(length, left))

    def write(self, key: str, content: Readable, size: int, sha256: str) -> None:
        with self._parent(key, make=True) as (folder, name):
            assert folder is not None  # noqa: S101  # it was made
            if is_folder(folder, name):
                raise WrongContent(UNDER_ANOTHER)
            if regular(folder, name):
                self._refuse_another(key, sha256)
                return
            with self._unfinished() as (waiting, unfinished):
                written = os.open(unfinished, NEW, 0o600, dir_fd=waiting)
                with os.fdopen(written, "wb", buffering=0) as file:
                    for piece in Checked(content, size, sha256).pieces():
                        write_all(file.fileno(), piece)
                    os.fsync(file.fileno())
                os.rename(unfinished, name, src_dir_fd=waiting, dst_dir_fd=folder)
            os.fsync(folder)

    def listing(self, under: str = "") -> Iterator[Sequence[Stored]]:
        with errors_said(), self._root() as root, ExitStack() as opened:
            folder: int | None = root
            for one in checked_key(under).split("/") if under else ():
                folder = stepped(folder, one, opened, make=False) if folder is not None else None
            if folder is not None:
                yield from chunked(files_in(folder, f"{under}/".encode() if under else b""), LISTED)

    def delete_some(self, keys: Sequence[str]) -> dict[str, Outcome | StorageError]:
        """Small folders side by side; of a large one its files. The folder's own change is written down (fsync) once,
        before any is called gone; then all are looked for again.
        """
        folders: dict[str, list[str]] = {}
        for key in keys:
            folder, _, name = key.rpartition("/")
            folders.setdefault(folder, []).append(name)
        found: dict[str, Outcome | StorageError] = {}
        with ThreadPoolExecutor(THREADS) as pool:
            small = {folder: names for folder, names in folders.items() if len(names) <= CHUNK}
            emptied = pool.map(self._emptied, small, small.values())
            for folder in folders.keys() - small.keys():
                found |= self._emptied(folder, folders[folder], pool)
            for one in emptied:
                found |= one
        return found

    def _emptied(
        self, folder: str, names: list[str], pool: ThreadPoolExecutor | None = None
    ) -> dict[str, Outcome | StorageError]:
        """Of these files of one folder what became of them, by their keys; with the help of `pool`."""
        keys = [f"{folder}/{name}" for name in names] if folder else names
        try:
            with self._parent(keys[0]) as (opened, _):
                if opened is None:
                    return dict.fromkeys(keys, Outcome.ABSENT)
                outcomes: list[Outcome | StorageError] = []
                for some in (pool.map if pool else map)(partial(unlinked, opened), chunked(names, CHUNK)):
                    outcomes += some
                os.fsync(opened)
                gone = [name for name, outcome in zip(names, outcomes, strict=True) if outcome is Outcome.DELETED]
                left = not_gone(opened, gone)
        except StorageError as error:
            return dict.fromkeys(keys, error)
        found = dict(zip(keys, outcomes, strict=True))
        return found | {f"{folder}/{name}" if folder else name: error for name, error in left.items()}

    def _refuse_another(self, key: str, sha256: str) -> None:
        if self.sha256(key) != sha256:
            raise StorageError(OTHER_FILE)

    def clear_unfinished(self, before: datetime) -> int:
        cleared = 0
        with errors_said(), self._waiting() as waiting, os.scandir(waiting) as entries:
            for entry in entries:
                if entry.stat(follow_symlinks=False).st_mtime < before.timestamp():
                    os.unlink(entry.name, dir_fd=waiting)
                    cleared += 1
            os.fsync(waiting)
        return cleared

    @contextmanager
    def _root(self) -> Iterator[int]:
        """The folder itself, open. Raises `StorageError` when it is not the one that belongs to this register."""
        try:
            folder = os.open(self.root, FOLDER & ~os.O_NOFOLLOW)
        except FileNotFoundError as error:
            if not self.make:
                raise Untouched(NOT_ATTACHED) from error
            folder = self._made()
        try:
            if regular(folder, MARK) is None:
                raise Untouched(NOT_ATTACHED)
            yield folder
        finally:
            os.close(folder)

    def _made(self) -> int:
        """A folder that is not there yet, with its mark. Another process may be making it at the same moment."""
        with suppress(FileExistsError):
            self.root.parent.mkdir(parents=True, exist_ok=True)
            new = self.root.with_name(f"{self.root.name}.{uuid.uuid4().hex}")
            new.mkdir(mode=0o700)
            (new / MARK).touch(mode=0o600)
            try:
                new.rename(self.root)
            except OSError as error:
                (new / MARK).unlink()
                new.rmdir()
                if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                    raise
        return os.open(self.root, FOLDER & ~os.O_NOFOLLOW)

    @contextmanager
    def _parent(self, key: str, *, make: bool = False) -> Iterator[tuple[int | None, str]]:
        """The folder in which `key` is, open, and its name there; None when there is no such folder."""
        *folders, name = checked_key(key).split("/")
        with errors_said(), self._root() as root, ExitStack() as opened:
            folder: int | None = root
            for one in folders:
                folder = stepped(folder, one, opened, make=make) if folder is not None else None
            yield folder, name

    @contextmanager
    def _waiting(self) -> Iterator[int]:
        """The folder, open, in which files are until they are whole."""
        with self._root() as root, ExitStack() as opened:
            folder = stepped(root, UNFINISHED, opened, make=True)
            assert folder is not None  # noqa: S101  # it was made
            yield folder

    @contextmanager
    def _unfinished(self) -> Iterator[tuple[int, str]]:
        """Where a file is until it is whole, and its name there; nothing stays of it when it is not finished."""
        with self._waiting() as folder:
            name = uuid.uuid4().hex
            try:
                yield folder, name
            except BaseException:
                with suppress(OSError):
                    os.unlink(name, dir_fd=folder)
                raise


class FilePieces(Pieces):
    def __init__(self, file: int, length: int) -> None:
        super().__init__(length)
        self._file: int | None = file

    def read(self, size: int) -> bytes:
        if self._file is None:
            return b""
        with errors_said():
            return os.read(self._file, size)

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None
