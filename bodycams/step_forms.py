"""What the form of every step has in common: numbered questions, and the answers that the services are given.

What a step asks is for the app whose step it is; which questions there are stands in its forms.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField

from workflow.rules import Reason


class Question(NamedTuple):
    """One numbered question on a step's page: its title, and the names of its fields. `template` draws the fields."""

    title: str
    names: tuple[str, ...]
    lead: str = ""
    template: str = "django/forms/question.html"


@dataclass(frozen=True)
class Asked:
    """A question as the template gets it: each field, with the field for a remark about it or None."""

    question: Question
    pairs: list[tuple[BoundField, BoundField | None]]

    @property
    def field(self) -> BoundField:
        """The field of a question that has one."""
        return self.pairs[0][0]


class AskingForm(forms.Form):
    """A form checks shape, the rules check the rest."""

    questions: tuple[Question, ...] = ()
    not_asked: dict[str, Any] = {}

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
