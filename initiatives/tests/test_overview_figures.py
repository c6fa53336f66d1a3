"""What the rows of an overview add up to by month and by lead time, and who is drawn of many vendors."""

from datetime import date, timedelta

import pytest

from initiatives.overview.charts import VENDORS, months, paces, units, vendors
from initiatives.overview.figures import median_days, per_month, per_pace
from initiatives.tests.overview_rows import PEILDATUM, overview_of

ROWS = overview_of(40).rows


def test_twelve_months_end_with_that_of_the_peildatum() -> None:
    shown, before = per_month([], date(2018, 1, 1))
    assert [day for day, _ in shown] == [*(date(2017, month, 1) for month in range(2, 13)), date(2018, 1, 1)]
    assert before == 0


@pytest.mark.parametrize(
    ("day", "counted", "before"), [((2017, 7, 1), 1, 0), ((2017, 6, 30), 0, 1), ((2018, 6, 30), 1, 0)]
)
def test_a_decision_counts_in_its_month_or_as_before(day: tuple[int, int, int], counted: int, before: int) -> None:
    shown, earlier = per_month([ROWS[0]._replace(decided_on=date(*day))], PEILDATUM)
    assert (sum(number for _, number in shown), earlier) == (counted, before)
    assert dict(shown).get(date(*day[:2], 1), 0) == counted


def test_every_decision_is_in_the_table_or_in_the_note() -> None:
    chart = months(ROWS, PEILDATUM)
    assert sum(number for _, number in chart.rows) + int(chart.note.rstrip(".").rpartition(" ")[2]) == len(ROWS)


@pytest.mark.parametrize(("days", "place"), [(0, 0), (14, 0), (15, 1), (28, 1), (56, 2), (57, 3), (91, 3), (92, 4)])
def test_a_lead_time_is_in_one_class_with_its_last_day(days: int, place: int) -> None:
    row = ROWS[0]._replace(filed_on=ROWS[0].decided_on - timedelta(days))
    assert [number for _, number in per_pace([row])] == [int(each == place) for each in range(5)]


def test_the_median_is_a_number_of_days_that_occurred() -> None:
    day = ROWS[0].decided_on
    taken = [ROWS[0]._replace(filed_on=day - timedelta(days)) for days in (3, 10, 20, 200)]
    assert median_days(taken) == 10
    assert "niet langer dan 10 dagen" in paces(taken).note
    assert median_days([ROWS[0]._replace(filed_on=None)]) is None


def test_of_many_vendors_the_greatest_are_drawn_and_all_are_in_the_table() -> None:
    rows = [ROWS[0]._replace(vendor=f"Leverancier {place}", cameras=place) for place in range(VENDORS + 3)]
    chart = vendors(rows)
    assert (len(chart.shapes), len(chart.rows)) == (VENDORS, VENDORS + 3)
    assert chart.shapes[0]["label"] == f"Leverancier {VENDORS + 2}"
    assert "En nog 3 met minder camera’s" in chart.note
    assert "En nog" not in vendors(rows[:VENDORS]).note


def test_the_bars_of_the_units_add_up_to_the_overview() -> None:
    assert sum(shape["total"] for shape in units(ROWS).shapes) == len(ROWS)
