"""What a cell of a table can be, and how text in it stays text."""

import re
from datetime import date
from decimal import Decimal
from html import escape
from typing import NamedTuple

Cell = str | int | Decimal | date | None
"""A text, a number, an amount, a day, or nothing."""

FORMULA = frozenset("=+-@＝＋－＠")
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]|[\ud800-\udfff]|[\ufffe\uffff]")


class Column(NamedTuple):
    """The head of a column, and its width in characters, where a file can say so."""

    label: str
    width: int = 14


def harmless(text: str) -> str:
    """The text, with an apostrophe before it when a spreadsheet could take it for a formula: when it begins with a sign
    that begins one, or with white space or something invisible, behind which one can hide.
    """
    first = text[:1]
    begins_badly = first in FORMULA or first.isspace() or not first.isprintable()
    return f"'{text}" if first and begins_badly else text


def xml_text(text: str) -> str:
    """The text as it may stand between tags; what XML cannot hold becomes a replacement character."""
    return escape(NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)).replace("\r", "&#13;")
