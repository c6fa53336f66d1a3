"""Where the bars and tiles of a chart come, and that every number is in the table too."""

import re
from datetime import date

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from bodycams.charts import DARK_FROM, TILES, Bar, Chart, Column, bars, columns, retention, tiles

USED, LAST, GONE = date(2026, 10, 29), date(2026, 11, 24), date(2026, 11, 26)


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


def test_a_year_of_thin_columns_fits_a_phone() -> None:
    chart = columns("Per maand", [Column("mei", 120)] * 12, ["Maand", "Besluiten"], wide=17)
    assert chart.width <= 355
    assert all(shape["wide"] == 17 for shape in chart.shapes)
    assert chart.shapes[1]["x"] - chart.shapes[0]["x"] > 17


def test_a_long_name_stays_beside_its_bar() -> None:
    html = drawn(bars("Per leverancier", [Bar("Een leverancier met een heel lange naam", 3)], ["Wie", "Hoeveel"]))
    assert ">Een leverancier met …</text>" in html
    assert '<th scope="row">Een leverancier met een heel lange naam</th>' in html


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


@pytest.mark.parametrize("step", range(5))
def test_the_words_on_a_tile_can_be_read(step: int) -> None:
    """4.5 to 1 at least (WCAG 1.4.3); tools do not look inside a drawing."""
    words = "--paper" if step >= DARK_FROM else "--blue-ink"
    assert contrast(token(f"--tile-{step}"), token(words)) >= 4.5


def test_twin_the_tone_that_the_map_skips_is_too_dark_for_ink_and_too_light_for_paper() -> None:
    middle = token("--blue-bar")
    assert contrast(middle, token("--paper")) < 4.5
    assert contrast(token("--tile-3"), token("--blue-ink")) < 4.5


def token(name: str) -> str:
    tokens = (settings.BASE_DIR / "static/css/tokens.css").read_text()
    return re.search(rf"^  {name}: #([0-9a-f]{{6}});", tokens, re.MULTILINE)[1]  # type: ignore[index]


def contrast(one: str, other: str) -> float:
    """Between two colours, as WCAG 2 reckons it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


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
        "De 28 dagen: gebruikt op 29 okt, vandaag dag 25, oordelen tot en met 24 nov, vernietigd op 25 nov"
    )
