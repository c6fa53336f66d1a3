"""What must be true before a step: true, false, and on both sides of each boundary."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from initiatives import rules
from initiatives.models import Initiative
from initiatives.tests.factories import TO_STATUS, Cast, initiative, walk
from workflow.clock import AMSTERDAM, local_date, now
from workflow.rules import Rule, Situation

pytestmark = pytest.mark.django_db

FROZEN = {"first": date(2018, 6, 1), "last": date(2020, 9, 30)}


@pytest.fixture
def cast() -> Cast:
    return Cast()


def holds(rule: Rule, subject: Initiative, on: date | None = None, **typed: Any) -> bool:
    """Whether the rule lets pass what was typed, on a day (today unless given)."""
    at = datetime.combine(on, time(12), AMSTERDAM) if on else now()
    return not list(rule.reasons(Situation(subject, None, at, typed)))


def days_from(day: date, days: int) -> date:
    return day + timedelta(days=days)


# --- necessity and returning ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("necessary", "urgent", "allowed"),
    [(True, True, True), (True, False, True), (False, False, True), (False, True, False)],
)
def test_only_what_is_necessary_is_urgent(cast: Cast, necessary: bool, urgent: bool, allowed: bool) -> None:
    subject = initiative(cast, "concept")
    assert holds(rules.urgent_only_when_necessary, subject, necessary=necessary, urgent=urgent) is allowed


@pytest.mark.parametrize(("days", "allowed"), [(-1, False), (0, False), (1, True), (56, True), (57, False)])
def test_supplement_is_due_within_eight_weeks(cast: Cast, days: int, allowed: bool) -> None:
    subject, today = initiative(cast, "aangemeld"), local_date(now())
    assert holds(rules.supplement_is_due_within_eight_weeks, subject, by_when=days_from(today, days)) is allowed


@pytest.mark.parametrize(("days", "allowed"), [(-1, False), (0, False), (1, True)])
def test_file_is_resumed_after_the_given_day(cast: Cast, days: int, allowed: bool) -> None:
    subject = walk(cast, *TO_STATUS["aangemeld"], "terugsturen")
    pending = subject.pending_return()
    assert pending is not None
    assert holds(rules.supplement_day_has_passed, subject, days_from(pending.by_when, days)) is allowed


def test_only_what_was_sent_back_is_returned(cast: Cast) -> None:
    assert holds(rules.is_returned, walk(cast, *TO_STATUS["aangemeld"], "terugsturen"))
    assert not holds(rules.is_returned, initiative(cast, "concept"))
    assert not holds(rules.is_returned, initiative(cast, "aangemeld"))


# --- postponement and adjournment -----------------------------------------------------------------


def test_postponement_is_told_once(cast: Cast) -> None:
    subject = initiative(cast, "beoordeeld")
    assert holds(rules.postponement_is_the_first, subject)
    assert not holds(rules.postponement_is_the_first, walk(cast, "uitstel_melden", start=subject))


@pytest.mark.parametrize(("days", "allowed"), [(-1, False), (0, False), (1, True)])
def test_promised_day_lies_after_the_term(cast: Cast, days: int, allowed: bool) -> None:
    subject = initiative(cast, "aangemeld")
    assert subject.due_on is not None
    assert holds(rules.new_day_is_after_the_term, subject, by_when=days_from(subject.due_on, days)) is allowed


@pytest.mark.parametrize(("days", "allowed"), [(-1, True), (0, True), (1, False)])
def test_adjournment_comes_before_the_end_of_the_term(cast: Cast, days: int, allowed: bool) -> None:
    subject = initiative(cast, "bezwaar")
    assert subject.due_on is not None
    assert holds(rules.objection_term_runs, subject, days_from(subject.due_on, days)) is allowed


def test_adjournment_comes_once(cast: Cast) -> None:
    subject = initiative(cast, "bezwaar")
    assert holds(rules.adjournment_is_the_first, subject)
    assert not holds(rules.adjournment_is_the_first, walk(cast, "verdagen", start=subject))


# --- the decision ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filed", "why", "allowed"),
    [
        (days_from(FROZEN["first"], -1), "", True),
        (FROZEN["first"], "", False),
        (FROZEN["first"], "De aanbesteding.", True),
        (FROZEN["last"], "", False),
        (days_from(FROZEN["last"], 1), "", True),
    ],
)
def test_freeze_holds_on_the_day_of_filing(cast: Cast, filed: date, why: str, allowed: bool) -> None:
    at = datetime.combine(filed, time(12), AMSTERDAM)
    subject = walk(cast, *TO_STATUS["beoordeeld"], at=at)
    assert holds(rules.purchase_freeze_is_answered, subject, override_reasons=why) is allowed


@pytest.mark.parametrize(("cameras", "warned"), [(1988, False), (1989, True)])
def test_ceiling_counts_what_was_approved_and_this_one(cast: Cast, cameras: int, warned: bool) -> None:
    initiative(cast, "goedgekeurd", cameras_requested=12)
    subject = initiative(cast, "beoordeeld", cameras_requested=cameras)
    assert holds(rules.warnings_are_answered, subject, warnings_answered=[]) is not warned
    assert holds(rules.warnings_are_answered, subject, warnings_answered=["Omdat."])


@pytest.mark.parametrize("answers", [[], [""]])
def test_warning_needs_words(cast: Cast, answers: list[str]) -> None:
    subject = initiative(cast, "beoordeeld", cameras_requested=2001)
    assert not holds(rules.warnings_are_answered, subject, warnings_answered=answers)


# --- objecting ------------------------------------------------------------------------------------


def test_something_must_have_been_refused(cast: Cast) -> None:
    everything = {"goedkeuren": {"support_granted": ["inkoopproces", "ict_integratie"]}}
    assert holds(rules.something_was_refused, initiative(cast, "afgewezen"))
    assert holds(rules.something_was_refused, initiative(cast, "goedgekeurd"))
    assert not holds(rules.something_was_refused, walk(cast, *TO_STATUS["goedgekeurd"], given=everything))


def test_acquiescing_is_for_a_decision_that_is_not_final(cast: Cast) -> None:
    subject = initiative(cast, "afgewezen")
    assert holds(rules.is_not_final, subject)
    assert holds(rules.is_not_acquiesced_in, subject)
    acquiesced = walk(cast, "berusten", start=subject)
    assert not holds(rules.is_not_final, acquiesced)
    assert not holds(rules.is_not_acquiesced_in, acquiesced)


def test_objection_comes_once(cast: Cast) -> None:
    assert holds(rules.objection_is_the_first, initiative(cast, "afgewezen"))
    withdrawn = walk(cast, *TO_STATUS["bezwaar"], "bezwaar_intrekken")
    assert not holds(rules.objection_is_the_first, withdrawn)


@pytest.mark.parametrize(
    ("days", "excuse", "allowed"), [(0, "", True), (1, "", False), (1, "De brief kwam te laat.", True)]
)
def test_late_objection_needs_an_excuse(cast: Cast, days: int, excuse: str, allowed: bool) -> None:
    subject = initiative(cast, "afgewezen")
    assert subject.due_on is not None
    day = days_from(subject.due_on, days)
    assert holds(rules.objection_is_in_time_or_excused, subject, day, late_excuse=excuse) is allowed


# --- deciding on it -------------------------------------------------------------------------------


def test_view_comes_first(cast: Cast) -> None:
    subject = initiative(cast, "bezwaar")
    assert not holds(rules.view_is_recorded, subject)
    assert holds(rules.view_is_recorded, walk(cast, "afstemming_vastleggen", start=subject))


@pytest.mark.parametrize(
    ("granted", "keeps", "betters"),
    [
        ([], False, False),
        (["inkoopproces"], True, False),
        (["ict_integratie"], False, True),
        (["inkoopproces", "ict_integratie"], True, True),
        (["inkoopproces", "juridische_borging"], True, True),
    ],
)
def test_objection_gives_more_and_takes_nothing(cast: Cast, granted: list[str], keeps: bool, betters: bool) -> None:
    first = {"goedkeuren": {"support_granted": ["inkoopproces"]}}
    subject = walk(cast, *TO_STATUS["goedgekeurd"], "bezwaar_maken", given=first)
    assert holds(rules.nothing_granted_is_taken_away, subject, support_granted=granted) is keeps
    assert holds(rules.something_gets_better, subject, support_granted=granted) is betters


def test_permission_after_a_rejection_is_better_by_itself(cast: Cast) -> None:
    assert holds(rules.something_gets_better, initiative(cast, "bezwaar"), support_granted=[])
