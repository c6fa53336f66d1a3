"""A file that waits for somebody, in the words of the work list; and what is said to who has no work here.

Which files wait is in `waiting.py`.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from django.urls import reverse

from bodycams.look import Badge, Term, term
from initiatives.choices import Kind, Opinion
from initiatives.completeness import missing, waits_for_another
from initiatives.looks import URGENT, look_of
from initiatives.models import Initiative
from initiatives.procedure import Status
from initiatives.words import euros, so_many
from initiatives.work.waiting import DUTIES
from organisation.permissions import rights_of
from organisation.roles import Role
from workflow.clock import local_date
from workflow.dates import day_in_words

LONGEST = 140


class WorkRow(NamedTuple):
    """A row of `components/worklist.html`."""

    term: Term | None
    title: str
    url: str
    number: str
    place: str
    badges: list[Badge]
    task: str
    note: str
    status: Badge


def row_of(initiative: Any, today: date) -> WorkRow:
    """One file out of `work.first_rows`."""
    return WorkRow(
        term=term(initiative.due_on, today) if initiative.due_on else None,
        title=initiative.heading,
        url=reverse("file", args=[initiative.pk]),
        number=initiative.number or "Concept",
        place=initiative.unit.name,
        badges=[URGENT] if initiative.urgent else [],
        task=DUTIES[initiative.duty].task,
        note=NOTES[initiative.duty](initiative),
        status=look_of(initiative),
    )


def _to_finish(initiative: Initiative) -> str:
    reasons = list(missing(initiative))
    if waits_for_another(reasons):
        return "De noodzaak moet nog worden vastgesteld"
    if not reasons:
        return "Klaar om aan te melden"
    verb = "ontbreekt" if len(reasons) == 1 else "ontbreken"
    return f"Er {verb} nog {so_many(len(reasons), 'ding', 'dingen')}"


def _to_sign(initiative: Any) -> str:
    """A purchase that says both (`waiting.py`)."""
    return f"{so_many(initiative.cameras_requested, 'camera', 'camera’s')} voor {euros(initiative.amount)}"


def _to_answer(initiative: Initiative) -> str:
    if initiative.status == Status.AFGEWEZEN:
        return "De aanvraag is afgewezen"
    return "Een deel van de ondersteuning is geweigerd"


def _to_assess(initiative: Initiative) -> str:
    if initiative.kinds == [Kind.REPLACEMENT]:
        return "Lichte procedure: alleen defecten"
    return f"Aangemeld op {_day(initiative.submitted_at)}"


NOTES: dict[str, Callable[[Any], str]] = {
    "supplement": lambda initiative: _shortened(f"Gevraagd: {initiative.missing}"),
    "finish": _to_finish,
    "sign": _to_sign,
    "acquiesce": _to_answer,
    "object": _to_answer,
    "resume": lambda initiative: "De aanvulling bleef uit",
    "decide": lambda initiative: f"De beoordeling is klaar sinds {_day(initiative.assessed_at)}",
    "assess": _to_assess,
    "view": lambda initiative: f"Bezwaar van {_day(initiative.objection.made_at)}",
    "objection": lambda initiative: f"Zienswijze: {Opinion(initiative.view).label.lower()}",
}


def _day(moment: Any) -> str:
    return day_in_words(local_date(moment))


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]} …"


class Empty(NamedTuple):
    """What is said when nothing waits, and the one way on from there."""

    sentence: str
    link: str = ""
    url: str = ""


def when_nothing_waits(person: Any) -> Empty:
    """That it is good, what will come, or where this person's work is."""
    roles = {right.role for right in rights_of(person)}
    if roles & {Role.CONTACT, Role.HEAD, Role.LEADER, Role.MANAGER, Role.HOLDER}:
        return Empty("Er wacht niets op u.", "Naar het register", reverse("register"))
    if Role.AUDITOR in roles:
        return Empty("U kijkt mee. Daarom wacht hier niets op u.", "Naar het register", reverse("register"))
    if Role.ADMINISTRATOR in roles:
        sentence = "Uw werk begint bij de organisatie: eenheden, accounts en rollen."
        return Empty(sentence, "Naar de organisatie", reverse("organisation"))
    if roles:
        return Empty("Er wacht niets op u.")
    return Empty("U hebt nu geen rol. Vraag de functioneel beheerder om een rol.")
