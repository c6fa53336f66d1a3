"""What stands under one name in a folder that is open: found, stepped into, deleted, listed. No symbolic link is
followed. Every error of the system becomes a sentence.
"""

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime

from bodycams.checks import RECORDINGS_MARK
from retention.storage.interface import Outcome, StorageError, Stored, Untouched, WrongContent

MARK, UNFINISHED = RECORDINGS_MARK, "~unfinished"
LISTED_FOR_ONE = 256
"""Bytes of a folder that are read as fast as one name is asked for."""
NOT_LISTED = (os.fsencode(MARK), os.fsencode(UNFINISHED) + b"/", b"lost+found/")
"""What is in the folder itself and no recording: the last is what a file system makes, for nobody to read."""
FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC

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


def unlinked(folder: int, names: Sequence[str]) -> list[Outcome | StorageError]:
    """Of each name what became of it; not called gone yet. In one loop with two calls a file: destroying 100,000 files
    is mostly this.
    """
    outcomes: list[Outcome | StorageError] = []
    look, unlink, is_deleted = os.stat, os.unlink, Outcome.DELETED
    for name in names:
        try:
            found = look(name, dir_fd=folder, follow_symlinks=False)
            if found.st_mode & 0o170000 == stat.S_IFREG and found.st_nlink == 1:
                unlink(name, dir_fd=folder)
                outcomes.append(is_deleted)
            elif stat.S_ISDIR(found.st_mode):
                outcomes.append(Outcome.ABSENT)
            else:
                outcomes.append(Untouched(OTHER_NAME if stat.S_ISREG(found.st_mode) else NO_FILE))
        except FileNotFoundError:  # also when another run was here a moment ago
            outcomes.append(Outcome.ABSENT)
        except OSError as error:
            outcomes.append(said(error))
    return outcomes


def is_worth_listing(folder: int, names: int) -> bool:
    """Whether a list of the whole folder is cheaper than asking for so many names: how many are in it is guessed by its
    own size.
    """
    return os.fstat(folder).st_size <= names * LISTED_FOR_ONE


def not_gone(folder: int, names: Sequence[str]) -> dict[str, StorageError]:
    """Those of these deleted names of which the folder, asked again, does not say that they are gone."""
    if is_worth_listing(folder, len(names)):
        return dict.fromkeys(set(names).intersection(os.listdir(folder)), StorageError(STILL_THERE))
    left: dict[str, StorageError] = {}
    for name in names:
        try:
            os.stat(name, dir_fd=folder, follow_symlinks=False)
            left[name] = StorageError(STILL_THERE)
        except FileNotFoundError:
            pass
        except OSError as error:
            left[name] = said(error)
    return left


def files_in(folder: int, before: bytes = b"") -> Iterator[Stored]:
    """All that is in a folder and the folders in it, in the order of the bytes of their keys, whatever they are."""
    with os.scandir(folder) as entries:
        names = sorted(os.fsencode(entry.name) + b"/" * entry.is_dir(follow_symlinks=False) for entry in entries)
    for name in names:
        if not before and name in NOT_LISTED:
            continue
        if name.endswith(b"/"):
            try:
                inside = os.open(name[:-1], FOLDER, dir_fd=folder)
            except FileNotFoundError:  # it went while the list was read
                continue
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
