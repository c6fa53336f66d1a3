"""An overview in words: each row and total as page and PDF both write them, so that they cannot differ.

Which rows there are is `approved.py`'s question, what they add up to that of `figures.py`.
"""

from decimal import Decimal
from typing import NamedTuple

from initiatives.choices import CarriedOut
from initiatives.overview.approved import Overview, Row, Total
from initiatives.words import euros, kinds_in_words, plain, short_day, so_many, thousands
from workflow.dates import day_in_words, parse_day

SUPPORT = ("Beleid", "Inkoop", "Beheer", "ICT", "Juridisch")
"""The five kinds of support in the words of a narrow column, in the letter's order."""
SECTIONS = {
    "a": ("Deel A: goedgekeurd en ondersteund", "Toestemming, en minstens één soort ondersteuning."),
    "b": ("Deel B: goedgekeurd zonder ondersteuning", "Toestemming, maar geen ondersteuning."),
}


class Line(NamedTuple):
    """A row in words. What there is nothing to say of is empty."""

    file: int
    number: str
    title: str
    unit: str
    teams: str
    kinds: str
    device: str
    cameras: str
    decided: str
    support: tuple[str, ...]
    amount: str
    payer: str
    note: str
    rules: str
    outcome: str


class Sum(NamedTuple):
    """A total in words."""

    initiatives: str
    supported: str
    unsupported: str
    cameras: str
    amount: str
    by_objection: str


def line(row: Row) -> Line:
    return Line(
        file=row.file,
        number=row.number,
        title=plain(row.title),
        unit=plain(row.unit_name),
        teams=plain(row.teams),
        kinds=kinds_in_words(row.kinds),
        device=device(row),
        cameras=thousands(row.cameras),
        decided=short_day(row.decided_on),
        support=row.support,
        amount=_costs(row.amount),
        payer="eenheid betaalt" if row.unit_pays else "",
        note="na bezwaar" if row.by_objection else "bezwaar loopt" if row.objection_pending else "",
        rules=f"regels van {short_day(parse_day(row.rule_version))}" if row.rule_version else "",
        outcome=_outcome(row),
    )


def _costs(amount: Decimal | None) -> str:
    return "geen bedrag" if amount is None else euros(amount)


def _outcome(row: Row) -> str:
    """`uitgevoerd, 20-5-2019`: what the unit reported."""
    return f"{CarriedOut(row.outcome).label.lower()}, {short_day(row.outcome_on)}" if row.outcome_on else ""


def device(row: Row) -> str:
    """Vendor and model; the vendor's name once, when the model begins with it."""
    vendor, model = plain(row.vendor), plain(row.model)
    return model if vendor and model.lower().startswith(vendor.lower()) else f"{vendor} {model}".strip()


def in_words(total: Total) -> Sum:
    return Sum(
        initiatives=thousands(total.initiatives),
        supported=thousands(total.supported),
        unsupported=thousands(total.unsupported),
        cameras=thousands(total.cameras),
        amount=_costs(total.amount),
        by_objection=thousands(total.by_objection),
    )


def how_many(number: int) -> str:
    """`1 initiatief`, `12 initiatieven`."""
    return so_many(number, "initiatief", "initiatieven")


def rules_in_words(overview: Overview) -> str:
    """The newest rules by which anything on the overview was judged; empty when there is nothing on it."""
    version = overview.rule_version
    return f"regels van {day_in_words(parse_day(version))}" if version else ""
