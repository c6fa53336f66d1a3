"""What every storage can do, and what it answers.

"It is not there" is an answer (None, or `Outcome.ABSENT`) and is only given by a storage that was seen to be the right
one and to be well. Everything else that goes wrong is a `StorageError`: a storage that is full, slow, away or broken
never makes a file look absent, since a proof of destruction rests on that answer.
"""

import hashlib
import logging
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import NamedTuple, Protocol, TypeVar

log = logging.getLogger(__name__)

LONGEST_KEY = 255
LETTERS = re.compile(r"[A-Za-z0-9._/\n-]*", re.ASCII)
"""Of which keys consist, each on a line of its own."""

NO_PART = frozenset(("", ".", ".."))
"""What does not stand between the slashes of a key."""

PIECE = 256 * 1024
"""How many bytes are in memory at a time."""

LISTED = 1000
"""How many files a piece of the list names."""

THREADS, CHUNK = 8, 500
"""How many delete at once, and how many files one of them takes at a time: one task per file costs twice as much."""

NOT_A_KEY = "Deze naam kan geen bestand in de opslag zijn. Laat de bron een andere opslagsleutel aanleveren."
OTHER_FILE = (
    "In de opslag staat onder deze naam al een ander bestand. Lever de opname aan met een andere opslagsleutel."
)
WRONG_SIZE = "Het bestand is niet zo groot als is opgegeven. Stuur het opnieuw."
WRONG_DIGEST = "De controlesom van het bestand is niet de opgegeven SHA-256. Stuur het opnieuw."
BROKEN_OFF = "De verbinding is verbroken voordat het bestand binnen was. Stuur het opnieuw."
UNKNOWN = "De opslag gaf een onbekende fout. Laat de beheerder het logboek nakijken."
CUT_OFF = "De opslag gaf minder van het bestand dan er is. Probeer het later opnieuw."


class StorageError(Exception):
    """The storage did not do what was asked, and nothing may be concluded from that. The message is a Dutch sentence
    that says what to do; it never holds a password.
    """


class WrongContent(StorageError):
    """What came in is not what was announced, or cannot have this name: nothing of it is kept. The fault is the
    sender's, not the storage's.
    """


class Untouched(StorageError):
    """And certainly nothing of the file was deleted: what is found absent later, was not deleted by this."""


class Outcome(StrEnum):
    """What became of a file that had to go: it is not there. DELETED: it was, and after it was deleted the storage was
    looked at again. ABSENT: the storage was asked for it once, and does not have it.
    """

    DELETED = "deleted"
    ABSENT = "absent"


class Stored(NamedTuple):
    """A file in the list: its key, its size in bytes, when it was last written."""

    key: str
    size: int
    at: datetime


Thing = TypeVar("Thing")


class Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


class Pieces(ABC):
    """A part of a file, piece by piece, closed by whoever asked for it. Cut off, it ends with a `StorageError`."""

    def __init__(self, length: int) -> None:
        self.length = self.left = length

    def __iter__(self) -> "Pieces":
        return self

    def __next__(self) -> bytes:
        if not self.left:
            raise StopIteration
        piece = self.read(min(PIECE, self.left))
        if not piece:
            raise StorageError(CUT_OFF)
        self.left -= len(piece)
        return piece

    @abstractmethod
    def read(self, size: int) -> bytes:
        """At most so many bytes that come next."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the file. May be called twice."""


class Storage(ABC):
    """Files under keys (`is_key`). Every method raises `StorageError`, for another key too."""

    @abstractmethod
    def size(self, key: str) -> int | None:
        """In bytes; None when there is no such file."""

    @abstractmethod
    def open(self, key: str, start: int = 0, length: int | None = None) -> Pieces | None:
        """The bytes from `start`, as many as there are up to `length`; None when there is no such file."""

    @abstractmethod
    def write(self, key: str, content: Readable, size: int, sha256: str) -> None:
        """Keep a file. It can be seen when all of it was written and is what was announced, and not before. The same
        file once more changes nothing, another under that key is refused. Two who write one key at a time are kept
        apart by the caller, who locks the recording. Raises `WrongContent`.
        """

    @abstractmethod
    def listing(self, under: str = "") -> Iterator[Sequence[Stored]]:
        """All there is, in pieces, in the order of the keys' bytes. What cannot be a key is listed as it is called.
        `under`: only what is in this folder, with whole keys.
        """

    @abstractmethod
    def clear_unfinished(self, before: datetime) -> int:
        """Remove what began to come in before this moment and never became whole, since it cannot be seen and would
        stay for ever. How many those were.
        """

    @abstractmethod
    def delete_some(self, keys: Sequence[str]) -> dict[str, Outcome | StorageError]:
        """Delete these, sorted and each a key, and look again. For `delete`."""

    def sha256(self, key: str) -> str | None:
        """Of the file as it is there now, in hexadecimal; None when there is none."""
        if (pieces := self.open(key)) is None:
            return None
        digest = hashlib.sha256()
        try:
            for piece in pieces:
                digest.update(piece)
        finally:
            pieces.close()
        return digest.hexdigest()

    def delete(self, keys: Iterable[str]) -> dict[str, Outcome | StorageError]:
        """Delete files for good, and say of each what became of it. One that fails does not keep the others. Done again
        it says ABSENT. Whatever goes wrong is an answer too, an error of all that were asked, and is never raised.
        """
        asked = sorted(set(keys))
        found: dict[str, Outcome | StorageError] = {}
        if not are_keys(asked):
            found = {key: StorageError(NOT_A_KEY) for key in asked if not is_key(key)}
            asked = [key for key in asked if key not in found]
        if not asked:
            return found
        try:
            return found | self.delete_some(asked)
        except StorageError as error:
            return found | dict.fromkeys(asked, error)
        except Exception:
            log.exception("%s files could not be deleted", len(asked))
            return found | dict.fromkeys(asked, StorageError(UNKNOWN))


class Checked:
    """What comes in, counted and digested while it is read."""

    def __init__(self, content: Readable, size: int, sha256: str) -> None:
        self._content, self._size, self._sha256 = content, size, sha256

    def pieces(self, most: int = PIECE) -> Iterator[bytes]:
        """All of it. Ends with a `WrongContent` when it was not what was announced, or the sender is gone."""
        digest, left = hashlib.sha256(), self._size
        while piece := self._read(min(most, left + 1)):
            left -= len(piece)
            if left < 0:
                raise WrongContent(WRONG_SIZE)
            digest.update(piece)
            yield piece
        if left:
            raise WrongContent(WRONG_SIZE)
        if digest.hexdigest() != self._sha256:
            raise WrongContent(WRONG_DIGEST)

    def _read(self, size: int) -> bytes:
        """As many bytes, however few come at a time; fewer only at the end."""
        pieces, left = [], size
        try:
            while left and (piece := self._content.read(left)):
                pieces.append(piece)
                left -= len(piece)
        except OSError as error:
            raise WrongContent(BROKEN_OFF) from error
        return b"".join(pieces)


def is_key(text: str) -> bool:
    """Whether a file can have this name."""
    return are_keys((text,))


def are_keys(texts: Sequence[str]) -> bool:
    """Whether each is a key, found out at once: for ten thousand that is most of the work of asking for them."""
    together = "\n".join(texts)
    return (
        LETTERS.fullmatch(together) is not None
        and together.count("\n") == len(texts) - 1
        and NO_PART.isdisjoint(together.replace("\n", "/").split("/"))
        and max(map(len, texts)) <= LONGEST_KEY
    )


def checked_key(key: str) -> str:
    if not is_key(key):
        raise StorageError(NOT_A_KEY)
    return key


def chunked(things: Iterable[Thing], size: int) -> Iterator[list[Thing]]:
    rest = iter(things)
    while chunk := list(islice(rest, size)):
        yield chunk
