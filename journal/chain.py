"""How entries are turned into bytes, and bytes into a chain: pure functions, written out in docs/journal.md.

The sealer builds with these. `script/verify_journal.py` has its own, and shares no line with them: that both come to
the same is what makes a seal worth something.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256

ZERO = bytes(32)
"""What stands before the first entry and the first seal."""

LEAF, NODE, LINK, SEAL = b"\x00", b"\x01", b"\x02", b"\x03"
"""The first byte of whatever is hashed says what it is, so that one can never be taken for another."""

NOTHING = b"\xff\xff\xff\xff"

Text = str | None


def packed(values: Iterable[Text]) -> bytes:
    """Each value as its length in four bytes and then its UTF-8; no value can flow over into the next."""
    return b"".join(map(_one, values))


def _one(value: Text) -> bytes:
    if value is None:
        return NOTHING
    encoded = value.encode()
    return len(encoded).to_bytes(4, "big") + encoded


def leaf(seq: int, fields: Sequence[Text]) -> bytes:
    """The hash of one entry at its place in the order."""
    return sha256(LEAF + packed((str(seq), *fields))).digest()


def link(before: bytes, leaf: bytes) -> bytes:
    """The hash of everything up to and including an entry."""
    return sha256(LINK + before + leaf).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The top of the Merkle tree of these leaves, of which there is at least one: as in RFC 6962, the left half is the
    largest power of two that leaves something for the right.
    """
    if len(leaves) == 1:
        return leaves[0]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(NODE + root(leaves[:half]) + root(leaves[half:])).digest()


def seal(fields: Sequence[Text]) -> bytes:
    """The hash of a seal."""
    return sha256(SEAL + packed(fields)).digest()
