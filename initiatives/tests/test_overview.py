"""What is on the national overview on which day: by the decision in force, and by nothing that can still change."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives.choices import CarriedOut
from initiatives.executions import report
from initiatives.overview.approved import GRANTED, NOT_ASKED, REFUSED, overview_on, total
from initiatives.overview.words import in_words, line
from initiatives.tests.factories import TO_STATUS, Cast, initiative, walk
from initiatives.tests.overview_rows import overview_of
from organisation.models import Unit
from workflow.clock import AMSTERDAM, local_date, now

pytestmark = pytest.mark.django_db
DECIDED = datetime(2026, 3, 10, 12, tzinfo=AMSTERDAM)
EVERYTHING = {"support_granted": ["inkoopproces", "ict_integratie"]}


@pytest.fixture
def cast() -> Cast:
    return Cast()


def numbers(day: date) -> list[str]:
    return [row.number for row in overview_on(day).rows]


@pytest.mark.parametrize(("days", "present"), [(-1, False), (0, True), (1, True)])
def test_an_approval_counts_from_the_day_on_which_it_was_taken(cast: Cast, days: int, present: bool) -> None:
    subject = walk(cast, *TO_STATUS["goedgekeurd"], at=DECIDED)
    assert (numbers(local_date(DECIDED) + timedelta(days=days)) == [subject.number]) is present


@pytest.mark.parametrize(("hour", "present"), [(23, True), (24, False)])
def test_a_day_ends_at_midnight_in_amsterdam(cast: Cast, hour: int, present: bool) -> None:
    moment = datetime(2026, 3, 28, tzinfo=AMSTERDAM) + timedelta(hours=hour)
    walk(cast, *TO_STATUS["goedgekeurd"], at=moment)
    assert bool(numbers(date(2026, 3, 28))) is present


FILED = [("noodzaak_vaststellen", ""), ("aanmelden", ""), ("beoordelen", "")]
OBJECTED = [("goedkeuren", "B"), ("bezwaar_maken", "B, bezwaar loopt")]
CONSULTED = [*OBJECTED, ("afstemming_vastleggen", "B, bezwaar loopt")]
STORIES = {
    "withdrawn": [("noodzaak_vaststellen", ""), ("aanmelden", ""), ("intrekken", "")],
    "acquiesced": [*FILED, ("goedkeuren", "B"), ("berusten", "B")],
    "taken back": [*FILED, *OBJECTED, ("bezwaar_intrekken", "B")],
    "dismissed": [*FILED, *CONSULTED, ("ongegrond_verklaren", "B")],
    "granted more": [*FILED, *CONSULTED, ("gegrond_verklaren", "A, na bezwaar")],
    "granted after all": [
        *FILED,
        *(("afwijzen", ""), ("bezwaar_maken", ""), ("afstemming_vastleggen", "")),
        ("gegrond_verklaren", "A, na bezwaar"),
    ],
}
"""Steps, and where the initiative stands on the overview after each."""


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_each_step_counts_from_its_own_day(cast: Cast, story: list[tuple[str, str]]) -> None:
    """The day before it, on the day itself, and the day after, asked when all is over."""
    subject, moments = None, [DECIDED + timedelta(days=3 * number) for number in range(len(story))]
    for moment, (step, _) in zip(moments, story, strict=True):
        subject = walk(cast, step, start=subject, at=moment)
    before = ""
    for moment, (step, after) in zip(moments, story, strict=True):
        day = local_date(moment)
        found = [stands(day + timedelta(days=days)) for days in (-1, 0, 1)]
        assert (step, found) == (step, [before, after, after])
        before = after


def stands(day: date) -> str:
    """In which section the only initiative stands on that day, with its mark; empty when it is not there."""
    for row in overview_on(day).rows:
        return ", ".join(filter(None, ["A" if row.is_supported else "B", line(row).note]))
    return ""


@pytest.mark.parametrize("status", sorted(set(TO_STATUS) - {"goedgekeurd"}))
def test_what_is_not_approved_is_absent(cast: Cast, status: str) -> None:
    initiative(cast, status)
    assert numbers(local_date(now())) == []


def test_granted_on_objection_is_present_and_marked(cast: Cast) -> None:
    subject = walk(cast, "afstemming_vastleggen", "gegrond_verklaren", start=initiative(cast, "bezwaar"))
    (row,) = overview_on(local_date(now())).rows
    assert (row.number, row.by_objection, row.objection_pending) == (subject.number, True, False)


def test_objection_against_refused_support_leaves_it_there_with_a_mark(cast: Cast) -> None:
    subject = walk(cast, "bezwaar_maken", start=initiative(cast, "goedgekeurd"))
    (row,) = overview_on(local_date(now())).rows
    assert (row.number, row.by_objection, row.objection_pending) == (subject.number, False, True)


@pytest.mark.parametrize(
    "after", [("bezwaar_intrekken",), ("afstemming_vastleggen", "ongegrond_verklaren")], ids=["withdrawn", "dismissed"]
)
def test_an_objection_that_is_over_is_not_marked(cast: Cast, after: tuple[str, ...]) -> None:
    walk(cast, "bezwaar_maken", *after, start=initiative(cast, "goedgekeurd"))
    (row,) = overview_on(local_date(now())).rows
    assert (row.by_objection, row.objection_pending) == (False, False)


def test_sections_are_divided_by_support(cast: Cast) -> None:
    supported = walk(cast, *TO_STATUS["goedgekeurd"], given={"goedkeuren": EVERYTHING})
    alone = initiative(cast, "goedgekeurd")
    found = overview_on(local_date(now()))
    assert [row.number for row in found.section_a] == [supported.number]
    assert [row.number for row in found.section_b] == [alone.number]
    assert (found.total.initiatives, found.total.supported, found.total.unsupported) == (2, 1, 1)


def test_support_is_said_per_kind(cast: Cast) -> None:
    given = {"goedkeuren": {"support_granted": ["inkoopproces", "juridische_borging"]}}
    walk(cast, *TO_STATUS["goedgekeurd"], given=given)
    (row,) = overview_on(local_date(now())).rows
    assert row.support == (NOT_ASKED, GRANTED, NOT_ASKED, REFUSED, GRANTED)


def test_nothing_is_read_from_what_can_still_change(cast: Cast) -> None:
    subject = initiative(cast, "goedgekeurd")
    before = overview_on(local_date(now()))
    Unit.objects.filter(pk=subject.unit_id).update(name="Anders", sort_name="anders")
    assert overview_on(local_date(now())) == before


REPORTED = [(0, ""), (9, ""), (10, "uitgevoerd"), (19, "uitgevoerd"), (20, "eerder_beeindigd")]


@pytest.mark.parametrize(("days", "outcome"), REPORTED)
def test_a_day_has_the_report_that_was_in_force_then(cast: Cast, days: int, outcome: str) -> None:
    subject = walk(cast, *TO_STATUS["goedgekeurd"], at=DECIDED)
    for after, reported in ((10, CarriedOut.DONE), (20, CarriedOut.ENDED_EARLY)):
        at = DECIDED + timedelta(days=after)
        report(subject, reported, local_date(DECIDED), "Zo ging het.", person=cast.contact, at=at)
    (row,) = overview_on(local_date(DECIDED) + timedelta(days=days)).rows
    assert row.outcome == outcome
    assert line(row).outcome == {"": "", "uitgevoerd": "uitgevoerd, 10-3-2026"}.get(
        outcome, "eerder beëindigd, 10-3-2026"
    )


def test_it_takes_one_query_however_many_there_are(cast: Cast) -> None:
    for _ in range(3):
        initiative(cast, "goedgekeurd")
    today = local_date(now())
    with CaptureQueriesContext(connection) as queries:
        overview_on(today)
    assert len(queries) == 1


def test_costs_that_nobody_named_are_not_nought() -> None:
    unnamed = overview_of(1).rows[0]._replace(amount=None)
    named = unnamed._replace(amount=Decimal("12.50"))
    assert [in_words(total(rows)).amount for rows in ([], [unnamed], [unnamed, named])] == [
        "€ 0",
        "geen bedrag",
        "€ 12,50",
    ]


def test_an_empty_overview_adds_up_to_nothing() -> None:
    found = overview_on(date(2015, 1, 1))
    assert (found.rows, found.total.initiatives, found.total.amount, found.rule_version) == ((), 0, 0, "")
