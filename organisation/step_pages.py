"""The page of one step, the same for every procedure: GET asks and says what will happen, POST takes it.

Answers, in this order: 404 what somebody may not see or what does not exist, 403 what this person may never do, 409
what cannot be done now, 400 what was filled in wrongly, and 302 when the step was taken. What a page shows of its own
object is for the app that knows the object.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any, Protocol

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render

from bodycams.look import Heading
from journal.read import trail
from organisation.models import Person
from organisation.requests import Request
from workflow.clock import AMSTERDAM
from workflow.dates import day_in_words
from workflow.rules import Reason
from workflow.steps import Step, steps_of
from workflow.take import (
    Forbidden,
    InputInvalid,
    InputRefused,
    NotThere,
    Reader,
    Refused,
    StepRefused,
    Taken,
    allow,
    record_refusal,
)

WORTH_KEEPING = 20
"""From so many characters a typed text is given back to be copied."""
SEE = "Daar staat hoe het ervoor staat, en wat u wel kunt doen."


class Form(Protocol):
    """What the page asks of a step's form."""

    def is_valid(self) -> bool: ...
    def answers(self) -> Mapping[str, Any]: ...
    def refuse(self, reasons: Iterable[Reason]) -> None: ...


class StepPages(ABC):
    """The pages of the steps of one model. `request.user` is known to be somebody; what they may do is asked here."""

    model: Any
    back: str
    """What the link says that leads from a refusal to the object."""

    @abstractmethod
    def now(self) -> datetime:
        """The moment at the door, by the clock of this procedure."""

    @abstractmethod
    def find(self, person: Person, pk: int) -> Any:
        """The object with all that a step looks at; None when this person may not see it."""

    @abstractmethod
    def form(self, step: Step, data: QueryDict | None, subject: Any, request: Request, at: datetime) -> Any:
        """The form of this step, filled in with `data`, or to be filled in when that is None."""

    @abstractmethod
    def take(self, pk: int, name: str, *, person: Person, at: datetime, read: Reader) -> Taken:
        """Take the step; raises what `workflow.take.take` raises."""

    @abstractmethod
    def seen(self, subject: Any, person: Person) -> None:
        """Put on record that the object is going to be shown."""

    @abstractmethod
    def page(self, request: Request, step: Step, form: Any, at: datetime, status: HTTPStatus) -> HttpResponse: ...

    @abstractmethod
    def url(self, subject: Any) -> str:
        """Where the object is shown."""

    def called(self, subject: Any) -> str:
        """What the object is called in a sentence."""
        return str(subject)

    def form_url(self, subject: Any, person: Person) -> str:
        """Where this person can mend what a rule wants; empty when that is nowhere."""
        return ""

    def refused(self, request: Request, refused: Refused, status: HTTPStatus) -> HttpResponse:
        """The page that says why not, gives back what was typed, and leads to the object."""
        subject = refused.subject
        context = {
            "step": refused.step,
            "code": status.value,
            "can": can(status),
            "lead": f"{refused.step.label}, bij {self.called(subject)}.",
            "reasons": refused.reasons,
            "form_url": self.form_url(subject, request.user),
            "meanwhile": last_step(subject, request.user) if status == HTTPStatus.CONFLICT else "",
            "typed": typed(request.POST),
            "links": [{"url": self.url(subject), "label": self.back, "note": SEE}],
            "foot": "Er is niets veranderd.",
        }
        return render(request, "step_refused.html", context, status=status)

    @abstractmethod
    def done(self, request: Request, taken: Taken) -> HttpResponse:
        """Where somebody goes whose step was taken."""

    def answer(self, request: Request, pk: int, name: str) -> HttpResponse:
        at = self.now()
        try:
            return self._take(request, pk, name, at) if request.method == "POST" else self._ask(request, pk, name, at)
        except NotThere:
            raise Http404 from None
        except Forbidden as refused:
            return self.refused(request, refused, HTTPStatus.FORBIDDEN)
        except StepRefused as refused:
            return self.refused(request, refused, HTTPStatus.CONFLICT)

    def _ask(self, request: Request, pk: int, name: str, at: datetime) -> HttpResponse:
        subject, asked = self.find(request.user, pk), steps_of(self.model).get(name)
        if subject is None or asked is None:
            raise NotThere
        try:
            allow(asked, subject, request.user, at)
        except Refused as refused:
            record_refusal(refused, request.user)
            raise
        self.seen(subject, request.user)
        return self.page(request, asked, self.form(asked, None, subject, request, at), at, HTTPStatus.OK)

    def _take(self, request: Request, pk: int, name: str, at: datetime) -> HttpResponse:
        forms: list[tuple[Any, Any]] = []

        def read(subject: Any, asked: Step) -> Mapping[str, Any]:
            form = self.form(asked, request.POST, subject, request, at)
            forms.append((form, subject))
            if not form.is_valid():
                raise InputInvalid
            answers: Mapping[str, Any] = form.answers()
            return answers

        try:
            taken = self.take(pk, name, person=request.user, at=at, read=read)
        except InputInvalid:
            form, subject = forms[0]
            self.seen(subject, request.user)
            return self.page(request, steps_of(self.model)[name], form, at, HTTPStatus.BAD_REQUEST)
        except InputRefused as refused:
            form, _ = forms[0]
            form.refuse(refused.reasons)
            return self.page(request, refused.step, form, at, HTTPStatus.BAD_REQUEST)
        return self.done(request, taken)


def steps_in_words(model: Any) -> list[dict[str, object]]:
    """Every step of a procedure as it is explained to everybody: what, who, from where to where."""
    labels = dict(model._meta.get_field("status").choices)
    return [
        {
            "number": number,
            "label": step.label,
            "explanation": step.explanation,
            "roles": step.who.roles,
            "conditions": step.who.conditions,
            "sources": [labels[source] for source in step.sources],
            "targets": [] if step.keeps_status else [labels[target] for target in step.targets],
        }
        for number, step in enumerate(steps_of(model).values(), start=1)
    ]


STEP_COLUMNS = [Heading("Stap"), Heading("Wie"), Heading("Van"), Heading("Naar")]


def can(status: HTTPStatus) -> str:
    """The title of a refusal."""
    return "Dat kan nu niet" if status == HTTPStatus.CONFLICT else "Dat mag u niet"


def last_step(subject: Any, reader: Person) -> str:
    """What was done to the object last, and when; with a word when it was the reader's own doing."""
    entry = trail(subject).first()
    if entry is None:
        return ""
    moment = entry.happened_at.astimezone(AMSTERDAM)
    own = " Dat deed u zelf." if entry.actor == reader.number else ""
    return f"Op {day_in_words(moment.date())} om {moment:%H.%M} uur: {entry}{own}"


def typed(data: QueryDict) -> list[str]:
    """The texts in a form that was not taken."""
    values = [value.strip() for name, values in data.lists() if name != "csrfmiddlewaretoken" for value in values]
    return [value for value in values if len(value) >= WORTH_KEEPING]
