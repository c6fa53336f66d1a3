"""Small real documents for the demonstration, made here: a page of text as PDF, and a map as PNG. Nobody's name stands
in them, and the same text is always the same bytes.
"""

import zlib
from io import BytesIO

from bodycams.uploads.arrival import Arrived
from bodycams.uploads.store import Accepted, accept

WIDTH = 88
"""How many characters a line of the page has."""


def paper(name: str, title: str, *sentences: str) -> Accepted:
    """A PDF of one page."""
    return _accepted(f"{name}.pdf", _pdf([title, "", *(line for text in sentences for line in _folded(text))]))


def picture(name: str, seed: int) -> Accepted:
    """A PNG of blocks in greys: where the cameras go, as a map without names."""
    side, block = 120, 12
    rows = bytearray()
    for y in range(side):
        rows.append(0)
        rows += bytes(255 - 16 * ((x // block * 7 + y // block * 11 + seed) % 9) for x in range(side))
    size = side.to_bytes(4, "big")
    parts = (
        _part(b"IHDR", size + size + b"\x08\x00\x00\x00\x00")
        + _part(b"IDAT", zlib.compress(bytes(rows), 9))
        + _part(b"IEND", b"")
    )
    return _accepted(f"{name}.png", b"\x89PNG\r\n\x1a\n" + parts)


def _accepted(name: str, content: bytes) -> Accepted:
    return accept(Arrived(BytesIO(content), name, "", len(content)))


def _part(kind: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")


def _folded(text: str) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= WIDTH:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return [*lines, ""]


def _pdf(lines: list[str]) -> bytes:
    """One A4 with these lines, in the letter that every reader has."""
    written = "".join(f"({_escaped(line)}) Tj T*\n" for line in lines)
    text = f"BT /F1 11 Tf 16 TL 56 780 Td\n{written}ET".encode("cp1252", "replace")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/Lang(nl)>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    made, places = bytearray(b"%PDF-1.4\n"), []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    ends = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(made))
    return bytes(made + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (len(objects) + 1, table, ends))


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
