"""What the rows of an overview add up to: per unit, kind, kind of support, vendor with model, month and lead time.

For page and PDF alike. Which rows there are is `approved.py`'s question, how they are written that of
`words.py`.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from itertools import groupby
from typing import NamedTuple

from initiatives.choices import Kind, Support
from initiatives.overview.approved import GRANTED, NOT_ASKED, REFUSED, UNITS, Row, Total, total

MONTHS = 12
PACES = (
    ("2 weken of korter", 14),
    ("tot en met 4 weken", 28),
    ("tot en met 8 weken", 56),
    ("tot en met 13 weken", 91),
)
"""Lead times in classes, by their last day; what took longer makes one of its own."""
LONGER = "langer dan 13 weken"


class Group(NamedTuple):
    """The rows that have something in common, with what they add up to. `name` is what they share."""

    key: str
    name: str
    rows: tuple[Row, ...]

    @property
    def total(self) -> Total:
        return total(self.rows)


class SupportCount(NamedTuple):
    """How often a kind of support was granted, asked for in vain, and not asked for."""

    label: str
    granted: int
    refused: int
    not_asked: int


def per_unit(rows: Iterable[Row]) -> list[Group]:
    """The units that have rows, in the order of the overview."""
    found = []
    for (code, name), own in groupby(rows, key=lambda row: (row.unit, row.unit_name)):
        found.append(Group(code, name, tuple(own)))
    return found


def every_unit(rows: Iterable[Row]) -> list[Group]:
    """The same with the units of `UNITS` that have no rows."""
    found = per_unit(rows)
    named = [[group for group in found if group.key == code] or [Group(code, UNITS[code], ())] for code in UNITS]
    return [group for groups in named for group in groups] + [group for group in found if group.key not in UNITS]


def per_kind(rows: Iterable[Row]) -> list[Group]:
    """Every kind, in the order of the letter. A row counts for each of its kinds."""
    rows = tuple(rows)
    return [Group(kind.value, kind.label, tuple(row for row in rows if kind.value in row.kinds)) for kind in Kind]


def per_support(rows: Iterable[Row]) -> list[SupportCount]:
    """Every kind of support, in the order of the letter."""
    rows = tuple(rows)
    counts = [Counter(row.support[place] for row in rows) for place in range(len(Support))]
    return [
        SupportCount(kind.label, count[GRANTED], count[REFUSED], count[NOT_ASKED])
        for kind, count in zip(Support, counts, strict=True)
    ]


def per_model(rows: Iterable[Row], name: Callable[[Row], str]) -> list[Group]:
    """Vendor and model as `name` writes them, most cameras first; rows that name neither are left out."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(name(row), []).append(row)
    groups = [Group(words, words, tuple(own)) for words, own in found.items() if words]
    return sorted(groups, key=lambda group: (-group.total.cameras, group.name))


def per_month(rows: Iterable[Row], peildatum: date) -> tuple[list[tuple[date, int]], int]:
    """The first day of each of the last twelve months up to that of the peildatum, with the decisions of that month;
    and how many there were before.
    """
    last = 12 * peildatum.year + peildatum.month - 1
    counts = Counter(12 * row.decided_on.year + row.decided_on.month - 1 for row in rows)
    shown = [(date(month // 12, month % 12 + 1, 1), counts[month]) for month in range(last - MONTHS + 1, last + 1)]
    return shown, counts.total() - sum(number for _, number in shown)


def per_pace(rows: Iterable[Row]) -> list[tuple[str, int]]:
    """How many took how long, by the classes of `PACES`."""
    days = _days(rows)
    within = [sum(each <= last for each in days) for _, last in PACES]
    apart = [more - less for less, more in zip([0, *within], [*within, len(days)], strict=True)]
    return list(zip([*(words for words, _ in PACES), LONGER], apart, strict=True))


def median_days(rows: Iterable[Row]) -> int | None:
    """A number of days that occurred, of two in the middle the lower; None when there are none."""
    days = sorted(_days(rows))
    return days[(len(days) - 1) // 2] if days else None


def _days(rows: Iterable[Row]) -> list[int]:
    return [(row.decided_on - row.filed_on).days for row in rows if row.filed_on]
