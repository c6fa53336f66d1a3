"""The national overview as data: the JSON and CSV that stand beside the page, inside the PDF, and behind the API.

From the overview alone, so the same overview gives the same bytes wherever it is asked for. Words are those of page and
PDF (`plain`); amounts, days and counts are exact. Not here: what is on the overview (`approved.py`), who may have it.
"""

import json
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.metadata import version
from typing import Any

from bodycams.spreadsheets import comma_separated
from bodycams.spreadsheets.cells import Cell, Column
from initiatives.choices import CarriedOut, Support
from initiatives.overview.approved import Overview, Row, Total, total
from initiatives.overview.figures import every_unit
from initiatives.overview.files import LAID_OUT_BY, drawn_with
from initiatives.overview.words import SECTIONS
from initiatives.words import plain
from workflow.dates import parse_day

FORMAT = 1
"""Goes up when a name in the JSON changes or disappears; names may be added."""
EUROS = re.compile(r"[0-9]{1,12}\.[0-9]{2}")
HEADS = (
    *("peildatum", "deel", "nummer", "titel", "eenheidscode", "eenheid", "teams", "soorten", "camera’s"),
    *("leverancier", "model", "bedrag in euro", "eenheid betaalt", "besluit op"),
    *(f"ondersteuning: {kind.label.lower()}" for kind in Support),
    *("na bezwaar", "bezwaar loopt", "regelversie", "uitvoering", "uitvoering gemeld op", "aangemeld op"),
)


def as_json(overview: Overview) -> bytes:
    """Everything that is on the overview, in the canonical form of RFC 8785: keys sorted, no white space, UTF-8."""
    said = {
        "document": "landelijk-overzicht",
        "format": FORMAT,
        "peildatum": overview.peildatum.isoformat(),
        "rule_version": overview.rule_version or None,
        "software": software(),
        "totals": _sums(overview.total),
        "sections": [
            {"section": key, "title": SECTIONS[key][0], "totals": _sums(total(rows))}
            for key, rows in (("a", overview.section_a), ("b", overview.section_b))
        ],
        "units": [
            {"unit": group.key, "unit_name": plain(group.name), "totals": _sums(group.total)}
            for group in every_unit(overview.rows)
        ],
        "rows": [_said(row) for row in overview.rows],
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@cache
def software() -> dict[str, str]:
    """What the PDF of an overview is made with: a digest of our own part of it, and the packages by version. Pango and
    HarfBuzz, which come with the machine, are not among them.
    """
    return {"register": drawn_with()[:16], **{package: version(package) for package in LAID_OUT_BY}}


def _sums(of: Total) -> dict[str, Any]:
    return {
        "initiatives": of.initiatives,
        "supported": of.supported,
        "unsupported": of.unsupported,
        "cameras": of.cameras,
        "amount": _euros(of.amount),
        "by_objection": of.by_objection,
    }


def _said(row: Row) -> dict[str, Any]:
    return {
        "section": "a" if row.is_supported else "b",
        "number": row.number,
        "title": plain(row.title),
        "unit": row.unit,
        "unit_name": plain(row.unit_name),
        "teams": plain(row.teams),
        "kinds": list(row.kinds),
        "cameras": row.cameras,
        "vendor": plain(row.vendor),
        "model": plain(row.model),
        "amount": _euros(row.amount),
        "unit_pays": row.unit_pays,
        "decided_on": row.decided_on.isoformat(),
        "support": dict(zip(Support.values, row.support, strict=True)),
        "by_objection": row.by_objection,
        "objection_pending": row.objection_pending,
        "rule_version": row.rule_version or None,
        "outcome": row.outcome or None,
        "outcome_on": row.outcome_on and row.outcome_on.isoformat(),
        "filed_on": row.filed_on and row.filed_on.isoformat(),
    }


def _euros(amount: Decimal | None) -> str | None:
    """`18500.00`: as text, since a number in JSON may lose its cents on the way."""
    return None if amount is None else f"{amount:.2f}"


def from_json(content: bytes) -> Overview:
    """The overview that `as_json` wrote, also long ago: what was added to the form since may be absent. Rows no longer
    know their file (0). Raises ValueError for anything else.

    For the bytes that are kept of our own editions, which is what draws and compares them. It is a gate all the same:
    each value is of its kind, and the rows add up to the totals. Whose bytes they are, it cannot say.
    """
    try:
        said = json.loads(content, object_pairs_hook=_once, parse_float=_not_ours, parse_constant=_not_ours)
        if (said["document"], said["format"]) != ("landelijk-overzicht", FORMAT):
            raise ValueError("not an overview of this form")
        overview = Overview(parse_day(said["peildatum"]), tuple(map(_row, said["rows"])))
        if not said["totals"].items() <= _sums(overview.total).items():
            raise ValueError("the rows do not add up to the totals")
        return overview
    except (KeyError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        raise ValueError(f"not the data of an overview: {error!r}") from None


def _row(said: dict[str, Any]) -> Row:
    texts = {name: _a(str, said[name]) for name in ("number", "title", "unit", "unit_name", "teams", "vendor", "model")}
    marks = {name: _a(bool, said[name]) for name in ("unit_pays", "by_objection", "objection_pending")}
    return Row(
        file=0,
        **texts,
        **marks,
        cameras=_a(int, said["cameras"]),
        kinds=tuple(_a(str, kind) for kind in _a(list, said["kinds"])),
        amount=None if said["amount"] is None else _amount(said["amount"]),
        decided_on=parse_day(said["decided_on"]),
        support=tuple(_a(str, said["support"][kind]) for kind in Support.values),
        rule_version=_a(str, said["rule_version"] or ""),
        outcome=CarriedOut(said["outcome"]).value if said["outcome"] else "",
        outcome_on=parse_day(said["outcome_on"]) if said["outcome_on"] else None,
        filed_on=parse_day(said["filed_on"]) if said.get("filed_on") else None,
    )


def _a(kind: type, value: Any) -> Any:
    if type(value) is not kind:
        raise TypeError(f"{value!r:.40} is not of its kind")
    return value


def _amount(said: Any) -> Decimal:
    if not EUROS.fullmatch(_a(str, said)):
        raise ValueError("not an amount in euros")
    return Decimal(said)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    said = dict(pairs)
    if len(said) != len(pairs):
        raise ValueError("a name that stands there twice")
    return said


def _not_ours(number: str) -> Any:
    raise ValueError(f"{number:.40} is not a number that we write")


def as_csv(overview: Overview) -> bytes:
    """A line for each initiative, for a Dutch spreadsheet: UTF-8 with BOM, `;` between, a comma in amounts."""
    rows = (_cells(row, overview.peildatum) for row in overview.rows)
    return b"".join(comma_separated.as_csv("", [Column(head) for head in HEADS], rows))


def _cells(row: Row, peildatum: date) -> Sequence[Cell]:
    said = _said(row)
    return (
        *(peildatum, said["section"].upper(), said["number"], said["title"], said["unit"]),
        *(said["unit_name"], said["teams"], ", ".join(said["kinds"]), row.cameras, said["vendor"]),
        *(said["model"], said["amount"] and Decimal(said["amount"]), _yes(row.unit_pays), row.decided_on),
        *row.support,
        *(_yes(row.by_objection), _yes(row.objection_pending), row.rule_version),
        *(CarriedOut(row.outcome).label.lower() if row.outcome else "", row.outcome_on, row.filed_on),
    )


def _yes(answer: bool) -> str:
    return "ja" if answer else "nee"
