"""What somebody may do with an object now: open, or closed with the reasons, in declared order."""

from datetime import UTC, datetime

import pytest

from workflow.offers import offers
from workflow.tests.leave.models import ASKING_MANAGER, EMPLOYEE, MANAGER, STRANGER, Leave, Somebody, Status

AT = datetime(2018, 5, 18, 12, tzinfo=UTC)
NEW_YEARS_EVE = datetime(2018, 12, 31, 12, tzinfo=UTC)


def offered(leave: Leave, person: Somebody, at: datetime = AT) -> dict[str, list[str]]:
    return {offer.step.name: [reason.source for reason in offer.reasons] for offer in offers(leave, person, at)}


def complete(status: Status) -> Leave:
    return Leave(status=status, days=3, purpose="vakantie", asked_by=EMPLOYEE.number)


def test_open_steps_come_in_declared_order() -> None:
    assert list(offered(complete(Status.DRAFT), EMPLOYEE).items()) == [("adjust", []), ("ask", [])]


def test_closed_step_is_offered_with_all_its_reasons() -> None:
    assert offered(Leave(), EMPLOYEE) == {"adjust": [], "ask": ["L-1", "L-2"]}


def test_open_is_without_reasons_and_closed_with() -> None:
    assert [offer.is_open for offer in offers(Leave(), EMPLOYEE, AT)] == [True, False]


@pytest.mark.parametrize("person", [EMPLOYEE, STRANGER])
def test_step_of_another_role_is_left_out(person: Somebody) -> None:
    assert offered(complete(Status.ASKED), person) == {}


def test_separation_of_duties_is_told() -> None:
    own = Leave(status=Status.ASKED, days=3, asked_by=ASKING_MANAGER.number)
    closed = {offer.step.name: offer.reasons for offer in offers(own, ASKING_MANAGER, AT)}
    assert {name: reasons[0].sentence for name, reasons in closed.items()} == {
        "grant": "U vroeg dit verlof zelf aan.",
        "refuse": "U vroeg dit verlof zelf aan.",
    }


def test_rule_on_input_does_not_close_a_step_before_anything_was_typed() -> None:
    assert offered(Leave(status=Status.ASKED, days=-1), MANAGER) == {"grant": [], "refuse": []}


def test_rule_on_the_moment_closes_a_step() -> None:
    assert offered(complete(Status.ASKED), MANAGER, NEW_YEARS_EVE) == {"grant": ["L-3"], "refuse": []}


@pytest.mark.parametrize("status", [Status.GRANTED, Status.REFUSED])
def test_only_steps_of_the_status_now_are_offered(status: Status) -> None:
    assert list(offered(complete(status), MANAGER)) == ["take_back"]
