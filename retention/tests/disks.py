"""A disk of its own, that really gets full, is really read-only and really falls off: a small file system in memory,
mounted where only one process sees it. That process answers for the storage that is on it.
"""

import ctypes
import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from io import BytesIO
from multiprocessing import Pipe
from pathlib import Path
from typing import Any

from retention.storage import Outcome, Pieces, Storage, StorageError, Stored
from retention.storage.folder import MARK, UNFINISHED, FilePieces, Folder
from retention.storage.interface import Readable

NEW_MOUNTS, NEW_USER = 0x00020000, 0x10000000
READ_ONLY, REMOUNT, MOVE, RECURSIVE, PRIVATE = 1, 32, 8192, 16384, 1 << 18
SIZE = "size=64k"
LIBC = ctypes.CDLL(None, use_errno=True)
CALLS = os.write, os.unlink


class Disk(Storage):
    """A folder on that disk. What is asked of it is done by the process that sees it."""

    def __init__(self, pipe: Any) -> None:
        self._pipe = pipe

    def do(self, name: str, *given: Any) -> Any:
        self._pipe.send((name, given))
        answer = self._pipe.recv()
        if isinstance(answer, Exception):
            raise answer
        return answer

    def size(self, key: str) -> int | None:
        found: int | None = self.do("size", key)
        return found

    def open(self, key: str, start: int = 0, length: int | None = None) -> Pieces | None:
        if (content := self.do("read_bytes", key, start, length)) is None:
            return None
        file = os.memfd_create(key)
        os.pwrite(file, content, 0)
        return FilePieces(file, len(content))

    def write(self, key: str, content: Readable, size: int, sha256: str) -> None:
        self.do("write_bytes", key, content.read(), size, sha256)

    def listing(self, under: str = "") -> Iterator[Sequence[Stored]]:
        yield self.do("all", under)

    def clear_unfinished(self, before: datetime) -> int:
        cleared: int = self.do("clear_unfinished", before)
        return cleared

    def delete_some(self, keys: Sequence[str]) -> dict[str, Outcome | StorageError]:
        found: dict[str, Outcome | StorageError] = self.do("delete_some", keys)
        return found

    def names(self) -> list[str]:
        """Everything that is on it, also what is being written."""
        found: list[str] = self.do("names")
        return found


class Mounted(Folder):
    """The other side: the folder itself, and what becomes of the disk."""

    def __init__(self, root: Path, aside: Path) -> None:
        super().__init__(root)
        self.aside = aside

    def write_bytes(self, key: str, content: bytes, size: int, sha256: str) -> None:
        self.write(key, BytesIO(content), size, sha256)

    def read_bytes(self, key: str, start: int, length: int | None) -> bytes | None:
        pieces = self.open(key, start, length)
        return b"".join(pieces) if pieces else None

    def all(self, under: str = "") -> list[Stored]:
        return [one for piece in self.listing(under) for one in piece]

    def names(self) -> list[str]:
        return sorted(str(path.relative_to(self.root)) for path in self.root.rglob("*") if path.is_file())

    def fill(self) -> None:
        """Until not a byte fits."""
        with open(self.root / "filler", "wb", buffering=0) as file, suppress(OSError):
            while file.write(bytes(512)):
                pass

    def make_room(self) -> None:
        (self.root / "filler").unlink()

    def only_read(self) -> None:
        mount("", self.root, "", REMOUNT | READ_ONLY, SIZE)

    def be_well(self) -> None:
        mount("", self.root, "", REMOUNT, SIZE)

    def fall_off(self) -> None:
        mount(str(self.root), self.aside, "", MOVE)

    def be_attached(self) -> None:
        mount(str(self.aside), self.root, "", MOVE)


class Unmounted(Mounted):
    """The same faults at the calls of the system, in this process only; and a folder that is another."""

    def fill(self) -> None:
        (self.root / "filler").touch()
        self._refuse("write", errno.ENOSPC)

    def make_room(self) -> None:
        super().make_room()
        self.be_well()

    def only_read(self) -> None:
        self._refuse("unlink", errno.EROFS)

    def be_well(self) -> None:
        os.write, os.unlink = CALLS

    def fall_off(self) -> None:
        self.aside.rmdir()
        self.root.rename(self.aside)
        self.root.mkdir()

    def be_attached(self) -> None:
        self.root.rmdir()
        self.aside.rename(self.root)
        self.aside.mkdir()

    def _refuse(self, call: str, number: int) -> None:
        def refused(*_: Any, **__: Any) -> None:
            raise OSError(number, os.strerror(number))

        setattr(os, call, refused)


def mount(what: str, where: Path, kind: str, flags: int, options: str = "") -> None:
    given = [text.encode() if text else None for text in (what, str(where), kind)]
    if LIBC.mount(*given, flags, options.encode() or None):
        raise OSError(ctypes.get_errno(), "mount", str(where))


@contextmanager
def disk(place: Path, *, mounts: bool = True) -> Iterator[Disk]:
    """Without `mounts`, or on a system that lets nobody mount anything, the calls of the system say the same."""
    mine, its = Pipe()
    pid = os.fork()
    if not pid:
        try:
            mine.close()
            _serve(its, place, mounts=mounts)
        finally:
            os._exit(0)
    its.close()
    try:
        yield Disk(mine)
    finally:
        mine.close()
        os.waitpid(pid, 0)


def _serve(pipe: Any, place: Path, *, mounts: bool) -> None:
    folder = _folder(place, mounts=mounts)
    with suppress(EOFError):
        while True:
            name, given = pipe.recv()
            try:
                pipe.send(getattr(folder, name)(*given))
            except Exception as error:
                pipe.send(error)


def _folder(place: Path, *, mounts: bool) -> Mounted:
    root, aside = place / "opnamen", place / "aside"
    for path in (root, aside):
        path.mkdir()
    folder: Mounted = Unmounted(root, aside)
    if mounts:
        with suppress(OSError):
            _mount_own(root)
            folder = Mounted(root, aside)
    (root / MARK).touch()
    (root / UNFINISHED).mkdir()
    return folder


def _mount_own(root: Path) -> None:
    """Root sees its own mounts at once; anybody else as the root of a namespace of users."""
    uid, gid = os.geteuid(), os.getegid()
    if LIBC.unshare(NEW_MOUNTS):
        if LIBC.unshare(NEW_MOUNTS | NEW_USER):
            raise OSError(ctypes.get_errno(), "unshare")
        for file, line in (("setgroups", "deny"), ("uid_map", f"0 {uid} 1"), ("gid_map", f"0 {gid} 1")):
            Path("/proc/self", file).write_text(line)
    mount("", Path("/"), "", RECURSIVE | PRIVATE)
    mount("none", root, "tmpfs", 0, SIZE)
