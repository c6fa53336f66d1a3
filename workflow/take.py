"""The one door through which an object changes its status.

In one transaction: lock the row, find the step, authority, status, rules, what was typed, the step itself, what comes
with it, the journal. The second of two simultaneous clicks finds the status changed and is told so. A refusal is
journalled after the rollback, in a transaction of its own.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db import models, transaction

from journal.models import Result
from journal.write import record
from workflow.rules import Reason, Situation, broken
from workflow.steps import Step, steps_of
from workflow.who import Capacity, Refusal

Input = Mapping[str, Any]


class NotThere(Exception):
    """The object is not visible to this person, or the step does not exist: 404."""


class Refused(Exception):
    """The step is not taken. `reasons` are Dutch sentences; `step` and `subject` say what was asked."""

    def __init__(self, step: Step, subject: Any, reasons: tuple[Reason, ...], capacity: Capacity | None = None) -> None:
        super().__init__(" ".join(reason.sentence for reason in reasons))
        self.step, self.subject, self.reasons, self.capacity = step, subject, reasons, capacity


class Forbidden(Refused):
    """This person's roles, or separation of duties, do not allow the step: 403."""


class StepRefused(Refused):
    """The status, or a rule that needs no input, forbids the step now: 409."""


class InputRefused(Refused):
    """A rule refuses what was typed: 400."""


class InputInvalid(Exception):
    """What was typed has not the shape of the step's form: 400. Raised by the reader of the input; nothing is
    journalled.
    """


class Taken(NamedTuple):
    """A step that is being taken: what the reader of the input and the work that comes with the step are given."""

    step: Step
    subject: Any
    person: Any
    capacity: Capacity
    at: datetime
    input: Input

    @property
    def sentence(self) -> str:
        """Who did what, for the trail and for those who are told."""
        behalf = f" namens {self.capacity.mandate}" if self.capacity.mandate else ""
        return f"{self.capacity.title}{behalf} {self.step.sentence}."


Reader = Callable[[Any, Step], Input]
Work = Callable[[Taken], str]


def take(
    visible: models.QuerySet[Any],
    pk: Any,
    name: str,
    *,
    person: Any,
    at: datetime,
    look: Callable[[Any], object] = lambda subject: None,
    read: Reader = lambda subject, step: {},
    work: Work = lambda taken: "",
) -> Taken:
    """Take the step `name` of the object `pk` within `visible`, as `person`, at the moment `at`.

    `look(subject)` fetches what rules will look at, now that the row is locked and nobody can change it; `visible`
    joins nothing, since what is joined may be older than what the lock waited for. `read(subject, step)` gives what was
    typed, or raises `InputInvalid`; `work(taken)` does what else comes with the step, in the same transaction, and
    answers with what the trail should add to the step's sentence. Raises `NotThere`, `Forbidden`, `StepRefused`,
    `InputInvalid`, `InputRefused`, looked at in that order.
    """
    try:
        with transaction.atomic(durable=True):
            return _take(visible, pk, name, person, at, look, read, work)
    except Refused as refused:
        record_refusal(refused, person)
        raise


def _take(
    visible: models.QuerySet[Any],
    pk: Any,
    name: str,
    person: Any,
    at: datetime,
    look: Callable[[Any], object],
    read: Reader,
    work: Work,
) -> Taken:
    subject = next(iter(visible.select_for_update(of=("self",)).filter(pk=pk).order_by()), None)
    if subject is None or name not in steps_of(subject.__class__):
        raise NotThere
    look(subject)
    step = steps_of(subject.__class__)[name]
    capacity = allow(step, subject, person, at)
    given = read(subject, step)
    reasons = broken(step.rules, Situation(subject, person, at, given), on_input=True)
    if reasons:
        raise InputRefused(step, subject, reasons, capacity)
    taken = Taken(step, subject, person, capacity, at, given)
    before = values_of(subject)
    getattr(subject, name)(taken)
    detail = work(taken)
    changed = [field for field, value in values_of(subject).items() if value != before[field]]
    if changed:
        subject.save(update_fields=changed)
    record_taken(taken, {"from": before["status"], "to": subject.status, "detail": detail})
    return taken


def values_of(subject: Any) -> dict[str, Any]:
    """Every column as it is now, to see afterwards which a step changed."""
    return {field.attname: getattr(subject, field.attname) for field in subject._meta.concrete_fields}


def allow(step: Step, subject: Any, person: Any, at: datetime) -> Capacity:
    """In which capacity this person can take the step now, as far as can be known without input; else `Forbidden` or
    `StepRefused`.
    """
    capacity = step.who(person, subject)
    if isinstance(capacity, Refusal):
        raise Forbidden(step, subject, (Reason(capacity.sentence),), capacity.capacity)
    reasons = closed_because(step, subject, person, at)
    if reasons:
        raise StepRefused(step, subject, reasons, capacity)
    return capacity


def closed_because(step: Step, subject: Any, person: Any, at: datetime) -> tuple[Reason, ...]:
    """Why the step cannot be taken now by anyone who has the authority; empty when it can."""
    if subject.status not in step.sources:
        return (Reason(f"Dit kan nu niet: de status is ‘{subject.get_status_display()}’."),)
    return broken(step.rules, Situation(subject, person, at), on_input=False)


def record_taken(taken: Taken, data: dict[str, Any]) -> None:
    """That a step was taken, in the transaction in which it was."""
    record(
        taken.step.name,
        taken.sentence,
        actor=taken.person,
        role=taken.capacity.role,
        unit=taken.capacity.unit,
        about=taken.subject,
        reason=str(taken.input.get("reasons", "")),
        data=data,
    )


def record_refusal(refused: Refused, person: Any) -> None:
    """That a step was refused, when it was taken or already when its page was asked for."""
    with transaction.atomic():
        record(
            refused.step.name,
            f"‘{refused.step.label}’ is geweigerd.",
            actor=person,
            role=refused.capacity.role if refused.capacity else "",
            unit=refused.capacity.unit if refused.capacity else "",
            about=refused.subject,
            result=Result.REFUSED,
            reason=str(refused),
        )
