"""A file of recordings (CSV) goes in, batch by batch: read line by line with flat memory, whatever is in the file.

A line of the file is a line of the sheet: no value holds a line end, so a quotation mark that is never closed spoils
one line and not the rest. Here is only reading; taking in is `batch.py`'s work, and who may, when and how far it is,
that of whoever asks.
"""

import csv
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from io import StringIO, TextIOBase, TextIOWrapper
from itertools import islice
from typing import Any, NamedTuple

from retention.intake.batch import CONFLICT, FORBIDDEN, MOST, Outcome, Result, take_in
from retention.intake.fields import KNOWN, LARGEST, REQUIRED, Fault, unknown

LONGEST_LINE = 16 * 1024
ENDS = ("\n", "\r")
DIGITS = re.compile(r"[0-9]{1,20}")
ANSWERS = {"true": True, "false": False}

TOO_LONG = f"Deze regel is langer dan {LONGEST_LINE} tekens. Kijk na of er een regeleinde ontbreekt."
NO_SHEET = "Er staan geen kolommen in het bestand. Zet op de eerste regel de namen van de kolommen."
TWICE = "Een kolom staat er twee keer in."
MISSING = "Deze kolommen ontbreken: {}."
OTHER_WIDTH = "Deze regel heeft {} velden en de eerste regel {}."
UNCLOSED = "Een aanhalingsteken is niet gesloten, of staat op een verkeerde plaats."


class Row(NamedTuple):
    """A line of the file with its number, and the item on it, or why there is none."""

    line: int
    item: dict[str, Any]
    refusal: str = ""


class Rejected(NamedTuple):
    line: int
    reason: str


class BadSheet(Exception):
    """The first line says that this is no file of recordings."""


def opened(file: Any) -> TextIOBase:
    """How a file on disk or in memory is read. Bytes that are no UTF-8 are refused with the line on which they
    stand.
    """
    return TextIOWrapper(file, encoding="utf-8-sig", errors="surrogateescape", newline="")


def rows_of(file: TextIOBase) -> Iterator[Row]:
    """Every line that is not empty. Raises `BadSheet`."""
    lines = _lines(file)
    first = next(lines, None)
    if first is None:
        raise BadSheet(NO_SHEET)
    names = first[1]
    if names is None:
        raise BadSheet(TOO_LONG)
    delimiter = ";" if names.count(";") > names.count(",") else ","
    columns = _columns(_fields(names, delimiter))
    for number, line in lines:
        if line is None:
            yield Row(number, {}, TOO_LONG)
            continue
        if not (fields := _fields(line, delimiter)):
            yield Row(number, {}, UNCLOSED)
        elif len(fields) != len(columns):
            yield Row(number, {}, OTHER_WIDTH.format(len(fields), len(columns)))
        else:
            yield Row(number, _item(dict(zip(columns, fields, strict=True))))


def batches_of(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, MOST)):
        yield batch


def put_in(batch: Sequence[Row], units: Collection[int] | None) -> tuple[Counter[str], list[Rejected]]:
    """Take in the good lines of a batch, for these units. How many became what, and the lines that did not go in, each
    with everything that is wrong with it. Runs in the transaction of the caller.
    """
    outcomes = iter(take_in([row.item for row in batch if not row.refusal], units, with_marks=False))
    counts: Counter[str] = Counter()
    rejected = []
    for row in batch:
        outcome = Outcome(Result.REFUSED) if row.refusal else next(outcomes)
        counts[outcome.result.value] += 1
        if not outcome.is_in:
            rejected.append(Rejected(row.line, row.refusal or _reason(outcome)))
    return counts, rejected


def as_lines(rejected: Collection[Rejected], *, with_head: bool) -> str:
    """What did not go in, as CSV."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerows([*([Rejected._fields] if with_head else []), *rejected])
    return text.getvalue()


def _reason(outcome: Outcome) -> str:
    if outcome.result is Result.CONFLICT:
        return CONFLICT
    if outcome.result is Result.FORBIDDEN:
        return FORBIDDEN
    return " ".join(_said(fault) for fault in outcome.faults)


def _said(fault: Fault) -> str:
    return f"{fault.name}: {fault.sentence}" if fault.name else fault.sentence


def _lines(file: TextIOBase) -> Iterator[tuple[int, str | None]]:
    """Every line that is not empty, without its end; None for one that is too long, of which nothing is kept."""
    number = 0
    while piece := file.readline(LONGEST_LINE + 2):
        number += 1
        if len(piece) <= LONGEST_LINE or piece.endswith(ENDS):
            if line := piece.rstrip("\r\n"):
                yield number, line
            continue
        while not piece.endswith(ENDS) and (piece := file.readline(LONGEST_LINE)):
            continue
        yield number, None


def _fields(line: str, delimiter: str) -> list[str]:
    """The fields of a line; none when its quotation marks make no sense."""
    try:
        return next(csv.reader((line,), delimiter=delimiter, strict=True))
    except csv.Error:
        return []


def _columns(names: list[str]) -> list[str]:
    names = [name.strip() for name in names]
    if not names:
        raise BadSheet(NO_SHEET)
    if len(set(names)) < len(names):
        raise BadSheet(TWICE)
    if missing := [name for name in REQUIRED if name not in names]:
        raise BadSheet(MISSING.format(", ".join(missing)))
    if more := set(names) - KNOWN:
        raise BadSheet(" ".join(_said(fault) for fault in unknown(more)))
    return names


def _item(fields: dict[str, str]) -> dict[str, Any]:
    """The values as JSON would have them; what is no number or no yes or no stays text, and is refused as such."""
    item: dict[str, Any] = {**fields}
    if DIGITS.fullmatch(size := fields["size"]):
        item["size"] = min(int(size), LARGEST + 1)
    announced = fields["announced"]
    item["announced"] = ANSWERS.get(announced.lower(), announced)
    return item
