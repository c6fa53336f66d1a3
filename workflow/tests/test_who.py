"""Who may take a step: a capacity or a refusal, and the first refusal counts."""

from workflow.tests.leave.models import (
    ASKING_MANAGER,
    EMPLOYEE,
    MANAGER,
    Leave,
    acts_as,
    is_not_the_asker,
)
from workflow.who import Capacity, Refusal, all_of

who = all_of(acts_as("manager", "De chef"), is_not_the_asker)
of_another = Leave(asked_by="1001")
of_the_manager = Leave(asked_by=ASKING_MANAGER.number)


def test_nobody_refuses_then_the_capacity_of_the_first_counts() -> None:
    assert who(MANAGER, of_another) == Capacity("manager", "De chef", unit="ON")


def test_without_the_role_the_others_are_not_asked() -> None:
    assert who(EMPLOYEE, of_another) == Refusal("Alleen de chef mag dit.")


def test_separation_of_duties_refuses_somebody_with_the_role_and_keeps_in_which_role_it_was_tried() -> None:
    assert who(ASKING_MANAGER, of_the_manager) == Refusal(
        "U vroeg dit verlof zelf aan.", told=True, capacity=Capacity("manager", "De chef", unit="ON")
    )


def test_one_alone_may_be_all() -> None:
    assert all_of(is_not_the_asker)(MANAGER, of_another) == is_not_the_asker(MANAGER, of_another)


def test_what_is_asked_is_said_in_words() -> None:
    assert (who.roles, who.conditions) == (("manager",), ("niet wie het verlof vroeg",))
