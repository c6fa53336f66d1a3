"""What somebody may do with an object now: its steps in declared order, open, or closed with the reasons."""

from datetime import datetime
from typing import Any, NamedTuple

from workflow.rules import Reason, Situation, broken
from workflow.steps import Step, steps_of
from workflow.who import Capacity, Refusal


class Offer(NamedTuple):
    """A step as offered to one person. `reasons` is empty exactly when the step is open."""

    step: Step
    reasons: tuple[Reason, ...] = ()

    @property
    def is_open(self) -> bool:
        return not self.reasons


def offers(subject: Any, person: Any, at: datetime) -> list[Offer]:
    """The steps that the object's status knows now and that this person's role has to do with.

    A step that only another role may take is left out; one that separation of duties or a rule forbids is there,
    closed.
    """
    found = []
    for step in steps_of(subject.__class__).values():
        if subject.status in step.sources:
            match step.who(person, subject):
                case Capacity():
                    found.append(Offer(step, broken(step.rules, Situation(subject, person, at), on_input=False)))
                case Refusal(sentence, told=True):
                    found.append(Offer(step, (Reason(sentence),)))
    return found
