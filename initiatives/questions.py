"""Questions to the project leader (S0-43): asking, answering, and finding what was asked before.

A question stands where it was asked: on a file, or with the general ones. An answer can be followed by a better one;
the earlier versions stay on record. Who is told is in `notices.py`, the pages are in `views/questions.py`.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.urls import reverse

from bodycams.keyset import Keyset, Page, Sort
from bodycams.mail import Link
from initiatives import notices
from initiatives.concepts import made_once
from initiatives.models import Answer, Initiative, Question
from initiatives.querysets import QuestionQuerySet
from journal.write import record
from organisation.models import Person
from organisation.permissions import capacity_for, capacity_with, may_for, units_with
from organisation.roles import Perm, Role
from workflow.clock import local_date
from workflow.who import Capacity

OPEN, ANSWERED = "open", "beantwoord"
GENERAL, ON_FILE = "algemeen", "dossier"
COUNTED = 10_000
"""Up to here a total is exact; above it says ‘more than’."""

NEWEST = "nieuwste"
LIST = Keyset(
    "initiatives.questions",
    {NEWEST: Sort(models.F("asked_at"), True, lambda one: one.asked_at.isoformat(), datetime.fromisoformat)},
)


class AnsweredMeanwhile(Exception):
    """Somebody else gave an answer since the page was opened."""


class Asked(NamedTuple):
    """What somebody looks for among the questions. Empty means: it does not matter. `file` is a file's number."""

    q: str = ""
    state: str = ""
    about: str = ""
    file: str = ""
    mine: bool = False


def may_ask(person: Any) -> bool:
    """In general: the contact persons and the heads of units."""
    return bool(units_with(person, Perm.ASK))


def may_ask_about(person: Any, initiative: Initiative) -> bool:
    """About a file that this person can see: once it was filed, so that the project leader sees it too."""
    return initiative.number is not None and may_for(person, Perm.ASK, initiative)


def ask(
    person: Person,
    title: str,
    text: str,
    *,
    at: datetime,
    initiative: Initiative | None = None,
    form_id: UUID | None = None,
) -> Question:
    """Put a question to the project leader. Raises `AlreadySent`."""
    with made_once(Question, form_id):
        capacity = capacity_for(person, Perm.ASK, initiative.unit_id) if initiative else capacity_with(person, Perm.ASK)
        question = Question.objects.create(
            initiative=initiative,
            title=title,
            text=text,
            asked_by=person,
            asked_as=capacity.title,
            asked_at=at,
            form_id=form_id,
        )
        _trace(question, "vraag_gesteld", f"heeft een vraag gesteld: ‘{title}’", person, capacity)
        leaders = Person.objects.holding(Role.LEADER, local_date(at)).filter(is_active=True)
        _tell(question, leaders, [f"{capacity.title} vraagt:", text, "Beantwoord de vraag."], at=at, by=person)
    return question


def answer(question: Question, text: str, *, person: Person, at: datetime, after: int = 0) -> Answer:
    """Answer a question, or put a better answer in the place of version `after`. Raises `AnsweredMeanwhile` when that
    is no longer the last.
    """
    try:
        with transaction.atomic():
            given = Answer.objects.create(
                question=question, version=after + 1, text=text, answered_by=person, answered_at=at
            )
            words = f"heeft het antwoord verbeterd op de vraag ‘{question.title}’"
            if given.version == 1:
                words = f"heeft de vraag beantwoord: ‘{question.title}’"
            _trace(question, "vraag_beantwoord", words, person, capacity_with(person, Perm.ANSWER))
            paragraphs = [f"De projectleider {words}.", text, notices.NOTHING]
            _tell(question, _who_wait(question, local_date(at)), paragraphs, at=at, by=person)
    except IntegrityError as refused:
        raise AnsweredMeanwhile from refused
    return given


def selection(person: Any, asked: Asked) -> QuestionQuerySet:
    """Those that `person` may see and that answer to everything asked."""
    found: QuestionQuerySet = Question.objects.visible_to(person)
    if asked.q:
        found = found.saying(asked.q)
    if asked.state:
        found = found.filter(answered_at__isnull=asked.state == OPEN)
    if asked.about:
        found = found.filter(initiative__isnull=asked.about == GENERAL)
    if asked.file:
        found = found.filter(initiative__number=asked.file)
    if asked.mine:
        found = found.filter(asked_by=person)
    return found


def page(found: QuestionQuerySet, size: int, link: str = "") -> Page:
    """`size` questions with their answers, newest first. Raises `BadLink`."""
    return LIST.page(found.select_related("initiative").with_answer(), NEWEST, size, link)


def count(found: QuestionQuerySet) -> int:
    """How many there are; beyond `COUNTED` one more than that."""
    return found.order_by().values("pk")[: COUNTED + 1].count()


def _who_wait(question: Question, day: date) -> list[Person]:
    """Who asked, and for a question about a file the contact persons of its unit."""
    people = Person.objects.filter(pk=question.asked_by_id)
    if question.initiative:
        people |= Person.objects.holding(Role.CONTACT, day, [question.initiative.unit_id])
    return list(people.filter(is_active=True))


def _tell(question: Question, people: Iterable[Person], paragraphs: list[str], *, at: datetime, by: Person) -> None:
    about = f"{question.initiative.number}: vraag over " if question.initiative else "Vraag: "
    link = Link("Naar de vraag", reverse("question", args=[question.pk]))
    notices.tell_people(
        people, f"{about}{question.title}", paragraphs, link, at=at, by=by, initiative=question.initiative
    )


def _trace(question: Question, action: str, words: str, person: Person, capacity: Capacity) -> None:
    """Put it on record of the file, or of the question when it is a general one."""
    record(
        action,
        f"{capacity.title} {words}.",
        actor=person,
        role=capacity.role,
        unit=capacity.unit,
        about=question.initiative or question,
        data={"question": question.pk},
    )
