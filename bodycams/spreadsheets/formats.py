"""In which kinds of file a table can be had."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from bodycams.spreadsheets.cells import Cell, Column
from bodycams.spreadsheets.comma_separated import as_csv
from bodycams.spreadsheets.ods import TYPE as ODS
from bodycams.spreadsheets.ods import as_ods
from bodycams.spreadsheets.xlsx import TYPE as XLSX
from bodycams.spreadsheets.xlsx import as_xlsx


class Format(NamedTuple):
    """A kind of file: what people call it, what programs call it, and what makes it, given a title, the columns and
    the rows.
    """

    label: str
    content_type: str
    make: Callable[[str, Sequence[Column], Iterable[Sequence[Cell]]], Iterator[bytes]]


FORMATS = {
    "csv": Format("CSV", "text/csv; charset=utf-8", as_csv),
    "xlsx": Format("XLSX", f"{XLSX}.sheet", as_xlsx),
    "ods": Format("ODS", ODS, as_ods),
}
"""By the end of a file's name."""
