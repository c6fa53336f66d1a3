"""One step taken with several objects at once, by the same authority, rules and methods as with one (`take.py`).

In one transaction: the rows are locked in the order of their keys, so that two who choose the same ones wait for each
other and never for ever; each is looked at by itself; those with which the step can be taken are saved in one
statement. The others are told apart, with why, and nothing is lost.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import models, transaction

from journal.write import Told, record_each
from workflow.rules import Situation, broken
from workflow.steps import steps_of
from workflow.take import (
    Input,
    InputRefused,
    NotThere,
    Refused,
    Taken,
    allow,
    record_refusal,
    values_of,
)


class Together(NamedTuple):
    """With which the step was taken, and with which not."""

    taken: list[Taken]
    refused: list[Refused]


Look = Callable[[Sequence[Any]], object]
Work = Callable[[Sequence[Taken]], object]


def take_together(
    visible: models.QuerySet[Any],
    pks: Collection[int],
    name: str,
    *,
    person: Any,
    at: datetime,
    given: Input,
    look: Look = lambda subjects: None,
    work: Work = lambda taken: None,
) -> Together:
    """Take the step `name` with those of `pks` that are within `visible`, as `person`, with the same input for each.

    `look(subjects)` fetches what rules will look at; `work(taken)` does what else comes with the step. What is not
    visible is passed over in silence; raises `NotThere` when nothing is, or when the step does not exist.
    """
    with transaction.atomic(durable=True):
        done = _take(visible, pks, name, person, at, given, look, work)
    for refused in done.refused:
        record_refusal(refused, person)
    return done


def _take(
    visible: models.QuerySet[Any],
    pks: Collection[int],
    name: str,
    person: Any,
    at: datetime,
    given: Input,
    look: Look,
    work: Work,
) -> Together:
    model: Any = visible.model
    subjects = list(visible.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk"))
    if not subjects or name not in steps_of(model):
        raise NotThere
    look(subjects)
    done = _who_can(subjects, name, person, at, given)
    changed: set[str] = set()
    befores = [values_of(taken.subject) for taken in done.taken]
    for taken, before in zip(done.taken, befores, strict=True):
        getattr(taken.subject, name)(taken)
        changed |= {field for field, value in values_of(taken.subject).items() if value != before[field]}
    work(done.taken)
    if changed:
        model.objects.bulk_update([taken.subject for taken in done.taken], sorted(changed))
    _record(done.taken, befores)
    return done


def _record(taken: Sequence[Taken], befores: Sequence[dict[str, Any]]) -> None:
    """The same entries as of one by one, in a statement for all that were taken in the same capacity."""
    alike: dict[tuple[str, str], list[Told]] = {}
    for one, before in zip(taken, befores, strict=True):
        data = {"from": before["status"], "to": one.subject.status, "together": len(taken)}
        told = Told(one.subject.pk, one.capacity.unit, data)
        alike.setdefault((one.capacity.role, one.sentence), []).append(told)
    for (role, sentence), all_told in alike.items():
        first = taken[0]
        record_each(
            first.step.name,
            sentence,
            all_told,
            about=type(first.subject),
            actor=first.person,
            role=role,
            reason=str(first.input.get("reasons", "")),
        )


def _who_can(subjects: Sequence[Any], name: str, person: Any, at: datetime, given: Input) -> Together:
    done = Together([], [])
    for subject in subjects:
        try:
            done.taken.append(_allowed(subject, name, person, at, given))
        except Refused as refused:
            done.refused.append(refused)
    return done


def _allowed(subject: Any, name: str, person: Any, at: datetime, given: Input) -> Taken:
    step = steps_of(subject.__class__)[name]
    capacity = allow(step, subject, person, at)
    if reasons := broken(step.rules, Situation(subject, person, at, given), on_input=True):
        raise InputRefused(step, subject, reasons, capacity)
    return Taken(step, subject, person, capacity, at, given)
