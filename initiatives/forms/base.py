"""What every step's form has in common: numbered questions, and the answers that the services are given.

Which step has which form is in `steps.py`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from initiatives.forms.fields import Text
from initiatives.models import Initiative
from organisation.models import Person
from workflow.rules import Reason

REASONS = "Deze tekst staat woord voor woord in het dossier. Schrijf korte zinnen."


@dataclass(frozen=True)
class Question:
    """One numbered question on a step's page: its title, and the names of its fields. `template` draws the fields."""

    title: str
    names: tuple[str, ...]
    lead: str = ""
    template: str = "initiatives/questions/fields.html"


@dataclass(frozen=True)
class Asked:
    """A question as the template gets it: each field, with the field for a remark about it or None."""

    question: Question
    pairs: list[tuple[BoundField, BoundField | None]]

    @property
    def field(self) -> BoundField:
        """The field of a question that has one."""
        return self.pairs[0][0]


class StepForm(forms.Form):
    """The form of one step. `initiative` and `at` tell what to ask; a form checks shape, the rules check the rest."""

    questions: tuple[Question, ...] = ()
    not_asked: dict[str, Any] = {}
    keeps_draft = False

    def __init__(self, data: Any, *, initiative: Initiative, at: datetime) -> None:
        super().__init__(data)
        self.initiative, self.at = initiative, at
        self.prepare()

    def prepare(self) -> None:
        """Leave out what need not be asked of this initiative now, and fill in what is known."""

    def take_up(self, person: Person) -> None:
        """Go on where this person stopped, when the form keeps drafts (`keeps_draft`)."""

    def asked(self) -> Iterator[Asked]:
        for question in self.questions:
            names = [name for name in question.names if name in self.fields]
            if names:
                yield Asked(question, [(self[name], self._remark(name)) for name in names])

    def answers(self) -> dict[str, Any]:
        """What was typed, with the empty answer for what was not asked: what the rules and services look at."""
        return {**self.not_asked, **self.cleaned_data}

    def refuse(self, reasons: Iterable[Reason]) -> None:
        """Put what a rule says beside the field that mends it, or on top when that is not one of this form."""
        for reason in reasons:
            self.add_error(reason.field if reason.field in self.fields else None, reason.sentence)

    def _remark(self, name: str) -> BoundField | None:
        return self[f"{name}_note"] if f"{name}_note" in self.fields else None


def reasons() -> Text:
    return Text(label="Redenen", help_text=REASONS, empty="Leg uit waarom.")


WHY = Question("Wat zijn uw redenen?", ("reasons",))
