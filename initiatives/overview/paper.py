"""The national overview on paper: the words and figures that `templates/pdf/overview.html` shows, as plain values.

What is on it comes from `approved.py`, in the words of `words.py`. Not here: making a PDF of it
(`pdf.py`).
"""

import hashlib
from typing import Any, NamedTuple

from django.template.loader import render_to_string

from initiatives.overview import mark
from initiatives.overview.approved import GRANTED, NOT_ASKED, REFUSED, Overview, Row, Total, total
from initiatives.overview.charts import paper_support, paper_tile_map, paper_units
from initiatives.overview.data import as_json, software
from initiatives.overview.figures import Group, every_unit, per_kind, per_model, per_support, per_unit
from initiatives.overview.mark import EditionMark, grouped
from initiatives.overview.words import SECTIONS, device, how_many, in_words, line, rules_in_words
from initiatives.words import plain, thousands
from workflow.dates import day_in_words

MARKS = {GRANTED: "✔", REFUSED: "✘", NOT_ASKED: "○"}
KINDS = ("beleid", "inkoop", "beheer", "ICT", "juridisch")
THIN = "\N{THIN SPACE}"
CHAPTERS = ("eenheden", "ondersteuning", "deel-a", "deel-b", "verantwoording")
"""The names by which the contents lead to a chapter, in order."""


class Link(NamedTuple):
    """Where a line of the contents leads, and on which page that is when this is known beforehand."""

    address: str
    page: int | None = None


class Table(NamedTuple):
    """A table of figures; the first value of a row names it."""

    caption: str
    head: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    total: tuple[Any, ...] = ()


def whole(overview: Overview, edition: EditionMark | None = None) -> str:
    """The whole document as HTML."""
    parts = {"sections": sections(overview), "account": account(overview, edition)}
    return html(overview, edition, front=front(overview, {name: Link(f"#{name}") for name in CHAPTERS}), **parts)


def html(overview: Overview, edition: EditionMark | None, **parts: Any) -> str:
    """A document of the parts that are given: `front`, `sections`, `account`."""
    day = day_in_words(overview.peildatum)
    which = f"{edition.name}, peildatum {day}" if edition else f"peildatum {day}"
    context = {
        "title": f"Landelijk overzicht goedgekeurde bodycam-initiatieven, {which}",
        "description": f"Goedgekeurde bodycam-initiatieven van de politie op {day}, met en zonder ondersteuning.",
        "status": " · ".join(filter(None, [f"Peildatum {day}", rules_in_words(overview), mark.status(edition)])),
        "stamp": mark.stamp(edition),
        "is_edition": edition is not None,
    }
    return render_to_string("pdf/overview.html", {**context, **parts})


def front(overview: Overview, links: dict[str, Link]) -> dict[str, Any]:
    """The first pages: figures, charts and contents; `links` by the names of `CHAPTERS`."""
    sums, units = in_words(overview.total), every_unit(overview.rows)
    return {
        "day": day_in_words(overview.peildatum),
        "is_empty": not overview.rows,
        "figures": [
            (sums.initiatives, "Goedgekeurde initiatieven", "alle eenheden samen"),
            (sums.supported, "Deel A: ook ondersteund", _share(overview.total.supported, overview.total)),
            (sums.unsupported, "Deel B: zonder ondersteuning", _share(overview.total.unsupported, overview.total)),
            (sums.cameras, "Gevraagde camera’s", "in deze initiatieven"),
            (sums.amount, "Kosten", "van deze initiatieven samen"),
        ],
        "contents": list(zip(_titles(overview), (links[chapter] for chapter in CHAPTERS), strict=True)),
        "units": paper_units(overview.rows),
        "map": paper_tile_map(overview.rows),
        "support": paper_support(overview.rows),
        "tables": _tables(overview, units),
    }


def _titles(overview: Overview) -> list[str]:
    """Of `CHAPTERS`, as the contents name them."""
    sums = in_words(overview.total)
    return [
        "Cijfers per eenheid",
        "Ondersteuning, soorten en leveranciers",
        f"{SECTIONS['a'][0]} ({sums.supported})",
        f"{SECTIONS['b'][0]} ({sums.unsupported})",
        "Verantwoording",
    ]


def _share(part: int, whole: Total) -> str:
    return f"{round(100 * part / whole.initiatives)}% van alle initiatieven" if part else "geen"


def _tables(overview: Overview, units: list[Group]) -> dict[str, Table]:
    return {
        "units": Table(
            "Tabel 1. Totalen per eenheid en landelijk, bij figuur 1 en 2",
            ("Eenheid", "Deel A", "Deel B", "Samen", "Camera’s gevraagd", "Kosten", "Na bezwaar"),
            [(plain(group.name), *_sums(group.total)) for group in units],
            ("Landelijk", *_sums(overview.total)),
        ),
        "support": Table(
            "Tabel 2. Ondersteuning per soort, bij figuur 3",
            ("Soort", "Verleend", "Geweigerd", "Niet gevraagd"),
            [(name, *map(thousands, numbers)) for name, *numbers in per_support(overview.rows)],
        ),
        "kinds": Table(
            "Tabel 3. Soorten initiatieven. Een initiatief kan er meer hebben.",
            ("Soort", "Initiatieven", "Camera’s"),
            list(map(_counts, per_kind(overview.rows))),
        ),
        "models": Table(
            "Tabel 4. Leveranciers en modellen",
            ("Leverancier en model", "Initiatieven", "Camera’s"),
            list(map(_counts, per_model(overview.rows, device))),
        ),
    }


def _sums(of: Total) -> tuple[str, ...]:
    sums = in_words(of)
    return (sums.supported, sums.unsupported, sums.initiatives, sums.cameras, sums.amount, sums.by_objection)


def _counts(group: Group) -> tuple[str, ...]:
    sums = in_words(group.total)
    return (group.name, sums.initiatives, sums.cameras)


def sections(overview: Overview) -> list[dict[str, Any]]:
    """Both sections with all their rows."""
    return [_section("a", overview.section_a), _section("b", overview.section_b)]


def _section(key: str, rows: tuple[Row, ...]) -> dict[str, Any]:
    title, explanation = SECTIONS[key]
    sums = in_words(total(rows))
    return {
        "id": f"deel-{key}",
        "name": title,
        "title": title,
        "explanation": explanation,
        "groups": [_group(group) for group in per_unit(rows)],
        "sum": f"Landelijk totaal deel {key.upper()}: {how_many(len(rows))}, {sums.cameras} camera’s, {sums.amount}",
    }


def _group(group: Group) -> dict[str, Any]:
    sums = in_words(group.total)
    granted = sum(row.support.count(GRANTED) for row in group.rows)
    name = plain(group.name)
    notes = [sums.amount] + ([f"{sums.by_objection} na bezwaar"] if group.total.by_objection else [])
    return {
        "name": name,
        "rows": [_cells(row) for row in group.rows],
        "total": (
            f"{name}: {how_many(len(group.rows))}",
            f"{sums.cameras} camera’s",
            f"{thousands(granted)} keer ondersteuning verleend" if granted else "geen ondersteuning",
            "; ".join(notes),
        ),
    }


def _cells(row: Row) -> tuple[str, ...]:
    """The five cells of a row, each of two lines or more."""
    words = line(row)
    kinds = [f"{MARKS[answer]}{THIN}{kind}" for kind, answer in zip(KINDS, row.support, strict=True)]
    cameras = f"{words.cameras} camera’s" if row.cameras else "geen camera’s"
    return (
        f"{words.number}\n{words.decided}",
        words.title,
        _lines([words.teams or "geen teams genoemd"], [f"{words.kinds}; {cameras}", words.device]),
        " \t".join(kinds[:3]) + "\n" + " \t".join(kinds[3:]),
        _lines([words.amount, words.payer], [words.note, words.rules], [words.outcome]),
    )


def _lines(*lines: list[str]) -> str:
    """Each line of its parts; what there is nothing to say of takes no line."""
    return "\n".join(filter(None, (", ".join(filter(None, parts)) for parts in lines)))


def account(overview: Overview, edition: EditionMark | None) -> list[tuple[str, str]]:
    """Where the document comes from, as names and values."""
    sums, rules = in_words(overview.total), rules_in_words(overview)
    programs = ", ".join(f"{name} {number}" for name, number in software().items())
    return [
        ("Peildatum", f"{day_in_words(overview.peildatum)}, einde van de dag (Europe/Amsterdam)"),
        *([("Regelversie", f"{rules}; per initiatief gelden de regels van de dag van aanmelden")] if rules else []),
        (
            "Aantallen",
            f"{how_many(overview.total.initiatives)}: {sums.supported} in deel A, {sums.unsupported} in deel B",
        ),
        *mark.account(edition),
        ("Gegevens", f"sha256 van overzicht.json: {grouped(hashlib.sha256(as_json(overview)).hexdigest())}"),
        ("Programma’s", programs),
    ]
