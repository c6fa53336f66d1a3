"""What is asked of somebody beside the steps of files: shown under the work list.

Files that wait for a step are in `waiting.py`. Apps above this one add what they ask, when they start (`also_ask`).
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Min, Q
from django.urls import reverse

from bodycams.look import Term, term
from initiatives.choices import Progress
from initiatives.evaluations import due
from initiatives.models import EditionRequest, Initiative, Question, SupportWork
from initiatives.passed_on import to_confirm
from initiatives.questions import OPEN
from initiatives.words import so_many
from organisation.models import PolicyChange, Proposal, UnitEnding
from organisation.permissions import may, units_with
from organisation.roles import Perm
from workflow.clock import local_date
from workflow.dates import day_in_words


class Errand(NamedTuple):
    """Something to do, where it is done, why now, and until when if it has a term."""

    label: str
    url: str
    note: str
    term: Term | None = None


Asking = Callable[[Any, date], Iterator[Errand]]
_others: list[Asking] = []


def also_ask(asking: Asking) -> None:
    """Have this asked too, before what is asked here; called once, when an app starts."""
    _others.append(asking)


def errands(person: Any, today: date) -> list[Errand]:
    """What is asked of this person today."""
    own = (_passing_on, _questions, _support, _evaluations, _proposals, _editions)
    return [errand for asking in (*_others, *own) for errand in asking(person, today)]


def _questions(person: Any, today: date) -> Iterator[Errand]:
    """The project leader answers questions (S0-43)."""
    if not may(person, Perm.ANSWER):
        return
    found = Question.objects.filter(answered_at__isnull=True).aggregate(count=Count("pk"), first=Min("asked_at"))
    if found["count"]:
        label = so_many(found["count"], "vraag beantwoorden", "vragen beantwoorden")
        since = day_in_words(local_date(found["first"]))
        yield Errand(label, f"{reverse('questions')}?stand={OPEN}", f"De oudste is van {since}.")


def _support(person: Any, today: date) -> Iterator[Errand]:
    """The project leader sees to it that granted support is given, and in time (S0-31)."""
    if not may(person, Perm.DECIDE):
        return
    late = Q(due_on__lt=today)
    waits = Q(progress=Progress.OPEN) & ~late
    found = SupportWork.objects.exclude(progress=Progress.DONE).aggregate(
        late=Count("pk", filter=late), waits=Count("pk", filter=waits)
    )
    if found["late"]:
        note = "De dag is voorbij. Schrijf op hoe het staat, of kies een nieuwe dag."
        yield Errand(f"{found['late']} keer ondersteuning die te laat is", reverse("support"), note)
    if found["waits"]:
        url = f"{reverse('support')}?stand={Progress.OPEN}"
        yield Errand(
            f"{found['waits']} keer ondersteuning die nog moet beginnen", url, "Verleend, en nog niet opgepakt."
        )


def _proposals(person: Any, today: date) -> Iterator[Errand]:
    """What one administrator proposes, another answers."""
    if may(person, Perm.MANAGE_POLICY):
        for change in PolicyChange.objects.waiting().exclude(proposed_by=person):
            label = f"Voorstel voor de regel ‘{change.code}’ beantwoorden"
            yield Errand(label, reverse("policy-change", args=[change.pk]), _proposed(change))
    if may(person, Perm.MANAGE_ORGANISATION):
        for ending in UnitEnding.objects.waiting().exclude(proposed_by=person).select_related("unit"):
            label = f"Voorstel over {ending.unit.name} beantwoorden"
            yield Errand(label, reverse("ending", args=[ending.pk]), _proposed(ending))


def _editions(person: Any, today: date) -> Iterator[Errand]:
    """The programme manager answers what the project leader asks."""
    if may(person, Perm.CONFIRM_EDITION):
        for asked in EditionRequest.objects.waiting().exclude(proposed_by=person):
            label = f"De editie van {day_in_words(asked.peildatum)} bevestigen of weigeren"
            note = f"Aangevraagd op {day_in_words(local_date(asked.proposed_at))}."
            yield Errand(label, reverse("edition-request", args=[asked.pk]), note)


def _proposed(proposal: Proposal) -> str:
    return f"Voorgesteld op {day_in_words(local_date(proposal.proposed_at))}, door een andere beheerder."


def _evaluations(person: Any, today: date) -> Iterator[Errand]:
    """The contact person evaluates an experiment at its end (S1-02)."""
    units = units_with(person, Perm.FILE)
    if not units:
        return
    for initiative in due(Initiative.objects.filter(unit_id__in=units), today):
        yield Errand(
            f"Evaluatie schrijven: {initiative.title}",
            reverse("evaluation", args=[initiative.pk]),
            f"{initiative.number}, een experiment",
            term(initiative.evaluation_due, today),
        )


def _passing_on(person: Any, today: date) -> Iterator[Errand]:
    """The head passes the procedure on within the unit (S0-15)."""
    for state in to_confirm(person, today):
        note = "U bevestigde een eerdere versie." if state.last else "Dat vraagt de brief van 2015."
        url = reverse("pass-on", args=[state.unit.code])
        yield Errand(f"Bevestigen dat de procedure is doorgegeven in {state.unit.name}", url, note)
