"""A table as ODS (OpenDocument 1.2), with cells that know what they are: text, number, amount or day."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from bodycams.spreadsheets.cells import Cell, Column, harmless, xml_text
from bodycams.spreadsheets.sheets import Row, sheets, together
from bodycams.spreadsheets.zipped import Archive

XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
TYPE = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{rest}:1.0"'
    for name, rest in {
        "office": "office",
        "table": "table",
        "text": "text",
        "style": "style",
        "fo": "xsl-fo-compatible",
        "number": "datastyle",
    }.items()
)
MANIFEST = f"""{XML}\
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">\
<manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="{TYPE}"/>\
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""
STYLES = """\
<number:date-style style:name="d-m-j"><number:day/><number:text>-</number:text><number:month/>\
<number:text>-</number:text><number:year number:style="long"/></number:date-style>\
<number:number-style style:name="heel"><number:number number:decimal-places="0" number:min-integer-digits="1" \
number:grouping="true"/></number:number-style>\
<number:number-style style:name="cent"><number:number number:decimal-places="2" number:min-integer-digits="1" \
number:grouping="true"/></number:number-style>\
<style:style style:name="dag" style:family="table-cell" style:data-style-name="d-m-j"/>\
<style:style style:name="getal" style:family="table-cell" style:data-style-name="heel"/>\
<style:style style:name="bedrag" style:family="table-cell" style:data-style-name="cent"/>\
<style:style style:name="kop" style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style>"""
CENTIMETRES_A_CHARACTER = 0.21
KEPT = re.compile("^ | $| {2,}|\t")
"""White space that would not stay as it is: at the ends of a line, more than one space, a tab."""
EMPTY = "<table:table-cell/>"


def as_ods(title: str, columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[bytes]:
    """The file in pieces."""
    archive = Archive()
    yield archive.store("mimetype", TYPE.encode())
    yield from archive.pack("content.xml", _content(title, columns, rows))
    yield from archive.pack("META-INF/manifest.xml", [MANIFEST])
    yield archive.end()


def _content(title: str, columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[str]:
    widths = "".join(
        f'<style:style style:name="k{place}" style:family="table-column"><style:table-column-properties '
        f'style:column-width="{column.width * CENTIMETRES_A_CHARACTER:.2f}cm"/></style:style>'
        for place, column in enumerate(columns)
    )
    placed = "".join(f'<table:table-column table:style-name="k{place}"/>' for place in range(len(columns)))
    heads = "".join(_text(column.label, ' table:style-name="kop"') for column in columns)
    opening = f"<table:table-header-rows><table:table-row>{heads}</table:table-row></table:table-header-rows>"
    yield (
        f'{XML}<office:document-content {SPACES} office:version="1.2"><office:automatic-styles>{STYLES}{widths}'
        "</office:automatic-styles><office:body><office:spreadsheet>"
    )
    for name, own in sheets(title, rows):
        yield f'<table:table table:name="{xml_text(name)}">{placed}{opening}'
        yield from together(_line(row) for row in own)
        yield "</table:table>"
    yield "</office:spreadsheet></office:body></office:document-content>"


def _line(row: Row) -> str:
    cells = [EMPTY if cell is None or cell == "" else CELLS[type(cell)](cell) for cell in row]
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def _text(text: str, style: str = "") -> str:
    return f'<table:table-cell{style} office:value-type="string">{_paragraphs(text)}</table:table-cell>'


@lru_cache(maxsize=1024)  # most texts of a table stand in it many times
def _paragraphs(text: str) -> str:
    lines = re.split("\r\n|\r|\n", harmless(text))
    return "".join(f"<text:p>{KEPT.sub(_kept, xml_text(line))}</text:p>" for line in lines)


def _kept(found: re.Match[str]) -> str:
    return "<text:tab/>" if found[0] == "\t" else f'<text:s text:c="{len(found[0])}"/>'


def _typed(style: str, value: str, shown: object) -> str:
    return f'<table:table-cell table:style-name="{style}" {value}><text:p>{shown}</text:p></table:table-cell>'


def _number(style: str, cell: Cell) -> str:
    return _typed(style, f'office:value-type="float" office:value="{cell}"', str(cell).replace(".", ","))


def _day(day: date) -> str:
    value = f'office:value-type="date" office:date-value="{day.isoformat()}"'
    return _typed("dag", value, f"{day.day}-{day.month}-{day.year}")


CELLS: dict[type, Callable[..., str]] = {
    str: _text,
    int: lambda cell: _number("getal", cell),
    Decimal: lambda cell: _number("bedrag", cell),
    date: _day,
}
