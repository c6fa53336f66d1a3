"""A table on sheets: what every sheet of a spreadsheet can hold, the next one takes over."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from bodycams.spreadsheets.cells import Cell

Row = Sequence[Cell]

ROWS = 1_000_000
"""On one sheet; spreadsheets stop at 1,048,576."""
AT_ONCE = 200
"""Rows that are written in one piece."""


def sheets(title: str, rows: Iterable[Row]) -> Iterator[tuple[str, Iterator[Row]]]:
    """The name of each sheet, with its rows: these are read before the next one is asked for. One at least."""
    left, number = iter(rows), 1
    first: list[Row] = []
    while True:
        yield (title if number == 1 else f"{title} {number}"), chain(first, islice(left, ROWS - len(first)))
        first, number = list(islice(left, 1)), number + 1
        if not first:
            return


def together(lines: Iterator[str]) -> Iterator[str]:
    """Some lines at a time."""
    while piece := "".join(islice(lines, AT_ONCE)):
        yield piece
