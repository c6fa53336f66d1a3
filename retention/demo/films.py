"""The films of the demonstration: two drawings of four seconds that say that they are none, each made different by a
number behind its end, where players look past it.
"""

from functools import cache
from pathlib import Path

from retention.choices import PRIVATE

DRAWINGS = Path(__file__).parent / "drawings"
VOID, KNOWN_SIZE = 0xEC, 0x80
"""How WebM writes a part that says nothing, and its length."""


def film(place: str, number: int) -> bytes:
    """What was filmed at this place, different for each number."""
    mark = f"{number:012}".encode()
    return _drawing("woning" if place in PRIVATE else "straat") + bytes([VOID, KNOWN_SIZE | len(mark)]) + mark


@cache
def _drawing(name: str) -> bytes:
    return (DRAWINGS / f"{name}.webm").read_bytes()
