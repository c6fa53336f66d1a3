"""The overview as PDF, read as assistive technology reads it: everything is in it, once, in words and in order.

One view is made for all tests together: making one costs seconds. Editions and parts: `test_overview_pdf_parts.py`.
"""

import csv
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from bodycams.tests.pdf_checks import faults
from bodycams.tests.pdf_reader import Pdf
from initiatives.overview import paper
from initiatives.overview.approved import GRANTED, UNITS, Overview
from initiatives.overview.data import as_csv, as_json, from_json, software
from initiatives.overview.mark import grouped
from initiatives.overview.words import in_words
from initiatives.tests.overview_paper import (
    digest_of,
    digests_elsewhere,
    expected_row,
    facts_of,
    made_of,
    read_row,
    rows_of,
    sections_of,
    skewed,
)
from initiatives.tests.overview_rows import PEILDATUM, overview_of

SEVERAL = skewed(36)
NONE = Overview(PEILDATUM, ())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A view."""
    return made_of(SEVERAL, tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="module")
def document(made: bytes) -> Pdf:
    return Pdf(made)


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


def test_a_table_over_pages_is_one_table(document: Pdf) -> None:
    tables = [table for table in document.root.all("Table") if table.text.startswith("Nummer, besluit")]
    pages = [{row.kids[0].raw.Pg.objgen for row in table.all("TR")[1:]} for table in tables]
    assert max(map(len, pages)) > 1
    assert len(tables) == len({(row.is_supported, row.unit) for row in SEVERAL.rows})


def test_it_carries_the_same_as_data(document: Pdf) -> None:
    along = {str(file.UF): file for file in document.file.Root.AF}
    assert [(name, str(file.AFRelationship), str(file.EF.F.Subtype)) for name, file in along.items()] == [
        ("overzicht.json", "/Data", "/application/json"),
        ("overzicht.csv", "/Alternative", "/text/csv"),
    ]
    assert [file.EF.F.read_bytes() for file in along.values()] == [as_json(SEVERAL), as_csv(SEVERAL)]
    assert {str(file.EF.F.Params.ModDate) for file in along.values()} == {"D:20180630220000Z"}


def test_words_and_data_are_equal(document: Pdf) -> None:
    """Read back from what is enclosed, the rows say what is printed; and so does the table."""
    files = {str(file.UF): file.EF.F.read_bytes() for file in document.file.Root.AF}
    found = rows_of(document)
    told = from_json(files["overzicht.json"]).rows
    assert {row.number: expected_row(row) for row in told} == {
        number: read_row(cells) for number, cells in found.items()
    }
    table = csv.DictReader(StringIO(files["overzicht.csv"].decode("utf-8-sig"), newline=""), delimiter=";")
    assert {cells["nummer"]: cells["titel"] for cells in table} == {
        number: cells[1].text for number, cells in found.items()
    }


def test_the_last_page_says_where_it_comes_from(document: Pdf) -> None:
    facts = facts_of(document)
    sums = in_words(SEVERAL.total)
    assert facts["Peildatum"].startswith("30 juni 2018")
    assert facts["Regelversie"].startswith("regels van 1 juni 2018")
    assert facts["Aantallen"] == f"36 initiatieven: {sums.supported} in deel A, {sums.unsupported} in deel B"
    assert facts["Gegevens"].endswith(grouped(digest_of(as_json(SEVERAL))))
    assert f"weasyprint {software()['weasyprint']}" in facts["Programma’s"]
    assert facts["Editie"].startswith("geen editie")
    assert "Zegel" not in facts


def test_a_view_says_on_its_face_that_it_is_no_edition(document: Pdf) -> None:
    assert "Geen editie Weergave op verzoek. Niet ondertekend en zonder zegel." in document.root.text
    assert "/AcroForm" not in document.file.Root


def test_empty_overview_is_sound_and_says_that_it_is_empty(tmp_path: Path) -> None:
    made = made_of(NONE, tmp_path)
    assert faults(made) == []
    document = Pdf(made)
    assert "Het overzicht is leeg." in document.root.text
    assert rows_of(document) == {}
    assert document.root.text.count("In dit deel staat op deze dag geen initiatief.") == 2
    assert "Peildatum 30 juni 2018 · geen editie" in document.beside[0]
    assert "Regelversie" not in document.root.text
    assert from_json(document.file.Root.AF[0].EF.F.read_bytes()) == NONE


@pytest.mark.parametrize("room", [18, 22, 24])
def test_total_of_a_unit_never_begins_a_page(room: int) -> None:
    """Also where the last row would just fit on the page before it, and the total would not."""
    overview = Overview(PEILDATUM, SEVERAL.section_a[:1] * 11)
    document = sections_of(overview, f"@page {{ margin-bottom: {room}mm !important }}")
    rows = [row for row in document.root.all("TR") if row.text.startswith(("BC-", "Totaal"))]
    *_, last, total = (document.file.pages.index(row.kids[0].raw.Pg) for row in rows)
    assert last == total


def test_hostile_texts_are_only_text_and_break_nothing(tmp_path: Path) -> None:
    first, second, third, *others = overview_of(5).rows
    markup = '<script>alert(1)</script><img src="file:///etc/passwd"> & {{ 7|add:7 }} {% include "x" %}'
    endless = "W" * 1_500
    steering = "\N{RIGHT-TO-LEFT OVERRIDE}neergeid\x07\x1b[31m\N{BYTE ORDER MARK}\r\nrood\tvla"
    hostile = (
        first._replace(title=markup, vendor=markup),
        second._replace(title=endless),
        third._replace(teams=steering, unit_name=markup, unit="XX"),
    )
    made = made_of(Overview(PEILDATUM, (*hostile, *others)), tmp_path)
    document = Pdf(made)
    found = rows_of(document)
    assert faults(made) == []
    assert "".join(found[first.number][1].text.split()) == "".join(markup.split())
    assert found[third.number][2].text.startswith("neergeid [31m rood vla")
    assert "".join(lines_of(document)) == endless
    for row in others:
        assert read_row(found[row.number]) == expected_row(row)
    assert sorted(document.file.attachments) == ["overzicht.csv", "overzicht.json"]
    assert from_json(document.file.Root.AF[0].EF.F.read_bytes()).rows[0].title == markup


def lines_of(document: Pdf) -> list[str]:
    """The lines of a title that goes on over pages; each fits in its column."""
    lines = [text for row in document.root.all("TR") for cell in row.kids for text in cell.lines if set(text) == {"W"}]
    assert max(map(len, lines)) < 40
    return lines


def test_another_process_makes_the_same_bytes(made: bytes) -> None:
    assert digests_elsewhere("own.made_of(own.skewed(36), folder)") == [digest_of(made)]
