"""What came, went and changed between two overviews: nothing overlooked, nothing made up."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from initiatives.overview.approved import GRANTED, REFUSED, Overview, Row
from initiatives.overview.changes import Changes, as_data
from initiatives.overview.data import as_json, from_json
from initiatives.tests.overview_rows import PEILDATUM, overview_of

ROWS = overview_of(40).rows
OTHERWISE: dict[str, Any] = {
    "title": "Een andere titel",
    "unit": "PDC",
    "unit_name": "Politiedienstencentrum",
    "teams": "een ander team",
    "kinds": ("ontwikkeling", "experiment"),
    "cameras": 4_711,
    "vendor": "Iemand anders",
    "model": "Iets anders",
    "amount": Decimal("0.50"),
    "decided_on": date(2018, 6, 29),
    "filed_on": date(2015, 1, 2),
    "rule_version": "2016-01-01",
    "outcome_on": date(2018, 6, 1),
}
"""Of what is said of a row, something that none of `ROWS` says."""
NOT_SAID = {"file", "number"}


def on(*rows: Row) -> Overview:
    return Overview(PEILDATUM, rows)


def otherwise(row: Row, name: str) -> Row:
    """The row, with something else in one field."""
    if name == "support":
        return row._replace(support=(REFUSED if row.support[0] == GRANTED else GRANTED, *row.support[1:]))
    if name in ("outcome", "outcome_on"):
        return row._replace(outcome="uitgevoerd", outcome_on=OTHERWISE["outcome_on"])
    value: Any = not getattr(row, name) if isinstance(getattr(row, name), bool) else OTHERWISE[name]
    changed: dict[str, Any] = {name: value}
    return row._replace(**changed)


def test_a_day_and_itself_differ_in_nothing() -> None:
    found = Changes(on(*ROWS), on(*ROWS))
    assert not found
    assert (found.added, found.gone, found.changed) == ((), (), ())


def test_what_came_and_what_went_are_told_apart() -> None:
    found = Changes(on(*ROWS[:30]), on(*ROWS[10:]))
    assert found
    assert (found.gone, found.added, found.changed) == (ROWS[:10], ROWS[30:], ())


@pytest.mark.parametrize("name", sorted({*Row._fields} - NOT_SAID))
def test_whatever_is_said_of_a_row_is_compared(name: str) -> None:
    for row in ROWS[:5]:
        (changed,) = Changes(on(row), on(otherwise(row, name))).changed
        assert changed.differences


def test_twin_what_is_not_said_is_not_compared() -> None:
    assert not Changes(on(*ROWS), on(*(row._replace(file=0) for row in ROWS)))


def test_a_difference_says_what_it_was_and_what_it_is() -> None:
    row = ROWS[0]._replace(cameras=12, amount=Decimal(18_500), support=(GRANTED,) * 5)
    (changed,) = Changes(on(row), on(row._replace(cameras=1_200, amount=None, support=(REFUSED,) * 5))).changed
    assert [tuple(one) for one in changed.differences[:4]] == [
        ("Deel", "A, ondersteund", "B, zonder ondersteuning"),
        ("Camera’s", "12", "1.200"),
        ("Kosten", "€ 18.500", "geen bedrag"),
        ("Operationeel beleid", "verleend", "geweigerd"),
    ]


@trying(max_examples=20, deadline=None)
@given(st.sets(st.sampled_from(ROWS)), st.sets(st.sampled_from(ROWS)))
def test_what_came_and_went_lead_from_one_day_to_the_other(before: set[Row], after: set[Row]) -> None:
    found = Changes(on(*before), on(*after))
    assert (before - set(found.gone)) | set(found.added) == after
    back = Changes(on(*after), on(*before))
    assert (set(back.added), set(back.gone)) == (set(found.gone), set(found.added))


def test_an_overview_read_back_from_its_data_has_not_changed() -> None:
    odd = on(ROWS[0]._replace(title="Regel een\n\tregel\N{RIGHT-TO-LEFT OVERRIDE} twee"), *ROWS[1:])
    assert not Changes(odd, from_json(as_json(odd)))


def test_the_differences_are_data_too() -> None:
    gone, stays, comes = ROWS[:3]
    found = as_data(Changes(on(gone, stays), on(stays._replace(cameras=4_711), comes)))
    assert (found["before"], found["after"]) == ("2018-06-30", "2018-06-30")
    assert [[each["number"] for each in found[name]] for name in ("added", "gone", "changed")] == [
        [comes.number],
        [gone.number],
        [stays.number],
    ]
    assert [one["after"] for one in found["changed"][0]["differences"]] == ["4.711"]
