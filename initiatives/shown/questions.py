"""Questions as pages show them: a row of the list, the questions on a file, and one question with all its answers."""

import json
from datetime import datetime
from typing import Any, NamedTuple

from django.urls import reverse

from bodycams.look import Badge
from bodycams.prepared import prepared
from initiatives.models import Initiative, Question
from initiatives.shown.decisions import Quote
from initiatives.words import short_day
from workflow.clock import local_date
from workflow.dates import day_in_words

OPEN, ANSWERED = Badge("Nog niet beantwoord", "open"), Badge("Beantwoord", "good")
IN_GENERAL = "Algemeen"
ON_FILE = 5
"""So many questions stand on the page of a file; the others are a link away."""


class Row(NamedTuple):
    """A question in the list."""

    title: str
    url: str
    about: str
    number: str
    asked_as: str
    asked_on: str
    state: Badge
    answer: str


class OnFile(NamedTuple):
    """A question on the page of its file."""

    title: str
    url: str
    state: Badge
    asked: Quote
    answer: Quote | None


class Questions(NamedTuple):
    """The questions on the page of a file, newest first; `all_url` leads to the rest when there are more."""

    shown: list[OnFile]
    ask_url: str
    all_url: str


def row(question: Any) -> Row:
    """One question out of `questions.page`."""
    return Row(
        title=question.title,
        url=reverse("question", args=[question.pk]),
        about=question.initiative.title if question.initiative else IN_GENERAL,
        number=question.initiative.number if question.initiative else "",
        asked_as=question.asked_as,
        asked_on=short_day(local_date(question.asked_at)),
        state=_state(question),
        answer=question.answer["text"] if question.answer else "",
    )


def on_file(initiative: Initiative, may_ask: bool) -> Questions | None:
    """What was asked about this file, by one query; None when nothing was and this person cannot ask either."""
    if not initiative.number:
        return None
    questions = [_on_file(question) for question in _of_file(initiative.pk)]
    if not questions and not may_ask:
        return None
    return Questions(
        shown=questions[:ON_FILE],
        ask_url=reverse("ask-about", args=[initiative.pk]) if may_ask else "",
        all_url=f"{reverse('questions')}?dossier={initiative.number}" if len(questions) > ON_FILE else "",
    )


def page(question: Question) -> dict[str, Any]:
    """One question with its answers."""
    answers = list(question.answers.all())
    quotes = [Quote("", answer.text, _answered(answer.answered_at)) for answer in answers]
    initiative = question.initiative
    return {
        "question": question,
        "state": _state(question),
        "about": (str(initiative), reverse("file", args=[initiative.pk])) if initiative else None,
        "asked": _asked(question),
        "in_force": quotes[-1] if quotes else None,
        "before": list(reversed(quotes[:-1])),
        "versions": len(answers),
    }


_of_file = prepared(lambda file: Question.objects.filter(initiative=file).with_answer()[: ON_FILE + 1], -1)


def _on_file(question: Any) -> OnFile:
    answer = None
    if question.answer:
        given = json.loads(question.answer) if isinstance(question.answer, str) else question.answer
        answer = Quote("", given["text"], _answered(datetime.fromisoformat(given["at"])))
    return OnFile(question.title, reverse("question", args=[question.pk]), _state(question), _asked(question), answer)


def _state(question: Question) -> Badge:
    return ANSWERED if question.answered_at else OPEN


def _asked(question: Question) -> Quote:
    return Quote("", question.text, f"{question.asked_as}, {day_in_words(local_date(question.asked_at))}")


def _answered(at: datetime) -> str:
    return f"De projectleider, {day_in_words(local_date(at))}"
