"""What a page shows of the changes between two overviews: totals before and after, and what came, went and changed.

For `templates/initiatives/overview/changes.html`, whatever the two overviews are: two days, or two editions. What is
different is `changes.py`'s question.
"""

from decimal import Decimal
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from bodycams.look import Heading
from initiatives.overview.approved import Row, Total
from initiatives.overview.changes import Changed, Changes
from initiatives.overview.parts import paging, part
from initiatives.overview.words import how_many, in_words, line
from initiatives.words import euros, thousands

ROWS = [
    Heading("Initiatief en eenheid"),
    Heading("Soort"),
    Heading("Leverancier, model"),
    Heading("Camera’s", "n"),
    Heading("Besluit", "n"),
    Heading("Kosten", "n"),
]
DIFFERENCES = [Heading("Initiatief en eenheid"), Heading("Wat er anders is")]
PARTS = {
    "erbij": ("Erbij gekomen", "Er is niets bij gekomen."),
    "eraf": ("Niet meer op het overzicht", "Er is niets af gegaan."),
    "anders": ("Gewijzigd", "Van wat bleef, is niets gewijzigd."),
}
"""What stands above each part, and in its place when it is empty. The names are those in the address."""


class Comparison:
    """The page of `found` that an address asks for. `before` and `after` name the two overviews, in a few words."""

    def __init__(self, found: Changes, given: QueryDict, before: str, after: str) -> None:
        self.found, self._given, self.before, self.after = found, given, before, after
        rows = {"erbij": found.added, "eraf": found.gone, "anders": found.changed}
        self._pages = {key: part(key, rows[key], given) for key in PARTS}

    @cached_property
    def files(self) -> list[int]:
        """Of all rows that are shown: which files may be opened is the page's question."""
        return [_row(each).file for page in self._pages.values() for each in page]

    def shown(self, files: set[int]) -> dict[str, Any]:
        """For the template; rows lead to those of their files that are in `files`."""
        return {
            "before": self.before,
            "after": self.after,
            "head": ["Totaal", self.before, self.after, "Verschil"],
            "totals": list(_totals(self.found.before.total, self.found.after.total)),
            "is_same": not self.found,
            "parts": [self._part(key, files) for key in PARTS],
        }

    def _part(self, key: str, files: set[int]) -> dict[str, Any]:
        page = self._pages[key]
        title, nothing = PARTS[key]
        return {
            "id": f"deel-{key}",
            "title": title,
            "nothing": nothing,
            "count": how_many(page.paginator.count),
            "columns": DIFFERENCES if key == "anders" else ROWS,
            "lines": [_line(each, files) for each in page],
            "paging": paging(key, page, self._given, f"deel-{key}"),
        }


def _row(each: Row | Changed) -> Row:
    return each.after if isinstance(each, Changed) else each


def _line(each: Row | Changed, files: set[int]) -> dict[str, Any]:
    row = _row(each)
    return {
        "line": line(row),
        "url": reverse("file", args=[row.file]) if row.file in files else "",
        "differences": each.differences if isinstance(each, Changed) else (),
    }


def _totals(before: Total, after: Total) -> Any:
    """Names, both totals in words, and what they differ."""
    for name, key in (
        ("Initiatieven", "initiatives"),
        ("Met ondersteuning", "supported"),
        ("Zonder ondersteuning", "unsupported"),
        ("Camera’s", "cameras"),
    ):
        more = getattr(after, key) - getattr(before, key)
        yield name, thousands(getattr(before, key)), thousands(getattr(after, key)), _signed(more, thousands(abs(more)))
    costs = (after.amount or Decimal(0)) - (before.amount or Decimal(0))
    yield "Kosten", in_words(before).amount, in_words(after).amount, _signed(costs, euros(abs(costs)))


def _signed(more: int | Decimal, words: str) -> str:
    """`+ 12`, `- 3`, `gelijk`."""
    return f"{'+' if more > 0 else '−'} {words}" if more else "gelijk"
