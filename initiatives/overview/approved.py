"""The national overview (S0-29): which initiatives are approved on a day, and what is printed of each. The same for
page, PDF and data.

Everything comes from decisions and their snapshots, and from reports of units, which never change; nothing is read from
what can still be edited.
So the overview of a past day is the same whenever it is asked for.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, Subquery

from initiatives.choices import FinalGround, Support
from initiatives.models import Decision, Execution, Objection
from workflow.clock import AMSTERDAM, local_date
from workflow.dates import day_in_words, parse_day

GRANTED, REFUSED, NOT_ASKED = "verleend", "geweigerd", "niet gevraagd"
FIRST_DAY = date(2015, 1, 1)
UNITS = {
    "NN": "Noord-Nederland",
    "ON": "Oost-Nederland",
    "MN": "Midden-Nederland",
    "NH": "Noord-Holland",
    "AM": "Amsterdam",
    "DH": "Den Haag",
    "RO": "Rotterdam",
    "ZWB": "Zeeland-West-Brabant",
    "OB": "Oost-Brabant",
    "LI": "Limburg",
    "LE": "Landelijke Eenheid",
}
"""The units that every overview names, also with nothing: those of the Regeling beheer politie, in its order. Others
come after them, by name.
"""
PLACES = {code: place for place, code in enumerate(UNITS)}


class Row(NamedTuple):
    """An approved initiative, as its decision in force has it. `file` leads to its file and is not printed; `amount` is
    in euros; `support` is per kind, in the letter's order. `outcome` is what the unit had reported by then: that it was
    carried out, ended early or not carried out, and since when; empty when it had not. `filed_on` is when it was filed
    first.
    """

    file: int
    number: str
    title: str
    unit: str
    unit_name: str
    teams: str
    kinds: tuple[str, ...]
    cameras: int
    vendor: str
    model: str
    amount: Decimal | None
    unit_pays: bool
    decided_on: date
    support: tuple[str, ...]
    by_objection: bool
    objection_pending: bool
    rule_version: str
    outcome: str = ""
    outcome_on: date | None = None
    filed_on: date | None = None

    @property
    def is_supported(self) -> bool:
        """Whether it belongs to section A: at least one kind of support granted."""
        return GRANTED in self.support


class Total(NamedTuple):
    """What a group of rows adds up to. `amount` is None when none of them names one."""

    initiatives: int
    supported: int
    cameras: int
    amount: Decimal | None
    by_objection: int

    @property
    def unsupported(self) -> int:
        return self.initiatives - self.supported


class Overview(NamedTuple):
    """All rows of a day, in the order of `UNITS` and by number."""

    peildatum: date
    rows: tuple[Row, ...]

    @property
    def section_a(self) -> tuple[Row, ...]:
        """Approved and supported: what the letter's point f literally asks."""
        return tuple(row for row in self.rows if row.is_supported)

    @property
    def section_b(self) -> tuple[Row, ...]:
        """Approved without support."""
        return tuple(row for row in self.rows if not row.is_supported)

    @property
    def total(self) -> Total:
        return total(self.rows)

    @property
    def rule_version(self) -> str:
        """The newest version of the rules by which any of the rows was judged; empty when there are none."""
        return max((row.rule_version for row in self.rows), default="")


def total(rows: Iterable[Row]) -> Total:
    rows = list(rows)
    amounts = [row.amount for row in rows if row.amount is not None]
    return Total(
        initiatives=len(rows),
        supported=sum(row.is_supported for row in rows),
        cameras=sum(row.cameras for row in rows),
        amount=sum(amounts, Decimal(0)) if amounts or not rows else None,
        by_objection=sum(row.by_objection for row in rows),
    )


def why_not(peildatum: date, today: date) -> str:
    """The sentence that says why there is no overview of this day; empty when there is one."""
    if peildatum > today:
        return "De peildatum ligt in de toekomst. Kies vandaag of een eerdere dag."
    if peildatum < FIRST_DAY:
        return f"Het overzicht begint op {day_in_words(FIRST_DAY)}. Kies die dag of een latere."
    return ""


def overview_on(peildatum: date) -> Overview:
    """The overview at the end of `peildatum` (Europe/Amsterdam): by the last decision taken before that. One query."""
    end = datetime.combine(peildatum + timedelta(days=1), time(), AMSTERDAM)
    taken = Decision.objects.filter(decided_at__lt=end)
    later = taken.filter(initiative=OuterRef("initiative"), round__gt=OuterRef("round"))
    withdrawn = Q(initiative__final_ground=FinalGround.WITHDRAWN, initiative__final_on__lte=peildatum)
    objected = Objection.objects.filter(initiative=OuterRef("initiative"), made_at__lt=end)
    reports = Execution.objects.filter(initiative=OuterRef("initiative"), reported_at__lt=end)
    reported = reports.order_by("-reported_at", "-id")
    in_force = (
        taken.exclude(Exists(later))
        .filter(permission=True)
        .annotate(
            pending=Exists(objected.exclude(withdrawn)),
            outcome=Subquery(reported.values("outcome")[:1]),
            outcome_on=Subquery(reported.values("on_day")[:1]),
        )
        .only("initiative_id", "round", "dictum", "granted", "refused", "decided_at", "snapshot")
    )
    rows = (_row(decision) for decision in in_force)
    return Overview(peildatum, tuple(sorted(rows, key=_place)))


def _place(row: Row) -> tuple[object, ...]:
    """What rows are sorted by: the unit, the year, and the number in that year, which may grow beyond four figures."""
    return (PLACES.get(row.unit, len(PLACES)), row.unit_name, row.number[:7], len(row.number), row.number)


def _row(decision: Decision) -> Row:
    said = decision.snapshot
    return Row(
        file=decision.initiative_id,
        number=said["number"],
        title=said["title"],
        unit=said["unit"],
        unit_name=said["unit_name"],
        teams=said["teams"],
        kinds=tuple(said["kinds"]),
        cameras=said["cameras_requested"] or 0,
        vendor=said["vendor"],
        model=said["model"],
        amount=None if said["amount"] is None else Decimal(said["amount"]),
        unit_pays=said["unit_pays"],
        decided_on=local_date(decision.decided_at),
        support=tuple(_support(kind, decision) for kind in Support.values),
        by_objection=decision.round == 2 and "gegrond" in decision.dictum.split("_"),
        objection_pending=decision.round == 1 and decision.pending,  # type: ignore[attr-defined]
        rule_version=said["rule_version"],
        outcome=decision.outcome or "",  # type: ignore[attr-defined]
        outcome_on=decision.outcome_on,  # type: ignore[attr-defined]
        filed_on=parse_day(said["submitted_on"]) if said["submitted_on"] else None,
    )


def _support(kind: str, decision: Decision) -> str:
    if kind in decision.granted:
        return GRANTED
    return REFUSED if kind in decision.refused else NOT_ASKED
