"""Reads a tagged PDF the way assistive technology does: the tree of tags, with the text that each element holds.

Text comes from the drawing of the pages by the fonts' own tables, so that what is read is what can be searched and
copied. Only what WeasyPrint writes is understood.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pikepdf

PAINTS = {"Tj", "TJ", "f", "f*", "S", "B", "B*", "b", "b*", "sh", "Do", "EI"}
Piece = tuple[tuple[int, int], int | None]
"""A page's object, and the number of a piece in that page."""
PAIR = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")


@dataclass
class Element:
    """An element of the tree. `lines` is the text in it and below it, a line for each line on the page."""

    tag: str
    lines: list[str]
    kids: "list[Element]"
    raw: Any = field(repr=False)

    @property
    def text(self) -> str:
        return re.sub(" +", " ", " ".join(self.lines))

    def __iter__(self) -> "Iterator[Element]":
        """This element and all below it, in the order of reading."""
        yield self
        for kid in self.kids:
            yield from kid

    def all(self, tag: str) -> "list[Element]":
        return [element for element in self if element.tag == tag]


class Pdf:
    """A whole document. `loose` says what is drawn on a page and belongs to nothing, `beside` is the text outside the
    tree, page by page.
    """

    def __init__(self, content: bytes) -> None:
        self.file = pikepdf.open(BytesIO(content))
        self.loose: list[str] = []
        self.beside: list[str] = []
        self._texts: dict[Piece, str] = {}
        for page in self.file.pages:
            self._read(page)
        self.root = self._element(self.file.Root.StructTreeRoot.K[0])

    @property
    def texts(self) -> dict[Piece, str]:
        """Every marked piece of the pages, and the text drawn in it."""
        return {piece: text for piece, text in self._texts.items() if piece[1] is not None}

    def _read(self, page: Any) -> None:
        self.beside.append("")
        self._follow(page, page, [])

    def _follow(self, page: Any, drawing: Any, inside: list[int | None]) -> None:
        """Goes through what is drawn on a page, and through the drawings in it. `inside` are the marks around it: the
        number of a piece of the tree, or None for what is beside the text.
        """
        resources = drawing.get("/Resources", {})
        font: dict[int, str] = {}
        for instruction in pikepdf.parse_content_stream(drawing):
            operands, operator = list(instruction.operands), str(instruction.operator)
            if operator in ("BDC", "BMC"):
                inside.append(number_of(operands))
                self._texts.setdefault((page.obj.objgen, inside[-1]), "")
            elif operator == "EMC":
                inside.pop()
            elif operator == "Tf":
                font = to_unicode(resources.Font[operands[0]])
            elif operator in ("Tj", "TJ"):
                self._note(page, inside, shown(operands[0], font))
            elif operator == "Do" and resources.XObject[operands[0]].get("/Subtype") == "/Form":
                self._follow(page, resources.XObject[operands[0]], inside)
            if operator in PAINTS and not inside:
                self.loose.append(f"{operator} on page {len(self.beside)}")

    def _note(self, page: Any, inside: list[int | None], text: str) -> None:
        number = next((number for number in reversed(inside) if number is not None), None)
        if number is None:
            self.beside[-1] += text
        else:
            self._texts[page.obj.objgen, number] += text

    def _element(self, raw: Any) -> Element:
        lines: list[str] = []
        kids: list[Element] = []
        content = raw.get("/K", [])
        for kid in content if isinstance(content, pikepdf.Array) else [content]:
            if isinstance(kid, int):
                lines.append(self._texts[raw.Pg.objgen, kid])
            elif kid.get("/Type") != "/OBJR":
                kids.append(self._element(kid))
                lines += kids[-1].lines
        return Element(str(raw.S)[1:], lines, kids, raw)


def number_of(operands: list[Any]) -> int | None:
    """Of a piece of the tree, from the operands of its mark."""
    known: Any = operands[1] if len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) else {}
    return int(known["/MCID"]) if "/MCID" in known else None


def to_unicode(font: Any) -> dict[int, str]:
    """What each code of a font stands for."""
    tables = re.findall(rb"beginbfchar(.*?)endbfchar", font.ToUnicode.read_bytes(), re.DOTALL)
    pairs = [pair for table in tables for pair in PAIR.findall(table)]
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


def shown(operand: Any, font: dict[int, str]) -> str:
    """The text of Tj or TJ: codes of two bytes, and between them how far to move."""
    parts = list(operand) if isinstance(operand, pikepdf.Array) else [operand]
    pieces = [bytes(part) for part in parts if isinstance(part, pikepdf.String)]
    return "".join(
        font[int.from_bytes(piece[at : at + 2], "big")] for piece in pieces for at in range(0, len(piece), 2)
    )
