"""Files for a spreadsheet, read back by programs that are not ours: their rows as those have them."""

import csv
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any

import odfdo
import openpyxl

Rows = list[list[Any]]


def read_csv(content: bytes) -> Rows:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def read_xlsx(content: bytes) -> list[Rows]:
    """The rows of each sheet; a day is a day, not a moment."""
    book = openpyxl.load_workbook(BytesIO(content))
    return [
        [[cell.date() if isinstance(cell, datetime) else cell for cell in row] for row in sheet.values]
        for sheet in book.worksheets
    ]


def read_ods(content: bytes) -> list[Rows]:
    """The rows of each sheet."""
    sheets = odfdo.Document(BytesIO(content)).body.tables
    return [[list(values) for values in sheet.get_values()] for sheet in sheets]
