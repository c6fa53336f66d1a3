"""What is different between two overviews: which initiatives came, which went, and what changed of those that stayed.

From both overviews alone, by number; so it serves two days as well as two editions. Whatever data and page say of a row
is compared. Not here: which days or editions, and what a page shows of it (`comparison.py`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from initiatives.choices import Support
from initiatives.overview.approved import Overview, Row
from initiatives.overview.words import line
from initiatives.words import kinds_in_words, plain, short_day, thousands


class Difference(NamedTuple):
    """Something that is said of an initiative, before and after, in words."""

    what: str
    before: str
    after: str


class Changed(NamedTuple):
    """An initiative on both overviews of which something differs."""

    before: Row
    after: Row
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Changes:
    """From the overview `before` to the overview `after`: all rows in the order of an overview."""

    before: Overview
    after: Overview

    @cached_property
    def added(self) -> tuple[Row, ...]:
        known = {row.number for row in self.before.rows}
        return tuple(row for row in self.after.rows if row.number not in known)

    @cached_property
    def gone(self) -> tuple[Row, ...]:
        known = {row.number for row in self.after.rows}
        return tuple(row for row in self.before.rows if row.number not in known)

    @cached_property
    def changed(self) -> tuple[Changed, ...]:
        known = {row.number: row for row in self.before.rows}
        both = ((known[row.number], row) for row in self.after.rows if row.number in known)
        found = (Changed(old, new, tuple(_differences(old, new))) for old, new in both)
        return tuple(each for each in found if each.differences)

    def __bool__(self) -> bool:
        return bool(self.added or self.gone or self.changed)


SAID: dict[str, Callable[[Row], str]] = {
    "Deel": lambda row: "A, ondersteund" if row.is_supported else "B, zonder ondersteuning",
    "Titel": lambda row: plain(row.title),
    "Eenheid": lambda row: f"{plain(row.unit_name)} ({row.unit})",
    "Teams": lambda row: plain(row.teams) or "geen teams genoemd",
    "Soort": lambda row: kinds_in_words(row.kinds),
    "Camera’s": lambda row: thousands(row.cameras),
    "Leverancier": lambda row: plain(row.vendor) or "geen",
    "Model": lambda row: plain(row.model) or "geen",
    "Kosten": lambda row: line(row).amount,
    "Wie betaalt": lambda row: "de eenheid" if row.unit_pays else "niet de eenheid",
    "Aangemeld": lambda row: short_day(row.filed_on) if row.filed_on else "onbekend",
    "Besluit": lambda row: line(row).decided,
    "Bezwaar": lambda row: _objection(row),
    "Regels": lambda row: line(row).rules or "geen",
    "Uitvoering": lambda row: line(row).outcome or "nog niet gemeld",
}
"""What is compared, in words, besides support; in the order in which it is told."""


def _objection(row: Row) -> str:
    return ", ".join(["na bezwaar"] * row.by_objection + ["bezwaar loopt"] * row.objection_pending) or "geen"


def _differences(old: Row, new: Row) -> Iterator[Difference]:
    if old == new:
        return
    for what, said in SAID.items():
        if (before := said(old)) != (after := said(new)):
            yield Difference(what, before, after)
    for kind, before, after in zip(Support, old.support, new.support, strict=True):
        if before != after:
            yield Difference(kind.label, before, after)


def as_data(found: Changes) -> dict[str, Any]:
    """For JSON: numbers and titles of what came and went, and each difference in words."""
    return {
        "before": found.before.peildatum.isoformat(),
        "after": found.after.peildatum.isoformat(),
        "added": list(map(_named, found.added)),
        "gone": list(map(_named, found.gone)),
        "changed": [
            {**_named(each.after), "differences": [one._asdict() for one in each.differences]} for each in found.changed
        ],
    }


def _named(row: Row) -> dict[str, str]:
    return {"number": row.number, "title": plain(row.title), "unit": row.unit}
