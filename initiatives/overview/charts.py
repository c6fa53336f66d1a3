"""The charts of an overview, for the page and for paper: which numbers go in, and what each says in words."""

from collections.abc import Sequence
from datetime import date

from django.utils.dateformat import format as format_date

from bodycams import charts
from bodycams.charts import TILES, Bar, Chart, Column
from initiatives.overview.approved import Row, total
from initiatives.overview.figures import (
    Group,
    every_unit,
    median_days,
    per_kind,
    per_model,
    per_month,
    per_pace,
    per_support,
)
from initiatives.overview.words import SUPPORT
from initiatives.words import SHORT_KINDS, plain, thousands

MAP = "Goedgekeurde initiatieven per regionale eenheid"
PARTS = ["met ondersteuning", "zonder ondersteuning"]
VENDORS = 8
"""So many vendors are drawn; the table names them all."""


def tile_map(rows: Sequence[Row]) -> Chart:
    """The regional units on the screen; the table under it says the numbers."""
    return _tile_map(rows, MAP)


def paper_tile_map(rows: Sequence[Row]) -> Chart:
    """The same for paper, where the title says the numbers."""
    regional = [group for group in every_unit(rows) if group.key in TILES]
    return _tile_map(rows, f"{MAP}: {'; '.join(map(_counted, regional))}.")


def _tile_map(rows: Sequence[Row], title: str) -> Chart:
    groups = every_unit(rows)
    counts = dict.fromkeys(TILES, 0)
    for group in groups:
        counts[group.key] = counts.get(group.key, 0) + len(group.rows)
    elsewhere = [_counted(group) for group in groups if group.key not in TILES]
    return charts.tiles(
        title,
        counts,
        [(plain(group.name), len(group.rows), group.total.cameras) for group in groups],
        ["Eenheid", "Initiatieven", "Camera’s"],
        f"Buiten de kaart: {', '.join(elsewhere)}. Donkerder is meer.",
        ["Totaal", len(rows), total(rows).cameras],
    )


def _counted(group: Group) -> str:
    return f"{plain(group.name)} {thousands(len(group.rows))}"


def units(rows: Sequence[Row]) -> Chart:
    """Every unit on the screen, with and without support."""
    groups = every_unit(rows)
    return charts.bars(
        "Goedgekeurde initiatieven per eenheid, met en zonder ondersteuning",
        [_bar(TILES[group.key].name if group.key in TILES else plain(group.name), group) for group in groups],
        ["Eenheid", *PARTS],
    )


def kinds(rows: Sequence[Row]) -> Chart:
    """The kinds on the screen, with and without support."""
    return charts.bars(
        "Goedgekeurde initiatieven per soort, met en zonder ondersteuning",
        [_bar(SHORT_KINDS[group.key].capitalize(), group) for group in per_kind(rows)],
        ["Soort", *PARTS],
        "Eén initiatief kan meer soorten hebben.",
    )


def vendors(rows: Sequence[Row]) -> Chart:
    """Who the cameras come from on the screen, most cameras first."""
    groups = per_model(rows, lambda row: plain(row.vendor))
    left = len(groups) - VENDORS
    more = [f"En nog {left} met minder camera’s; zij staan in de tabel."] if left > 0 else []
    drawn = charts.bars(
        "Goedgekeurde initiatieven per leverancier, met en zonder ondersteuning",
        [_bar(group.name, group) for group in groups[:VENDORS]],
        ["Leverancier", *PARTS],
        " ".join(["Wie de meeste camera’s levert, staat bovenaan.", *more]),
    )
    counted = [(group.name, len(group.rows), group.total.cameras) for group in groups]
    return drawn._replace(head=["Leverancier", "Initiatieven", "Camera’s"], rows=counted)


def _bar(label: str, group: Group) -> Bar:
    return Bar(label, group.total.supported, group.total.unsupported)


def support(rows: Sequence[Row]) -> Chart:
    """Every kind of support on the screen, granted and refused."""
    counts = per_support(rows)
    drawn = charts.bars(
        "Gevraagde ondersteuning per soort, verleend en geweigerd",
        [Bar(short, count.granted, count.refused) for short, count in zip(SUPPORT, counts, strict=True)],
        ["Soort", "verleend", "geweigerd"],
    )
    return drawn._replace(head=["Soort", "verleend", "geweigerd", "niet gevraagd"], rows=counts)


def months(rows: Sequence[Row], peildatum: date) -> Chart:
    """In which of the last twelve months the decisions were taken."""
    counted, before = per_month(rows, peildatum)
    first, last = (format_date(counted[place][0], "F Y") for place in (0, -1))
    return charts.columns(
        f"Besluiten per maand, {first} tot en met {last}",
        [Column(format_date(day, "b"), number, long_label=format_date(day, "F Y")) for day, number in counted],
        ["Maand", "Besluiten"],
        wide=17,
        note=f"Van {first} tot en met {last}. Besluiten van daarvoor: {thousands(before)}.",
    )


def paces(rows: Sequence[Row]) -> Chart:
    """How many days passed between filing and the decision in force."""
    median = median_days(rows)
    days = "" if median is None else f" De helft duurde niet langer dan {median} {'dag' if median == 1 else 'dagen'}."
    return charts.bars(
        "Dagen van aanmelden tot en met het besluit dat geldt",
        [Bar(words, number) for words, number in per_pace(rows)],
        ["Duur", "Initiatieven"],
        f"Van de eerste aanmelding tot en met het besluit dat geldt, ook als dat op bezwaar is genomen.{days}",
    )


def paper_units(rows: Sequence[Row]) -> Chart:
    """Every unit, in both sections."""
    bars = [_bar(plain(group.name), group) for group in every_unit(rows)]
    return charts.paper_bars("Goedgekeurde initiatieven per eenheid", bars, ("Deel A: ondersteund", "Deel B: zonder"))


def paper_support(rows: Sequence[Row]) -> Chart:
    """Every kind of support, granted and refused."""
    bars = [Bar(count.label, count.granted, count.refused) for count in per_support(rows)]
    return charts.paper_bars("Gevraagde ondersteuning per soort", bars, ("Verleend", "Geweigerd"))
