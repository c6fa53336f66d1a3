"""A small procedure to try the machine on: an employee asks for days of leave, a manager grants or refuses them.

It has one of everything that a step can have, and it is installed in the tests only (`bodycams/tests/settings.py`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django_fsm import GET_STATE, FSMField

from workflow.rules import Reason, Situation, checklist, rule
from workflow.steps import step
from workflow.take import Taken
from workflow.who import Capacity, Refusal, Who, all_of


class Status(models.TextChoices):
    DRAFT = "concept", "concept"
    ASKED = "gevraagd", "gevraagd"
    GRANTED = "toegekend", "toegekend"
    REFUSED = "geweigerd", "geweigerd"


@dataclass(frozen=True)
class Somebody:
    number: str
    role: str = ""


EMPLOYEE = Somebody("1001", "employee")
MANAGER = Somebody("2001", "manager")
ASKING_MANAGER = Somebody("2002", "manager")
STRANGER = Somebody("3001")


def acts_as(role: str, title: str) -> Who:
    def ask(person: Somebody, leave: "Leave") -> Capacity | Refusal:
        if person.role == role:
            return Capacity(role, title, unit="ON", mandate="de afdeling" if leave.by_mandate else "")
        return Refusal(f"Alleen {title.lower()} mag dit.")

    return Who(ask, roles=(role,))


def _is_not_the_asker(person: Somebody, leave: "Leave") -> Capacity | Refusal:
    if person.number == leave.asked_by:
        return Refusal("U vroeg dit verlof zelf aan.", told=True)
    return Capacity("anyone", "Iemand")


is_not_the_asker = Who(_is_not_the_asker, conditions=("niet wie het verlof vroeg",))


@checklist()
def form_is_complete(situation: Situation) -> Iterator[Reason]:
    """Every field that is still empty, each with its name."""
    if situation.subject.days < 1:
        yield Reason("Vul in hoeveel dagen u vrij wilt.", "L-1", field="days")
    if not situation.subject.purpose:
        yield Reason("Vul in waarvoor u vrij wilt.", "L-2", field="purpose")


@rule("Op de laatste dag van het jaar beslist niemand.", source="L-3")
def it_is_not_new_years_eve(situation: Situation) -> bool:
    return (situation.at.month, situation.at.day) != (12, 31)


@rule("U kunt niet meer dagen toekennen dan er zijn gevraagd.", source="L-4", field="days", on_input=True)
def no_more_is_granted_than_was_asked(situation: Situation) -> bool:
    return bool(situation.input.get("days", 0) <= situation.subject.days)


def where_it_goes_back_to(leave: "Leave", taken: Taken) -> str:
    return Status.DRAFT if taken.input.get("start_over") else Status.ASKED


class LeaveQuerySet(models.QuerySet["Leave"]):
    """Those of one department, as an app's `visible_to` would give."""

    def visible(self) -> "LeaveQuerySet":
        return self.filter(hidden=False)


class Procedure(models.Model):
    """The steps, top to bottom."""

    status = FSMField(choices=Status, default=Status.DRAFT, protected=True)
    days = models.IntegerField(default=0)
    purpose = models.CharField(max_length=20, blank=True)
    asked_by = models.CharField(max_length=20, blank=True)
    decided_by = models.CharField(max_length=20, blank=True)

    class Meta:
        abstract = True

    @step(
        status,
        [Status.DRAFT],
        None,
        label="Aanpassen",
        sentence="heeft de aanvraag aangepast",
        who=acts_as("employee", "De medewerker"),
    )
    def adjust(self, taken: Taken) -> None:
        """De medewerker wijzigt wat er gevraagd wordt."""
        self.days = taken.input["days"]

    @step(
        status,
        [Status.DRAFT],
        Status.ASKED,
        label="Aanvragen",
        sentence="heeft verlof aangevraagd",
        who=acts_as("employee", "De medewerker"),
        rules=[form_is_complete],
        tone="primary",
        icon="send",
    )
    def ask(self, taken: Taken) -> None:
        """De medewerker vraagt het verlof aan."""
        self.asked_by = taken.person.number

    @step(
        status,
        [Status.ASKED],
        Status.GRANTED,
        label="Toekennen",
        sentence="heeft het verlof toegekend",
        who=all_of(acts_as("manager", "De chef"), is_not_the_asker),
        rules=[no_more_is_granted_than_was_asked, it_is_not_new_years_eve],
    )
    def grant(self, taken: Taken) -> None:
        """De chef geeft toestemming."""
        self.days = taken.input.get("days", self.days)
        self.decided_by = taken.person.number

    @step(
        status,
        [Status.ASKED],
        Status.REFUSED,
        label="Weigeren",
        sentence="heeft het verlof geweigerd",
        who=all_of(acts_as("manager", "De chef"), is_not_the_asker),
    )
    def refuse(self, taken: Taken) -> None:
        """De chef geeft geen toestemming."""
        self.decided_by = taken.person.number

    @step(
        status,
        [Status.GRANTED, Status.REFUSED],
        GET_STATE(where_it_goes_back_to, states=[Status.DRAFT, Status.ASKED]),
        label="Terugdraaien",
        sentence="heeft het besluit teruggedraaid",
        who=acts_as("manager", "De chef"),
    )
    def take_back(self, taken: Taken) -> None:
        """De chef neemt het besluit terug."""
        self.decided_by = ""


class Leave(Procedure):
    """Leave that somebody asks for. The database refuses what no leave can be."""

    by_mandate = models.BooleanField(default=False)
    hidden = models.BooleanField(default=False)

    objects = LeaveQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=models.Q(days__lte=99), name="leave_has_an_end")]

    def __str__(self) -> str:
        return f"{self.days} {self.status}"


def leave(status: Status = Status.DRAFT, **fields: Any) -> Leave:
    """A leave in the database that can be asked for, granted and taken back."""
    return Leave.objects.create(**{"status": status, "days": 3, "purpose": "vakantie", "asked_by": "1001", **fields})
