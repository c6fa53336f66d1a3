"""The overview as PDF, read as assistive technology reads it: everything is in it, once, in words and in order."""

import os
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from bodycams.pdf import write_pdf
from bodycams.tests.pdf_checks import faults
from bodycams.tests.pdf_reader import Element, Pdf
from initiatives.overview import paper, pdf
from initiatives.overview.approved import GRANTED, NOT_ASKED, REFUSED, UNITS, Overview, Row
from initiatives.overview.words import line
from initiatives.tests.overview_rows import PEILDATUM, overview_of

MARKS = {GRANTED: "✔", REFUSED: "✘", NOT_ASKED: "○"}
SEVERAL = overview_of(60)
NONE = Overview(PEILDATUM, ())


def made_of(overview: Overview) -> bytes:
    return write_pdf(paper.whole(overview))


@pytest.fixture(scope="module")
def made() -> bytes:
    return made_of(SEVERAL)


@pytest.fixture(scope="module")
def document(made: bytes) -> Pdf:
    return Pdf(made)


def rows_of(document: Pdf) -> dict[str, list[Element]]:
    """The cells of each initiative, by its number."""
    rows = [row.kids for row in document.root.all("TR")]
    return {cells[0].lines[0]: cells for cells in rows if cells[0].text.startswith("BC-")}


def read_row(cells: list[Element]) -> list[str]:
    return [cell.text for cell in cells]


def expected_row(row: Row) -> list[str]:
    words = line(row)
    kinds = ("beleid", "inkoop", "beheer", "ICT", "juridisch")
    marks = [f"{MARKS[answer]}\N{THIN SPACE}{kind}" for kind, answer in zip(kinds, row.support, strict=True)]
    cameras = f"{words.cameras} camera’s" if row.cameras else "geen camera’s"
    device = f", {words.device}" if words.device else ""
    costs = f"{words.amount}, {words.payer}" if words.payer else words.amount
    notes = f"{words.note}, {words.rules}" if words.note else words.rules
    return [
        f"{row.number} {words.decided}",
        row.title,
        f"{row.teams} {words.kinds}; {cameras}{device}",
        " ".join(marks),
        f"{costs} {notes}",
    ]


def test_nothing_is_wrong_with_it(made: bytes) -> None:
    assert faults(made) == []


def test_every_row_is_there_once_with_everything_it_says(document: Pdf) -> None:
    found = rows_of(document)
    assert len(found) == len(SEVERAL.rows)
    for row in SEVERAL.rows:
        assert read_row(found[row.number]) == expected_row(row)


def test_rows_stand_in_their_section_under_their_unit(document: Pdf) -> None:
    found: list[tuple[str, str, str]] = []
    section = unit = ""
    for element in document.root:
        if element.tag == "H2":
            section = element.text
        elif element.tag == "H3":
            unit = element.text
        elif element.tag == "TR" and element.text.startswith("BC-"):
            found.append((section[:6], unit, element.kids[0].lines[0]))
    parts = (("Deel A", SEVERAL.section_a), ("Deel B", SEVERAL.section_b))
    assert found == [(name, row.unit_name, row.number) for name, rows in parts for row in rows]


def test_totals_are_there_per_unit_and_for_the_country(document: Pdf) -> None:
    units = document.root.all("Table")[1]
    cells = {row.kids[0].text: [int(cell.text) for cell in row.kids[1:4]] for row in units.all("TR")[1:]}
    for code, name in UNITS.items():
        own = [row for row in SEVERAL.rows if row.unit == code]
        supported = sum(row.is_supported for row in own)
        assert cells[name] == [supported, len(own) - supported, len(own)]
    assert cells["Landelijk"] == [len(SEVERAL.section_a), len(SEVERAL.section_b), len(SEVERAL.rows)]
    sums = [element.text for element in document.root.all("P") if element.text.startswith("Landelijk totaal")]
    assert [text.split(":")[0] for text in sums] == ["Landelijk totaal deel A", "Landelijk totaal deel B"]


def test_pictures_say_every_number(document: Pdf) -> None:
    bars, tiles, support = (str(figure.raw.Alt) for figure in document.root.all("Figure"))
    for code, name in UNITS.items():
        own = [row for row in SEVERAL.rows if row.unit == code]
        supported = sum(row.is_supported for row in own)
        assert f"{name} {supported} en {len(own) - supported}" in bars
        assert (f"{name} {len(own)}" in tiles) is (code != "LE")
    granted = sum(row.support[1] == GRANTED for row in SEVERAL.rows)
    assert f"Inkoopproces {granted} en " in support


def test_every_page_says_which_of_how_many_it_is_and_of_which_day(document: Pdf) -> None:
    pages = len(document.beside)
    assert [f"Pagina {number} van {pages}" in beside for number, beside in enumerate(document.beside, 1)] == [
        True
    ] * pages
    assert all("Peildatum 30 juni 2018" in beside and "geen editie" in beside for beside in document.beside)


def test_contents_lead_to_their_chapter(document: Pdf) -> None:
    names = document.file.Root.Names.Dests.Names
    places: dict[str, Any] = {str(names[place]): names[place + 1][0] for place in range(0, len(names), 2)}
    lines = document.root.all("L")[0].all("LI")
    headings = [
        element for element in document.root.all("H2") if element.raw.Pg.objgen != lines[0].kids[0].raw.Pg.objgen
    ]
    for entry, heading, name in zip(lines, headings, paper.CHAPTERS, strict=True):
        assert heading.text in entry.text
        assert places[name].objgen == heading.raw.Pg.objgen
        assert entry.lines[-1] == str(document.file.pages.index(heading.raw.Pg) + 1)


def test_nobody_is_named(document: Pdf) -> None:
    text = document.root.text.lower()
    assert "geen namen van personen" in text
    assert "personeelsnummer" not in text


def test_empty_overview_is_sound_and_says_that_it_is_empty() -> None:
    made = made_of(NONE)
    assert faults(made) == []
    document = Pdf(made)
    assert "Het overzicht is leeg." in document.root.text
    assert rows_of(document) == {}
    assert document.root.text.count("In dit deel staat op deze dag geen initiatief.") == 2
    assert "Peildatum 30 juni 2018 · geen editie" in document.beside[0]
    assert "Regelversie" not in document.root.text


@pytest.mark.parametrize("room", [18, 22, 24])
def test_total_of_a_unit_never_begins_a_page(room: int) -> None:
    """Also where the last row would just fit on the page before it, and the total would not."""
    overview = Overview(PEILDATUM, SEVERAL.section_a[:1] * 11)
    document = Pdf(write_pdf(paper.whole(overview), f"@page {{ margin-bottom: {room}mm !important }}"))
    rows = [row for row in document.root.all("TR") if row.text.startswith(("BC-", "Totaal"))]
    *_, last, total = (document.file.pages.index(row.kids[0].raw.Pg) for row in rows)
    assert last == total


def test_hostile_texts_are_only_text_and_break_nothing() -> None:
    first, second, third, *others = overview_of(8).rows
    markup = '<script>alert(1)</script><img src="file:///etc/passwd"> & {{ 7|add:7 }} {% include "x" %}'
    endless = "W" * 10_000
    steering = "\N{RIGHT-TO-LEFT OVERRIDE}neergeid\x07\x1b[31m\N{BYTE ORDER MARK}\r\nrood\tvla"
    hostile = (replace(first, title=markup), replace(second, title=endless), replace(third, teams=steering))
    made = made_of(Overview(PEILDATUM, (*hostile, *others)))
    document = Pdf(made)
    found = rows_of(document)
    assert faults(made) == []
    assert "".join(found[first.number][1].text.split()) == "".join(markup.split())
    assert found[third.number][2].text.startswith("neergeid [31m rood vla")
    assert "".join(found_below(document, second.number)) == endless
    for row in others:
        assert read_row(found[row.number]) == expected_row(row)


def found_below(document: Pdf, number: str) -> list[str]:
    """The lines of a title that goes on over pages; each fits in its column."""
    lines = [text for row in document.root.all("TR") for cell in row.kids for text in cell.lines if set(text) == {"W"}]
    assert max(map(len, lines)) < 40
    return lines


def test_a_thousand_initiatives_are_all_there() -> None:
    overview = overview_of(1000)
    document = Pdf(made_of(overview))
    assert list(rows_of(document)) == [row.number for row in (*overview.section_a, *overview.section_b)]
    assert document.loose == []


def test_the_same_bytes_in_two_processes() -> None:
    code = (
        "import hashlib, django; django.setup();"
        "from bodycams.pdf import write_pdf; from initiatives.overview import paper;"
        "from initiatives.tests.overview_rows import overview_of;"
        "print(hashlib.sha256(write_pdf(paper.whole(overview_of(12)))).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "DJANGO_SETTINGS_MODULE": "bodycams.tests.settings"},
            cwd=settings.BASE_DIR,
            check=True,
            capture_output=True,
            text=True,
        ).stdout.splitlines()[-1]
        for seed in ("1", "2")
    }
    assert len(digests) == 1


# --- in parts -------------------------------------------------------------------------------------

LARGE = Overview(PEILDATUM, tuple(replace(row, unit="ON", unit_name="Oost-Nederland") for row in SEVERAL.rows[:30]))


def in_parts_of(rows: int, overview: Overview, target: Path) -> list[tuple[int, int]]:
    """Makes it so, and says what was told on the way."""
    told: list[tuple[int, int]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "AT_ONCE", 0)
        patch.setattr(pdf, "IN_A_PART", rows)
        pdf.make(overview, target, lambda done, total: told.append((done, total)))
    return told


@pytest.fixture(scope="module")
def told() -> list[tuple[int, int]]:
    return []


@pytest.fixture(scope="module")
def in_parts(told: list[tuple[int, int]], tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A unit so large that it must be cut."""
    target = tmp_path_factory.mktemp("parts") / "whole.pdf"
    told += in_parts_of(10, LARGE, target)
    assert [path.name for path in target.parent.iterdir()] == ["whole.pdf"]
    return target.read_bytes()


def headings(document: Pdf) -> list[str]:
    return [element.text for element in document.root if element.tag in ("H1", "H2", "H3")]


def test_a_long_overview_in_parts_is_one_sound_document(in_parts: bytes) -> None:
    assert faults(in_parts) == []


def test_in_parts_it_says_the_same(in_parts: bytes) -> None:
    parts, whole = Pdf(in_parts), Pdf(made_of(LARGE))
    assert [read_row(cells) for cells in rows_of(parts).values()] == [
        read_row(cells) for cells in rows_of(whole).values()
    ]
    assert [head for head in headings(parts) if not head.endswith("(vervolg)")] == headings(whole)
    assert len(headings(parts)) > len(headings(whole))


def test_in_parts_the_pages_are_numbered_through(in_parts: bytes) -> None:
    document = Pdf(in_parts)
    pages = len(document.beside)
    for number, beside in enumerate(document.beside, 1):
        assert beside.startswith(f"van {pages}")
        assert beside.endswith(f"Pagina {number}")


def test_in_parts_contents_and_bookmarks_lead_to_their_chapter(in_parts: bytes) -> None:
    document = Pdf(in_parts)
    chapters = document.root.all("H2")[2:]
    pages = [document.file.pages.index(chapter.raw.Pg) + 1 for chapter in chapters]
    assert [entry.lines[-1] for entry in document.root.all("L")[0].all("LI")] == list(map(str, pages))
    with document.file.open_outline() as outline:
        (title,) = outline.root
        assert [item.title for item in title.children] == [chapter.text for chapter in chapters]
        assert [item.title for item in title.children[2].children][:2] == ["Oost-Nederland", "Oost-Nederland (vervolg)"]


def test_in_parts_it_is_told_how_far_it_is(in_parts: bytes, told: list[tuple[int, int]]) -> None:
    done = [0, *(rows for rows, _ in told)]
    assert told[-1] == (30, 30)
    assert all(0 < after - before <= 10 for before, after in pairwise(done))


def test_in_parts_too_the_same_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        in_parts_of(3, overview_of(3), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
