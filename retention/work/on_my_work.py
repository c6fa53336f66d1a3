"""Recordings in numbers on the page with one's own work: the last four weeks, per unit, for who sees those numbers.

What is counted is `numbers/per_unit.py`'s question; the page with all of it is `views/numbers.py`.
"""

from collections.abc import Sequence
from datetime import timedelta
from functools import reduce
from typing import Any, NamedTuple

from bodycams.charts import TILES, Bar, Chart, Column, bars, columns
from initiatives.words import thousands
from initiatives.work.beside import Beside, also_show
from retention.numbers.per_unit import Numbers, numbers, units_counted_for
from retention.worklist.left import JUDGING_DAYS
from workflow.clock import local_date
from workflow.dates import add_days, day_in_words

PERIOD = timedelta(days=28)
TITLE = "Opnamen, laatste 28 dagen"
HEAD = ["Eenheid", "Binnen", "Beoordeeld", "Over tijd"]
"""As much as the side of the page holds; all numbers of each unit stand on the page that is linked."""


class Counted(NamedTuple):
    """What the panel says; without a chart nothing came in."""

    facts: Sequence[tuple[str, str]] = ()
    chart: Chart | None = None


def register() -> None:
    """Called when the app starts."""
    also_show(_counted)


def _counted(person: Any) -> Beside | None:
    """Of the units of this person, or of all. One query; none for who does not see numbers."""
    units = units_counted_for(person)
    if units == set():
        return None
    _, found = numbers(units, PERIOD)
    total = reduce(Numbers.plus, found, Numbers("", "Alle eenheden"))
    is_empty = not any(total.counts)
    shown = Counted() if is_empty else Counted(_facts(total), _chart(found, total))
    return Beside(TITLE, "retention/on_my_work.html", shown)


def _facts(total: Numbers) -> list[tuple[str, str]]:
    return [
        ("Binnengekomen", thousands(total.arrived)),
        ("Beoordeeld", thousands(total.judged)),
        ("Wachten", thousands(total.waiting)),
        ("Over tijd", thousands(total.overdue)),
        ("Oudste die wacht", oldest(total)),
    ]


def oldest(unit: Numbers) -> str:
    """The day of use of what waits longest."""
    if unit.first_closes_at is None:
        return "geen"
    return day_in_words(add_days(local_date(unit.first_closes_at), -JUDGING_DAYS))


def _chart(found: Sequence[Numbers], total: Numbers) -> Chart:
    """Of one unit its numbers beside each other; of several what came in of each."""
    if len(found) == 1:
        return _of_one(found[0])
    drawn = bars(
        "Binnengekomen opnamen per eenheid: beoordeeld en niet beoordeeld",
        [Bar(name_of(unit), unit.judged, unit.arrived - unit.judged) for unit in found],
        ["Eenheid", "Beoordeeld", "Wacht, of vernietigd zonder oordeel"],
    )
    return drawn._replace(head=HEAD, rows=[_row(unit) for unit in found], total=_row(total))


def _of_one(unit: Numbers) -> Chart:
    shown = [
        Column("binnen", unit.arrived, "", "Binnengekomen"),
        Column("beoordeeld", unit.judged, "", "Beoordeeld"),
        Column("wachten", unit.waiting, "", "Wachten"),
        Column("over tijd", unit.overdue, "late", "Over tijd"),
    ]
    spoken = ", ".join(f"{column.long_label.lower()} {column.value}" for column in shown)
    return columns(f"Opnamen van {unit.name}: {spoken}", shown, ["Opnamen", "Aantal"])


def name_of(unit: Numbers) -> str:
    """Short where there is a short one: it stands in a chart."""
    return TILES[unit.code].name if unit.code in TILES else unit.name


def _row(unit: Numbers) -> tuple[str, ...]:
    counts = (unit.arrived, unit.judged, unit.overdue)
    return (name_of(unit) if unit.code else unit.name, *(thousands(count) for count in counts))
