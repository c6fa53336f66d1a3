"""A table as CSV, the way a Dutch spreadsheet opens it by itself: `;` between cells, a decimal comma, UTF-8 with a mark
at the beginning. Days are written as 2018-05-31.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice

from bodycams.spreadsheets.cells import Cell, Column, harmless

MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
AT_ONCE = 500


class _Echo:
    """What `csv` writes to: gives each line back."""

    def write(self, line: str) -> str:
        return line


def as_csv(title: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """The file in pieces. It has no place for a title."""
    writer = csv.writer(_Echo(), delimiter=";")
    yield f"{MARK}{writer.writerow([column.label for column in columns])}".encode()
    lines = (writer.writerow([_written(cell) for cell in row]) for row in rows)
    while piece := "".join(islice(lines, AT_ONCE)):
        yield piece.encode()


def _written(cell: Cell) -> str | int:
    if isinstance(cell, Decimal):
        return str(cell).replace(".", ",")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str):
        return harmless(cell)
    return "" if cell is None else cell
