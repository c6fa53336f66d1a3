"""Overviews of all shapes, for tests that must hold of every one: whatever a unit may have typed, also nothing."""

from datetime import date

from hypothesis import strategies as st

from initiatives.choices import CarriedOut, Kind
from initiatives.overview.approved import GRANTED, NOT_ASKED, REFUSED, UNITS, Overview, Row

ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
PRINTABLE = st.text("aBcÉëŁžßñ019 €–’<>&{}%#\"'=+-@;/\\|\t\n", max_size=60)
"""What our fonts can draw, and what means something to HTML, templates, CSS and spreadsheets."""


def overviews(text: st.SearchStrategy[str], most: int) -> st.SearchStrategy[Overview]:
    """With texts of that kind, and so many rows at most, each with a number of its own."""
    rows = st.builds(
        Row,
        file=st.just(0),
        number=st.builds("BC-{}-{:04}".format, st.integers(2000, 2099), st.integers(0, 9999)),
        title=text,
        unit=st.sampled_from(sorted(UNITS)),
        unit_name=st.sampled_from(sorted(UNITS.values())),
        teams=text,
        kinds=st.lists(st.sampled_from(Kind.values), unique=True).map(tuple),
        cameras=st.integers(0, 100_000),
        vendor=text,
        model=text,
        amount=st.none() | st.decimals(0, 10**9, places=2),
        unit_pays=st.booleans(),
        decided_on=st.dates(date(2015, 1, 1)),
        support=st.tuples(*[st.sampled_from([GRANTED, REFUSED, NOT_ASKED])] * 5),
        by_objection=st.booleans(),
        objection_pending=st.booleans(),
        rule_version=st.sampled_from(["", "2015-02-19"]),
        outcome=st.just(""),
        outcome_on=st.none(),
        filed_on=st.none(),
    )
    outcomes = st.sampled_from(CarriedOut.values)
    reported = st.builds(_reported, rows, outcomes, st.dates(date(2015, 1, 1)))
    several = st.lists(rows | reported, max_size=most, unique_by=lambda row: row.number)
    return st.builds(Overview, st.dates(date(2015, 1, 1), date(2026, 1, 1)), several.map(tuple))


def _reported(row: Row, outcome: str, day: date) -> Row:
    return row._replace(outcome=outcome, outcome_on=day)
