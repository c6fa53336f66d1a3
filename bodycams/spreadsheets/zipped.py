"""A ZIP file that goes out while it is made: nothing is held back until the end, and nothing is kept on disk.

Python's `zipfile` can do that too, but then marks every part as one whose length comes later, and a document of ODF
begins with a part that must not be so. The same parts make the same bytes: no part has a date.
"""

import struct
import zlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

STORED, DEFLATED = 0, 8
LENGTH_COMES_LATER = 0x08
VERSION = 20
FIRST_DAY = 0x21
"""1 January 1980: the first that a ZIP file can say."""
ENOUGH = 32_768
"""Bytes that are worth sending."""


class _Part(NamedTuple):
    """What the directory at the end says of a part."""

    name: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    begins: int

    @property
    def head(self) -> bytes:
        """What stands in both places where a part is described, up to its name."""
        sizes = (self.crc, self.packed, self.size)
        return struct.pack("<5H3I2H", VERSION, self.flags, self.method, 0, FIRST_DAY, *sizes, len(self.name), 0)


class Archive:
    """A file of parts, each sent when it is put in; `end` is sent last. Below 4 GiB."""

    def __init__(self) -> None:
        self._sent = 0
        self._parts: list[_Part] = []

    def store(self, name: str, content: bytes) -> bytes:
        """A part as it is."""
        size = len(content)
        part = _Part(name.encode(), 0, STORED, zlib.crc32(content), size, size, self._sent)
        self._parts.append(part)
        return self._send(b"PK\x03\x04" + part.head + part.name + content)

    def pack(self, name: str, pieces: Iterable[str]) -> Iterator[bytes]:
        """A part made smaller, piece by piece."""
        begins, crc, size, packed = self._sent, 0, 0, 0
        opening = _Part(name.encode(), LENGTH_COMES_LATER, DEFLATED, 0, 0, 0, begins)
        waiting = [b"PK\x03\x04" + opening.head + opening.name]
        squeeze = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        for piece in pieces:
            content = piece.encode()
            crc, size = zlib.crc32(content, crc), size + len(content)
            waiting.append(squeeze.compress(content))
            packed += len(waiting[-1])
            if sum(map(len, waiting)) > ENOUGH:
                yield self._send(b"".join(waiting))
                waiting = []
        waiting.append(squeeze.flush())
        packed += len(waiting[-1])
        self._parts.append(opening._replace(crc=crc, packed=packed, size=size))
        yield self._send(b"".join(waiting) + b"PK\x07\x08" + struct.pack("<3I", crc, packed, size))

    def end(self) -> bytes:
        """The directory, with which a ZIP file ends."""
        entries = [
            b"PK\x01\x02" + struct.pack("<H", VERSION) + part.head + struct.pack("<3H2I", 0, 0, 0, 0, part.begins)
            + part.name
            for part in self._parts
        ]  # fmt: skip
        directory, count = b"".join(entries), len(entries)
        return directory + b"PK\x05\x06" + struct.pack("<4H2IH", 0, 0, count, count, len(directory), self._sent, 0)

    def _send(self, content: bytes) -> bytes:
        self._sent += len(content)
        return content
