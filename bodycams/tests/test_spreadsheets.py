"""Tables as files: what goes in comes out, whoever opens it; text stays text, and nothing waits for the end."""

import random
import tracemalloc
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from bodycams.spreadsheets import sheets
from bodycams.spreadsheets.cells import Cell, Column, harmless
from bodycams.spreadsheets.formats import FORMATS
from bodycams.tests.spreadsheet_reader import read_csv, read_ods, read_xlsx

COLUMNS = [Column("Titel", 40), Column("Camera’s"), Column("Bedrag"), Column("Besloten op")]
HEADS = [column.label for column in COLUMNS]
ROWS: list[tuple[Cell, ...]] = [
    ("Bodycams voor de <noodhulp> & meer", 12, Decimal("10140.50"), date(2018, 5, 1)),
    ('Zegt "ja"; en\nnog een regel', 0, Decimal("0.00"), date(2015, 1, 1)),
    ("Eén  twee\tdrie ", None, None, None),
]


def made(kind: str, rows: Any = ROWS, columns: Any = COLUMNS) -> bytes:
    return b"".join(FORMATS[kind].make("Register", columns, rows))


def test_csv_is_what_a_dutch_spreadsheet_opens() -> None:
    content = made("csv")
    assert content.startswith(b"\xef\xbb\xbfTitel;Camera\xe2\x80\x99s;Bedrag;Besloten op\r\n")
    assert read_csv(content) == [
        HEADS,
        ["Bodycams voor de <noodhulp> & meer", "12", "10140,50", "2018-05-01"],
        ['Zegt "ja"; en\nnog een regel', "0", "0,00", "2015-01-01"],
        ["Eén  twee\tdrie ", "", "", ""],
    ]


def test_csv_keeps_in_a_cell_what_others_take_for_a_new_line() -> None:
    text = "een\u2028twee\u2029drie\x85vier"
    assert read_csv(made("csv", [(text, 1, None, None)])) == [HEADS, [text, "1", "", ""]]


def test_xlsx_has_cells_that_know_what_they_are() -> None:
    [rows] = read_xlsx(made("xlsx"))
    assert rows == [HEADS, *map(list, ROWS)]
    book = openpyxl.load_workbook(BytesIO(made("xlsx")))
    sheet = book.worksheets[0]
    assert len(book.views) == sheet.sheet_view.workbookViewId + 1  # the window in which the sheet is shown
    assert [cell.data_type for cell in sheet[2]] == ["s", "n", "n", "d"]
    assert [cell.number_format for cell in sheet[2]][1:] == ["#,##0", "#,##0.00", "d\\-m\\-yyyy"]
    assert (sheet.title, sheet.freeze_panes, sheet.auto_filter.ref) == ("Register", "A2", "A1:D4")
    assert sheet.column_dimensions["A"].width == 40


def test_ods_has_cells_that_know_what_they_are() -> None:
    [rows] = read_ods(made("ods"))
    assert rows == [HEADS, *map(list, ROWS)]
    with zipfile.ZipFile(BytesIO(made("ods"))) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type, first.flag_bits, first.extra) == ("mimetype", 0, 0, b"")
        content = archive.read("content.xml").decode()
    for kind in ("string", "float", "date"):
        assert f'office:value-type="{kind}"' in content
    assert content.count("table:table-header-rows") == 2


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_every_part_of_the_archive_is_whole_and_well_formed(kind: str) -> None:
    with zipfile.ZipFile(BytesIO(made(kind))) as archive:
        assert archive.testzip() is None
    assert made(kind) == made(kind)


@pytest.mark.parametrize("kind", FORMATS)
def test_a_table_without_rows_has_its_heads(kind: str) -> None:
    content = made(kind, rows=[])
    rows = {
        "csv": lambda: read_csv(content),
        "xlsx": lambda: read_xlsx(content)[0],
        "ods": lambda: read_ods(content)[0],
    }
    assert rows[kind]() == [HEADS]


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_what_one_sheet_cannot_hold_goes_on_the_next(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "ROWS", 2)
    read = read_xlsx if kind == "xlsx" else read_ods
    for count, wanted in ((2, [2]), (3, [2, 1]), (5, [2, 2, 1])):
        found = read(made(kind, rows=[(str(n), n, None, None) for n in range(count)]))
        assert [len(rows) - 1 for rows in found] == wanted
        assert [row[1] for rows in found for row in rows[1:]] == list(range(count))
        assert all(rows[0] == HEADS for rows in found)
    names = openpyxl.load_workbook(BytesIO(made("xlsx", rows=ROWS))).sheetnames
    assert names == ["Register", "Register 2"]


# --- text stays text ------------------------------------------------------------------------------


@pytest.mark.parametrize("before", ["=", "+", "-", "@", "\t", "\r", " ", "\n", "\xa0", "\u200b", "\ufeff", "＝", "＋"])
def test_what_could_be_a_formula_is_made_harmless_everywhere(before: str) -> None:
    text = f"{before}1+1"
    assert harmless(text) == f"'{text}"
    row = [(text, 1, None, None)]
    assert b"\n'" in made("csv", row) or b"\n\"'" in made("csv", row)
    assert str(read_xlsx(made("xlsx", row))[0][1][0]).startswith("'")
    assert str(read_ods(made("ods", row))[0][1][0]).startswith("'")


@pytest.mark.parametrize("text", ["", "Bodycams", "1-1", "a=b", "'s-Hertogenbosch", "€ 5", "élan", "7"])
def test_twin_other_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


@settings(max_examples=20)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=40))
def test_any_text_comes_back_from_every_file(text: str) -> None:
    row, wanted = [(f"x{text}", None, None, None)], f"x{text}"
    assert read_csv(made("csv", row))[1][0] == wanted
    assert unescape(read_xlsx(made("xlsx", row))[0][1][0]) == wanted
    assert read_ods(made("ods", row))[0][1][0] == wanted


def test_text_that_looks_like_an_escaped_character_is_no_such_thing() -> None:
    [rows] = read_xlsx(made("xlsx", [("a_x0041_b", None, None, None)]))
    assert unescape(rows[1][0]) == "a_x0041_b"


def test_what_xml_cannot_hold_breaks_nothing() -> None:
    row = [("a\x00b\x1bc", None, None, None)]
    assert read_xlsx(made("xlsx", row))[0][1][0] == "a\ufffdb\ufffdc"
    assert read_ods(made("ods", row))[0][1][0] == "a\ufffdb\ufffdc"


# --- row by row -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", FORMATS)
def test_rows_go_out_while_others_are_still_to_come(kind: str) -> None:
    """Text that cannot be packed smaller, so that pieces leave soon."""
    fetched, chance = 0, random.Random(1)

    def rows() -> Iterator[tuple[Cell, ...]]:
        nonlocal fetched
        for fetched in range(20_000):
            yield chance.randbytes(20).hex(), fetched, None, None

    made_of = FORMATS[kind].make("Register", COLUMNS, rows())
    seen = [fetched for _ in made_of]
    assert 0 < seen[len(seen) // 2] < 15_000
    assert fetched == 19_999


@pytest.mark.parametrize("kind", FORMATS)
def test_a_long_table_takes_no_more_memory_than_a_short_one(kind: str) -> None:
    def most(count: int) -> int:
        tracemalloc.start()
        for _ in FORMATS[kind].make("Register", COLUMNS, (("Bodycams", n, None, None) for n in range(count))):
            pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    short = most(1_000)
    assert most(8_000) < 1.5 * short + 100_000
