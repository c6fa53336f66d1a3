"""A table as XLSX (Office Open XML, ECMA-376), with cells that know what they are: text, number, amount or day.

Text stands in the cell itself, not in a list of shared texts: that list would have to be kept until the end.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from bodycams.spreadsheets.cells import Column, harmless, xml_text
from bodycams.spreadsheets.sheets import Row, sheets, together
from bodycams.spreadsheets.zipped import Archive

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SCHEMAS = "http://schemas.openxmlformats.org"
MAIN = f"{SCHEMAS}/spreadsheetml/2006/main"
OFFICE = f"{SCHEMAS}/officeDocument/2006/relationships"
PACKAGE = f"{SCHEMAS}/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

TYPES = (
    f'{XML}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Default Extension="xml" ContentType="{TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{TYPE}.styles+xml"/></Types>'
)
"""Every other part is a sheet, however many there turn out to be."""

DAY_ZERO = date(1899, 12, 30).toordinal()
TEXT, DAY, NUMBER, AMOUNT, HEAD = range(5)
"""The styles of cells, in the order of `STYLES`."""
STYLES = f"""{XML}<styleSheet xmlns="{MAIN}">\
<numFmts count="1"><numFmt numFmtId="164" formatCode="d\\-m\\-yyyy"/></numFmts>\
<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>\
<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>\
<fills count="2"><fill><patternFill patternType="none"/></fill>\
<fill><patternFill patternType="gray125"/></fill></fills>\
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>\
<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>\
<xf numFmtId="3" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>\
<xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>\
<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>\
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""
LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""What a spreadsheet would read as one character: `_x0041_` is an A."""


def as_xlsx(title: str, columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[bytes]:
    """The file in pieces. What holds its sheets together comes last: only then is known how many there are."""
    archive, names = Archive(), []
    yield from archive.pack("[Content_Types].xml", [TYPES])
    yield from archive.pack("_rels/.rels", [_relations(_relation(1, "officeDocument", "xl/workbook.xml"))])
    yield from archive.pack("xl/styles.xml", [STYLES])
    for name, own in sheets(title, rows):
        names.append(name)
        yield from archive.pack(f"xl/worksheets/sheet{len(names)}.xml", _sheet(columns, own))
    for path, content in _book(names).items():
        yield from archive.pack(path, [content])
    yield archive.end()


def _sheet(columns: Sequence[Column], rows: Iterator[Row]) -> Iterator[str]:
    letters = [_letters(place) for place in range(len(columns))]
    widths = (
        f'<col min="{place}" max="{place}" width="{column.width}" customWidth="1"/>'
        for place, column in enumerate(columns, start=1)
    )
    yield (
        f'{XML}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{''.join(widths)}</cols><sheetData>"
    )
    heads = (_text(f"{letter}1", column.label, HEAD) for letter, column in zip(letters, columns, strict=True))
    yield f'<row r="1">{"".join(heads)}</row>'
    last = 1

    def lines() -> Iterator[str]:
        nonlocal last
        for last, row in enumerate(rows, start=2):
            cells = [
                CELLS[type(cell)](f"{letter}{last}", cell)
                for letter, cell in zip(letters, row, strict=True)
                if cell is not None and cell != ""
            ]
            yield f'<row r="{last}">{"".join(cells)}</row>'

    yield from together(lines())
    yield f'</sheetData><autoFilter ref="A1:{letters[-1]}{last}"/></worksheet>'


def _text(place: str, text: str, style: int = TEXT) -> str:
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{_written(text)}</t></is></c>'


@lru_cache(maxsize=1024)  # most texts of a table stand in it many times
def _written(text: str) -> str:
    return LOOKS_ESCAPED.sub("_x005F_", xml_text(harmless(text)))


CELLS: dict[type, Callable[..., str]] = {
    str: _text,
    int: lambda place, cell: f'<c r="{place}" s="{NUMBER}"><v>{cell}</v></c>',
    Decimal: lambda place, cell: f'<c r="{place}" s="{AMOUNT}"><v>{cell}</v></c>',
    date: lambda place, cell: f'<c r="{place}" s="{DAY}"><v>{cell.toordinal() - DAY_ZERO}</v></c>',
}


def _letters(place: int) -> str:
    """`A`, …, `Z`, `AA`, …: what a column is called."""
    before, last = divmod(place, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)


def _book(names: Sequence[str]) -> dict[str, str]:
    """What holds the sheets together, by its path."""
    numbered = list(enumerate(map(xml_text, names), start=1))
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in numbered)
    related = "".join(_relation(n, "worksheet", f"worksheets/sheet{n}.xml") for n, _ in numbered)
    return {
        "xl/workbook.xml": (
            f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><bookViews><workbookView/></bookViews>'
            f"<sheets>{listed}</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": _relations(related + _relation(len(names) + 1, "styles", "styles.xml")),
    }


def _relation(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'


def _relations(inside: str) -> str:
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'
