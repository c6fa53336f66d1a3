"""Numbers, amounts, days and kinds as lists and documents write them. Sentences stand where they are shown."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from initiatives.choices import Kind

SHORT_KINDS = {
    Kind.PURCHASE.value: "aanschaf",
    Kind.REPLACEMENT.value: "vervanging defect",
    Kind.MAINTENANCE.value: "verlenging onderhoud",
    Kind.DEVELOPMENT.value: "ontwikkeling",
    Kind.EXPERIMENT.value: "experiment",
}
"""A kind in the words of a narrow column."""


def thousands(number: int) -> str:
    """`10.000`."""
    return f"{number:,}".replace(",", ".")


def so_many(number: int, one: str, several: str) -> str:
    """`1 opname`, `10.000 opnamen`."""
    return f"{thousands(number)} {one if number == 1 else several}"


def from_to(first: int, many: int) -> str:
    """Which of a list stand on a page: `1 tot en met 25`, or `26` alone."""
    last = first + many - 1
    return f"{thousands(first)} tot en met {thousands(last)}" if last > first else thousands(first)


def joined(words: Iterable[str]) -> str:
    """`operationeel beleid, ICT-integratie en juridische borging`."""
    *most, last = words
    return f"{', '.join(most)} en {last}" if most else last


def euros(amount: Decimal) -> str:
    """`€ 18.500`, and cents only when there are any: `€ 18.500,50`."""
    whole, cents = divmod(abs(amount).quantize(Decimal("0.01")), 1)
    sign = "-" if amount < 0 else ""
    return f"€ {sign}{thousands(int(whole))}" + (f",{int(cents * 100):02}" if cents else "")


def size_in_words(size: int) -> str:
    """`61 kB`, `1,2 MB`: of so many bytes."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1_000))} kB"
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")


def short_day(day: date) -> str:
    """`3-3-2026`, for tables."""
    return f"{day.day}-{day.month}-{day.year}"


def kinds_in_words(kinds: Iterable[str]) -> str:
    """`Aanschaf, experiment`."""
    return ", ".join(SHORT_KINDS[kind] for kind in kinds).capitalize()


def plain(text: str) -> str:
    """Typed text on one line, without characters that have no shape of their own: those that steer a terminal, turn the
    direction of what follows, or belong to no alphabet yet.
    """
    return re.sub(r"\s+", " ", "".join(map(_shown, text))).strip()


def _shown(character: str) -> str:
    if character in JOINERS:
        return character
    return " " if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") else character


JOINERS = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}\N{SOFT HYPHEN}"
"""Without shape too, but words need them."""
