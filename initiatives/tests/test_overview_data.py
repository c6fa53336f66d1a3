"""The overview as JSON and CSV: complete, exact, and read back as it was.

That another process writes the same bytes is tried with the PDF in which they stand (`test_overview_pdf.py`).
"""

import csv
import json
from decimal import Decimal
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import settings as trying

from initiatives.overview.approved import UNITS, Overview, Row
from initiatives.overview.data import as_csv, as_json, from_json
from initiatives.overview.words import line
from initiatives.tests.overview_examples import ANYTHING, overviews
from initiatives.tests.overview_rows import PEILDATUM, overview_of
from initiatives.words import plain

SEVERAL = overview_of(40)


def table_of(overview: Overview) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(as_csv(overview).decode("utf-8-sig"), newline=""), delimiter=";"))


def as_read(overview: Overview) -> Overview:
    """What is left of it on paper: rows without their file, texts on one line."""
    return overview._replace(rows=tuple(map(_as_read, overview.rows)))


def _as_read(row: Row) -> Row:
    return row._replace(
        file=0,
        title=plain(row.title),
        unit_name=plain(row.unit_name),
        teams=plain(row.teams),
        vendor=plain(row.vendor),
        model=plain(row.model),
    )


@trying(max_examples=20, deadline=None)
@given(overviews(ANYTHING, 3))
def test_whatever_is_on_it_is_read_back_from_the_json_and_stands_in_the_csv(overview: Overview) -> None:
    content = as_json(overview)
    assert from_json(content) == as_read(overview)
    assert as_json(from_json(content)) == content
    rows = json.loads(content)["rows"]
    for row, said, cells in zip(overview.rows, rows, table_of(overview), strict=True):
        assert cells["nummer"] == said["number"] == row.number
        assert cells["titel"].removeprefix("'") == said["title"].removeprefix("'") == line(row).title.removeprefix("'")
        assert not cells["titel"].startswith(("=", "+", "-", "@"))
        assert (Decimal(cells["bedrag in euro"].replace(",", ".")) if cells["bedrag in euro"] else None) == row.amount
        assert [cells[name] for name in cells if name.startswith("ondersteuning")] == list(row.support)
        assert cells["besluit op"] == said["decided_on"] == row.decided_on.isoformat()


def test_json_says_what_it_is_and_what_it_adds_up_to() -> None:
    said = json.loads(as_json(SEVERAL))
    assert (said["document"], said["format"], said["peildatum"]) == ("landelijk-overzicht", 1, "2018-06-30")
    assert said["rule_version"] == SEVERAL.rule_version
    assert {"register", "weasyprint", "pikepdf"} <= set(said["software"])
    assert said["totals"]["initiatives"] == len(said["rows"]) == 40
    assert [section["totals"]["initiatives"] for section in said["sections"]] == [
        len(SEVERAL.section_a),
        len(SEVERAL.section_b),
    ]
    assert [unit["unit"] for unit in said["units"]] == list(UNITS)
    assert sum(unit["totals"]["cameras"] for unit in said["units"]) == said["totals"]["cameras"]
    assert sum(Decimal(row["amount"] or 0) for row in said["rows"]) == Decimal(said["totals"]["amount"])


def test_json_is_canonical() -> None:
    content = as_json(SEVERAL)
    again = json.dumps(json.loads(content), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert content == again


def test_empty_overview_is_data_too() -> None:
    none = Overview(PEILDATUM, ())
    said = json.loads(as_json(none))
    assert (said["rows"], said["rule_version"], said["totals"]["amount"]) == ([], None, "0.00")
    assert from_json(as_json(none)) == none
    assert len(as_csv(none).splitlines()) == 1


def test_csv_is_what_a_dutch_spreadsheet_opens() -> None:
    content = as_csv(Overview(PEILDATUM, (SEVERAL.rows[0]._replace(title='=1+1;"x"\r\ny', amount=Decimal("18500.5")),)))
    assert content.startswith(b"\xef\xbb\xbfpeildatum;deel;nummer;titel;")
    assert content.count(b"\r\n") == 2
    assert b'\'=1+1;""x"" y' in content
    assert b";18500,50;" in content


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b"[" * 100_000,
        as_json(SEVERAL).replace(b'"format":1', b'"format":2'),
        as_json(SEVERAL).replace(b'"cameras"', b'"camera"'),
        as_json(SEVERAL).replace(b'"2018-06-30"', b'"2018-06-31"'),
        as_json(SEVERAL).replace(b'"amount":"', b'"amount":"x'),
        as_json(SEVERAL).replace(b'"kinds":[', b'"kinds":3,"x":['),
    ],
)
def test_what_is_no_overview_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError):
        from_json(content)


ONE = Overview(PEILDATUM, (SEVERAL.rows[0]._replace(cameras=4, amount=Decimal("3380"), title="Proef"),))


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        (b'"cameras":4,', b'"cameras":"4",'),
        (b'"cameras":4,', b'"cameras":4.0,'),
        (b'"cameras":4,', b'"cameras":true,'),
        (b'"cameras":4,', b'"cameras":NaN,'),
        (b'"title":"Proef"', b'"title":5'),
        (b'"title":"Proef"', b'"title":null'),
        (b'"title":"Proef"', b'"title":"Proef","title":"Anders"'),
        (b'"kinds":["', b'"kinds":[5,"'),
        (b'"amount":"3380.00"', b'"amount":"1E+50000000"'),
        (b'"amount":"3380.00"', b'"amount":"NaN"'),
        (b'"amount":"3380.00"', b'"amount":3380'),
        (b'"amount":"3380.00"', b'"amount":"-3380.00"'),
        (b'"outcome":null', b'"outcome":"verzonnen"'),
        (b'"totals":{"amount":"3380.00"', b'"totals":{"amount":"3380.01"'),
        (b'"totals":{"amount":"3380.00"', b'"totals":{"amount":["3380.00"]'),
        (b'"unit_pays":true', b'"unit_pays":"ja"'),
    ],
)
def test_value_that_is_not_of_its_kind_or_does_not_add_up_is_refused(was: bytes, becomes: bytes) -> None:
    content = as_json(ONE)
    assert from_json(content).rows[0].title == "Proef"
    assert was in content
    with pytest.raises(ValueError):
        from_json(content.replace(was, becomes))
