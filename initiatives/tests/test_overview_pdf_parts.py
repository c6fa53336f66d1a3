"""An edition, and a long overview in parts: one document that says which it is and that it is genuine, and has room for
its signature. One edition in parts is made for all tests together.
"""

import re
from itertools import pairwise

import pytest

from bodycams.tests.pdf_checks import faults
from bodycams.tests.pdf_reader import Pdf
from initiatives.overview.data import as_csv, as_json
from initiatives.overview.mark import grouped
from initiatives.tests.overview_paper import (
    PART,
    SEVENTH,
    digest_of,
    digests_elsewhere,
    expected_row,
    facts_of,
    in_parts_of,
    read_row,
    rows_of,
    skewed,
)

SHORTER = skewed(12)


@pytest.fixture(scope="module")
def told() -> list[tuple[int, int]]:
    return []


@pytest.fixture(scope="module")
def in_parts(told: list[tuple[int, int]], tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """An edition, with a unit so large that it must be cut."""
    target = tmp_path_factory.mktemp("parts") / "whole.pdf"
    told += in_parts_of(SHORTER, target, SEVENTH)
    assert [path.name for path in target.parent.iterdir()] == ["whole.pdf"]
    return target.read_bytes()


@pytest.fixture(scope="module")
def edition(in_parts: bytes) -> Pdf:
    return Pdf(in_parts)


def test_a_long_edition_in_parts_is_one_sound_document(in_parts: bytes) -> None:
    assert faults(in_parts) == []


def test_in_parts_it_says_the_same(edition: Pdf) -> None:
    """As a whole does, of which the tests above are."""
    found = rows_of(edition)
    assert list(found) == [row.number for row in (*SHORTER.section_a, *SHORTER.section_b)]
    assert {number: read_row(cells) for number, cells in found.items()} == {
        row.number: expected_row(row) for row in SHORTER.rows
    }
    names = [row.unit_name for rows in (SHORTER.section_a, SHORTER.section_b) for row in rows]
    units = [element.text for element in edition.root.all("H3")][: -len(("woorden", "echtheid", "colofon"))]
    assert [unit for unit in units if not unit.endswith("(vervolg)")] == [
        name for name, before in zip(names, ["", *names], strict=False) if name != before
    ]
    assert "Oost-Nederland (vervolg)" in units


def test_in_parts_the_pages_are_numbered_through(edition: Pdf) -> None:
    pages = len(edition.beside)
    for number, beside in enumerate(edition.beside, 1):
        assert beside.startswith(f"van {pages}")
        assert beside.endswith(f"Pagina {number}")


def test_in_parts_contents_and_bookmarks_lead_to_their_chapter(edition: Pdf) -> None:
    chapters = edition.root.all("H2")[2:]
    pages = [edition.file.pages.index(chapter.raw.Pg) + 1 for chapter in chapters]
    assert [entry.lines[-1] for entry in edition.root.all("L")[0].all("LI")] == list(map(str, pages))
    with edition.file.open_outline() as outline:
        (title,) = outline.root
        assert [item.title for item in title.children] == [chapter.text for chapter in chapters]
        units = [item.title for item in title.children[2].children]
        assert units[units.index("Oost-Nederland") + 1] == "Oost-Nederland (vervolg)"


def test_in_parts_it_is_told_how_far_it_is(in_parts: bytes, told: list[tuple[int, int]]) -> None:
    done = [0, *(rows for rows, _ in told)]
    assert told[-1] == (len(SHORTER.rows),) * 2
    assert all(0 < after - before <= PART for before, after in pairwise(done))


def test_an_edition_says_on_every_page_and_at_its_end_which_it_is(edition: Pdf) -> None:
    assert all("· editie 7 · zegel 18.204" in beside for beside in edition.beside)
    assert "Editie 7 Vastgesteld op 4 juli 2018. Ondertekend, met zegel 18.204." in edition.root.text
    assert "geen editie" not in edition.root.text.lower()
    facts = facts_of(edition)
    assert facts["Editie"].startswith("7, op 4 juli 2018 vastgesteld door de landelijk projectleider bodycams")
    assert facts["Editie"].endswith("komt in de plaats van editie 6")
    assert facts["Zegel"] == "nummer 18.204: het journaal tot en met regel 1.003.377"
    assert facts["Wortel"] == f"van de 78 regels die dit zegel sloot: {grouped(bytes(range(32)).hex())}"
    assert re.sub(r"\s", "", facts["Anker"]) == f"zegel182041003377{bytes(range(32, 64)).hex()}"


def test_an_edition_carries_the_same_data_as_a_view(edition: Pdf) -> None:
    files = [file.EF.F.read_bytes() for file in edition.file.Root.AF]
    assert files == [as_json(SHORTER), as_csv(SHORTER)]


def test_an_edition_has_room_for_one_signature_that_is_empty(edition: Pdf) -> None:
    (field,) = edition.file.Root.AcroForm.Fields
    assert (str(field.T), str(field.FT), "/V" in field) == ("Register", "/Sig", False)
    (form,) = edition.root.all("Form")
    assert form.raw.K.Obj.objgen == field.objgen


def test_another_process_makes_the_same_bytes(in_parts: bytes) -> None:
    made = "(own.in_parts_of(own.skewed(12), folder / 'made', own.SEVENTH), (folder / 'made').read_bytes())[1]"
    assert digests_elsewhere(made) == [digest_of(in_parts)]
