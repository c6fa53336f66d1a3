"""What the unit reports on an approved initiative: that it was carried out, ended early or not carried out.

It changes no status. Every report stays; the last one is in force, and the overview of a day names the one of that day.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from initiatives import notices
from initiatives.choices import CarriedOut
from initiatives.concepts import made_once
from initiatives.models import Execution, Initiative
from journal.write import record
from organisation.models import Person
from organisation.permissions import capacity_for, may_for
from organisation.roles import Perm, Role
from workflow.clock import local_date
from workflow.dates import day_in_words

SAID = {
    CarriedOut.DONE: "is uitgevoerd",
    CarriedOut.ENDED_EARLY: "is eerder beëindigd",
    CarriedOut.NOT_DONE: "is niet uitgevoerd",
}


class NotPermitted(Exception):
    """There is no permission for this initiative, so there is nothing to report on."""


def permitted_on(initiative: Initiative) -> date | None:
    """The day on which permission was given, or None while there is none. It is never taken back."""
    given = [decision for decision in initiative.decisions.all() if decision.permission]
    return local_date(given[0].decided_at) if given else None


def may_report(person: Any, initiative: Initiative) -> bool:
    return permitted_on(initiative) is not None and may_for(person, Perm.FILE, initiative)


def in_force(initiative: Initiative) -> Execution | None:
    """The last report, or None."""
    reports = list(initiative.executions.all())
    return reports[-1] if reports else None


def report(
    initiative: Initiative,
    outcome: CarriedOut,
    on_day: date,
    sentence: str,
    *,
    person: Person,
    at: datetime,
    form_id: UUID | None = None,
) -> Execution:
    """Report what became of it; a later report takes the place of an earlier one. Raises `NotPermitted` and
    `AlreadySent`.
    """
    if permitted_on(initiative) is None:
        raise NotPermitted
    with made_once(Execution, form_id):
        reported = Execution.objects.create(
            initiative=initiative,
            outcome=outcome,
            on_day=on_day,
            sentence=sentence,
            reported_by=person,
            reported_at=at,
            form_id=form_id,
        )
        _tell(reported, person)
    return reported


def _tell(reported: Execution, person: Person) -> None:
    """Put it on record, and tell the project leaders."""
    initiative, at = reported.initiative, reported.reported_at
    said = f"dit initiatief {SAID[CarriedOut(reported.outcome)]}"
    capacity = capacity_for(person, Perm.FILE, initiative.unit_id)
    told = f"{capacity.title} heeft gemeld: {said}, op {day_in_words(reported.on_day)}."
    record(
        "uitvoering_gemeld",
        told,
        actor=person,
        role=capacity.role,
        unit=capacity.unit,
        about=initiative,
        reason=reported.sentence,
        data={"outcome": reported.outcome, "on": reported.on_day.isoformat()},
    )
    leaders = Person.objects.holding(Role.LEADER, local_date(at)).filter(is_active=True)
    subject, words = f"{initiative.number}: {said}", [told, reported.sentence, notices.NOTHING]
    notices.tell_people(leaders, subject, words, None, at=at, by=person, initiative=initiative)
