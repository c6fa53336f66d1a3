"""Where the bars and tiles of a chart come, and that every number is in the table too."""

from datetime import date

import pytest
from django.template.loader import render_to_string

from bodycams.charts import TILES, Bar, Chart, Column, bars, columns, retention, tiles

USED, LAST, GONE = date(2026, 10, 29), date(2026, 11, 25), date(2026, 11, 26)


def drawn(chart: Chart) -> str:
    return render_to_string("components/chart.html", {"chart": chart})


def test_highest_column_is_as_tall_as_can_be_and_none_has_no_height() -> None:
    chart = columns(
        "Per week", [Column("wk 48", 3, "soon"), Column("wk 49", 1), Column("wk 50", 0)], ["Week", "Dossiers"]
    )
    assert [shape["tall"] for shape in chart.shapes] == [96, 32, 0]
    assert drawn(chart).count("<rect") == 2
    assert "chart__bar--soon" in drawn(chart)


def test_columns_without_numbers_do_not_divide_by_nothing() -> None:
    assert drawn(columns("Niets", [], ["Week", "Dossiers"]))
    assert drawn(columns("Niets", [Column("wk 48", 0)], ["Week", "Dossiers"]))


def test_many_columns_make_the_chart_wider_not_the_columns_thinner() -> None:
    chart = columns("Per week", [Column(f"wk {week}", week) for week in range(1, 13)], ["Week", "Dossiers"])
    assert chart.width == 540
    assert [shape["x"] for shape in chart.shapes] == sorted(shape["x"] for shape in chart.shapes)


def test_table_says_the_long_word() -> None:
    html = drawn(
        columns("Per week", [Column("wk 48", 3, long_label="Week 48 (23 - 29 november)")], ["Week", "Dossiers"])
    )
    assert '<th scope="row">Week 48 (23 - 29 november)</th>' in html
    assert ">wk 48</text>" in html


def test_both_parts_of_a_bar_stand_beside_each_other() -> None:
    chart = bars("Per soort", [Bar("Aanschaf", 9, 1), Bar("Ontwikkeling", 0)], ["Soort", "met", "zonder"])
    first, second = chart.shapes
    assert (first["first"], first["second"], first["total"]) == (162, 18, 10)
    assert first["second_x"] >= 136 + first["first"]
    assert (second["first"], second["second"], second["end"]) == (0, 0, 143)


def test_bars_explain_their_parts() -> None:
    html = drawn(bars("Per soort", [Bar("Aanschaf", 9, 1)], ["Soort", "met ondersteuning", "zonder ondersteuning"]))
    assert html.count("chart__key") == 2
    assert "met ondersteuning" in html


@pytest.mark.parametrize(
    ("value", "highest", "step"),
    [(0, 3, 0), (1, 3, 1), (3, 3, 3), (4, 4, 4), (0, 40, 0), (1, 40, 1), (10, 40, 1), (11, 40, 2), (40, 40, 4)],
)
def test_tile_is_darker_for_more(value: int, highest: int, step: int) -> None:
    chart = tiles("Per eenheid", {"AM": value, "ON": highest}, [], [], "")
    amsterdam = next(shape for shape in chart.shapes if shape["tile"].name == "Amsterdam")
    assert amsterdam["step"] == step
    assert amsterdam["on"] == ("dark" if step >= 3 else "light")


def test_every_regional_unit_has_a_place_of_its_own() -> None:
    assert len({(tile.column, tile.row) for tile in TILES.values()}) == len(TILES) == 10


def test_no_number_of_a_drawing_is_written_with_a_comma_or_a_dot_for_thousands() -> None:
    html = drawn(tiles("Per eenheid", {"AM": 1200}, [("Amsterdam", 1200)], ["Eenheid", "Camera's"], ""))
    assert "translate(178 68)" in html
    assert ">1.200<" in html


@pytest.mark.parametrize("today", [USED, date(2026, 11, 12), LAST, GONE, date(2027, 1, 1)])
def test_today_stays_on_the_line(today: date) -> None:
    [line] = retention(USED, today, LAST, GONE).shapes
    assert 2 <= line["now"] <= 338
    assert line["left"] >= 0
    assert line["closes"] + line["last"] == 338


def test_line_says_its_days_in_a_sentence() -> None:
    assert retention(USED, date(2026, 11, 23), LAST, GONE).title == (
        "De 28 dagen: gebruikt op 29 okt, vandaag dag 25, oordelen tot en met 25 nov, weg op 26 nov"
    )
