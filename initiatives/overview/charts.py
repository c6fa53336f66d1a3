"""The charts of an overview, for the page and for paper: which numbers go in, and what each says in words."""

from collections.abc import Sequence

from bodycams import charts
from bodycams.charts import Chart
from initiatives.overview.approved import Row, total
from initiatives.overview.figures import Group, every_unit, per_kind, per_support
from initiatives.words import SHORT_KINDS, plain, thousands

MAP = "Goedgekeurde initiatieven per regionale eenheid"


def tile_map(rows: Sequence[Row]) -> Chart:
    """The regional units on the screen; the table under it says the numbers."""
    return _tile_map(rows, MAP)


def paper_tile_map(rows: Sequence[Row]) -> Chart:
    """The same for paper, where the title says the numbers."""
    regional = [group for group in every_unit(rows) if group.key in charts.TILES]
    return _tile_map(rows, f"{MAP}: {'; '.join(map(_counted, regional))}.")


def _tile_map(rows: Sequence[Row], title: str) -> Chart:
    groups = every_unit(rows)
    counts = dict.fromkeys(charts.TILES, 0)
    for group in groups:
        counts[group.key] = counts.get(group.key, 0) + len(group.rows)
    elsewhere = [_counted(group) for group in groups if group.key not in charts.TILES]
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


def kinds(rows: Sequence[Row]) -> Chart:
    """The kinds on the screen, with and without support."""
    return charts.bars(
        "Goedgekeurde initiatieven per soort, met en zonder ondersteuning",
        [
            charts.Bar(SHORT_KINDS[group.key].capitalize(), group.total.supported, group.total.unsupported)
            for group in per_kind(rows)
        ],
        ["Soort", "met ondersteuning", "zonder ondersteuning"],
        "Eén initiatief kan meer soorten hebben.",
    )


def paper_units(rows: Sequence[Row]) -> Chart:
    """Every unit, in both sections."""
    bars = [charts.Bar(plain(group.name), group.total.supported, group.total.unsupported) for group in every_unit(rows)]
    return charts.paper_bars("Goedgekeurde initiatieven per eenheid", bars, ("Deel A: ondersteund", "Deel B: zonder"))


def paper_support(rows: Sequence[Row]) -> Chart:
    """Every kind of support, granted and refused."""
    bars = [charts.Bar(count.label, count.granted, count.refused) for count in per_support(rows)]
    return charts.paper_bars("Gevraagde ondersteuning per soort", bars, ("Verleend", "Geweigerd"))
