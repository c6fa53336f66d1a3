"""Every fact and decision that is cited by number is explained in docs/sources.md."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from bodycams.tests.building import APPS

CITED = re.compile(r"\b(S[0-4]-\d{2}|T-\d{2})\b")
RANGE = re.compile(r"\b(S\d)-(\d{2}) to \1-(\d{2})\b")
LOOKED_AT = ("*.py", "*.html", "*.md", "*.css", "*.toml")


def explained(text: str) -> set[str]:
    """The numbers that a text names, those within "S1-05 to S1-07" included."""
    ranges = {
        f"{document}-{number:02}"
        for document, first, last in RANGE.findall(text)
        for number in range(int(first), int(last) + 1)
    }
    return ranges | set(CITED.findall(text))


def files(root: Path) -> Iterator[Path]:
    for part in (*APPS, "docs", "templates"):
        for pattern in LOOKED_AT:
            yield from (root / part).rglob(pattern)


def test_every_cited_number_is_explained() -> None:
    root = Path(settings.BASE_DIR)
    known = explained((root / "docs/sources.md").read_text())
    unknown = {
        f"{number} in {path.relative_to(root)}"
        for path in files(root)
        for number in CITED.findall(path.read_text())
        if number not in known
    }
    assert unknown == set()


@pytest.mark.parametrize(("number", "found"), [("S1-05", True), ("S1-06", True), ("S1-07", True), ("S1-08", False)])
def test_a_range_explains_what_lies_in_it(number: str, found: bool) -> None:
    assert (number in explained("S1-05 to S1-07: the first three")) is found
