"""A rule says what must be true, in a sentence and with its source; it looks at a situation and changes nothing."""

from datetime import UTC, datetime
from typing import Any

import pytest

from workflow.rules import Reason, Situation, broken
from workflow.tests.leave.models import (
    EMPLOYEE,
    Leave,
    form_is_complete,
    it_is_not_new_years_eve,
    no_more_is_granted_than_was_asked,
)


def situation(at: datetime = datetime(2018, 5, 18, tzinfo=UTC), given: dict[str, Any] | None = None) -> Situation:
    return Situation(Leave(days=3, purpose="vakantie"), EMPLOYEE, at, given or {})


def test_rule_that_holds_gives_no_reason() -> None:
    assert tuple(it_is_not_new_years_eve.reasons(situation())) == ()


def test_rule_that_does_not_hold_gives_its_sentence_with_source_and_field() -> None:
    reasons = tuple(no_more_is_granted_than_was_asked.reasons(situation(given={"days": 4})))
    assert reasons == (Reason("U kunt niet meer dagen toekennen dan er zijn gevraagd.", "L-4", "days"),)


@pytest.mark.parametrize(("days", "holds"), [(2, True), (3, True), (4, False)])
def test_boundary_of_a_rule_on_input(days: int, holds: bool) -> None:
    assert (tuple(no_more_is_granted_than_was_asked.reasons(situation(given={"days": days}))) == ()) is holds


def test_checklist_gives_every_reason_in_order() -> None:
    empty = Situation(Leave(), EMPLOYEE, datetime(2018, 5, 18, tzinfo=UTC))
    assert [reason.field for reason in form_is_complete.reasons(empty)] == ["days", "purpose"]
    assert tuple(form_is_complete.reasons(situation())) == ()


def test_rules_are_known_by_the_name_of_their_function() -> None:
    assert [rule.name for rule in (form_is_complete, it_is_not_new_years_eve)] == [
        "form_is_complete",
        "it_is_not_new_years_eve",
    ]


def test_rules_on_input_and_the_others_are_asked_apart() -> None:
    everything_wrong = situation(datetime(2018, 12, 31, tzinfo=UTC), {"days": 4})
    rules = [no_more_is_granted_than_was_asked, it_is_not_new_years_eve]
    assert [reason.source for reason in broken(rules, everything_wrong, on_input=False)] == ["L-3"]
    assert [reason.source for reason in broken(rules, everything_wrong, on_input=True)] == ["L-4"]
