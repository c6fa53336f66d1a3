"""Recordings in a folder of this machine, or of a disk that is attached to it.

The folder holds a file `~bodycamregister`. A disk that fell off leaves an empty folder behind, in which everything
would seem to be destroyed: without that file nothing is answered. Whoever runs the register makes both; in a
demonstration they are made here, together. No key has a `~`, so it cannot be asked for; nor can what is being written.

Every name is looked up from the folder down without following symbolic links (`dir_fd`, `O_NOFOLLOW`). A file that has
another name beside this one is not deleted: its bytes would stay.
"""

import errno
import os
import stat
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from bodycams.checks import RECORDINGS_MARK
from retention.storage.interface import (
    LISTED,
    OTHER_FILE,
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

MARK, UNFINISHED = RECORDINGS_MARK, "~unfinished"
FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC

NOT_ATTACHED = f"De map met opnamen is er niet, of is een andere. Koppel de schijf aan; in de map staat {MARK}."
NO_FILE = "Onder deze naam staat in de opslag geen gewoon bestand. Laat de beheerder kijken wat het is."
UNDER_ANOTHER = (
    "Onder deze naam kan in de opslag geen bestand staan: zij ligt onder die van een ander bestand, of omgekeerd. Lever"
    " de opname aan met een andere opslagsleutel."
)
OTHER_NAME = "Dit bestand staat ook onder een andere naam in de opslag. Laat de beheerder die andere naam weghalen."
STILL_THERE = "Het bestand is er nog nadat het is verwijderd. Probeer het later opnieuw."
BROKEN = "De opslag van opnamen geeft een fout. Laat de beheerder de schijf nakijken en probeer het daarna opnieuw."
SENTENCES = {
    errno.ENOSPC: "De opslag van opnamen is vol. Maak ruimte vrij en probeer het daarna opnieuw.",
    errno.EDQUOT: "De opslag van opnamen is vol. Maak ruimte vrij en probeer het daarna opnieuw.",
    errno.EACCES: "De opslag van opnamen weigert de toegang. Laat de beheerder de rechten van de map nakijken.",
    errno.EPERM: "De opslag van opnamen weigert de toegang. Laat de beheerder de rechten van de map nakijken.",
    errno.EROFS: "In de opslag van opnamen kan nu alleen worden gelezen. Laat de beheerder de schijf nakijken.",
    errno.ETIMEDOUT: "De opslag van opnamen antwoordt niet op tijd. Probeer het later opnieuw.",
    errno.ELOOP: NO_FILE,
    errno.ENOTDIR: NO_FILE,
    errno.EISDIR: NO_FILE,
}


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

    def listing(self) -> Iterator[Sequence[Stored]]:
        with errors_said(), self._root() as root:
            yield from chunked(files_in(root), LISTED)

    def delete_some(self, keys: Sequence[str]) -> dict[str, Outcome | StorageError]:
        found: dict[str, Outcome | StorageError] = {}
        for _, together in groupby(keys, key=lambda key: key.rpartition("/")[0]):
            here = list(together)
            try:
                with self._parent(here[0]) as (folder, _):
                    if folder is None:
                        found |= dict.fromkeys(here, Outcome.ABSENT)
                    else:
                        found.update(zip(here, deleted(folder, [key.rpartition("/")[2] for key in here]), strict=True))
            except StorageError as error:
                found |= dict.fromkeys(here, error)
        return found

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


def stepped(folder: int, name: str, opened: ExitStack, *, make: bool) -> int | None:
    """The folder of this name in `folder`, open; None when there is none, also when a file has that name: nothing can
    be under it. Raises `WrongContent` when the folder cannot be made.
    """
    if make:
        with suppress(FileExistsError):
            os.mkdir(name, 0o700, dir_fd=folder)
            os.fsync(folder)
    try:
        inside = os.open(name, FOLDER, dir_fd=folder)
    except FileNotFoundError:
        return None
    except NotADirectoryError:
        regular(folder, name)  # a link is no answer
        if make:
            raise WrongContent(UNDER_ANOTHER) from None
        return None
    opened.callback(os.close, inside)
    return inside


def regular(folder: int, name: str) -> os.stat_result | None:
    """What a plain file is like; None when there is nothing of this name, or a folder with other files."""
    try:
        found = os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(found.st_mode):
        return None
    if not stat.S_ISREG(found.st_mode):
        raise Untouched(NO_FILE)
    return found


def is_folder(folder: int, name: str) -> bool:
    try:
        return stat.S_ISDIR(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)
    except FileNotFoundError:
        return False


def deleted(folder: int, names: Sequence[str]) -> Iterator[Outcome | StorageError]:
    """Of each name what became of it. The folder's own change is written down (fsync) once, before any is called gone;
    then each is looked for again. In one loop with few calls: destroying 100,000 files is mostly this.
    """
    outcomes: list[Outcome | StorageError] = []
    for name in names:
        try:
            found = os.stat(name, dir_fd=folder, follow_symlinks=False)
            if found.st_mode & 0o170000 == stat.S_IFREG and found.st_nlink == 1:
                os.unlink(name, dir_fd=folder)
                outcomes.append(Outcome.DELETED)
            elif stat.S_ISDIR(found.st_mode):
                outcomes.append(Outcome.ABSENT)
            else:
                outcomes.append(Untouched(OTHER_NAME if stat.S_ISREG(found.st_mode) else NO_FILE))
        except FileNotFoundError:  # also when another run was here a moment ago
            outcomes.append(Outcome.ABSENT)
        except OSError as error:
            outcomes.append(said(error))
    os.fsync(folder)
    for name, outcome in zip(names, outcomes, strict=True):
        try:
            if outcome is Outcome.DELETED:
                os.stat(name, dir_fd=folder, follow_symlinks=False)
                outcome = StorageError(STILL_THERE)
        except FileNotFoundError:
            pass
        except OSError as error:
            outcome = said(error)
        yield outcome


def files_in(folder: int, before: bytes = b"") -> Iterator[Stored]:
    """All that is in a folder and the folders in it, in the order of the bytes of their keys, whatever they are."""
    with os.scandir(folder) as entries:
        names = sorted(os.fsencode(entry.name) + b"/" * entry.is_dir(follow_symlinks=False) for entry in entries)
    for name in names:
        if not before and name in (os.fsencode(MARK), os.fsencode(UNFINISHED) + b"/"):
            continue
        if name.endswith(b"/"):
            inside = os.open(name[:-1], FOLDER, dir_fd=folder)
            try:
                yield from files_in(inside, before + name)
            finally:
                os.close(inside)
        else:
            with suppress(FileNotFoundError):  # it went while the list was read
                found = os.stat(name, dir_fd=folder, follow_symlinks=False)
                key = (before + name).decode(errors="replace")
                yield Stored(key, found.st_size, datetime.fromtimestamp(found.st_mtime, UTC))


def write_all(file: int, piece: bytes) -> None:
    rest = memoryview(piece)
    while rest:
        rest = rest[os.write(file, rest) :]


def said(error: OSError) -> StorageError:
    return StorageError(SENTENCES.get(error.errno or 0, BROKEN))


@contextmanager
def errors_said() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise said(error) from error
