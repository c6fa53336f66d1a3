"""The line on top of a file: where it has been, where it is, and what is still to come."""

from collections.abc import Iterator
from datetime import date, datetime

from bodycams.look import Point
from initiatives.choices import Dictum, FinalGround
from initiatives.looks import RETURNED, look_of
from initiatives.models import Decision, Initiative
from initiatives.procedure import Status
from journal.models import Entry
from workflow.clock import local_date
from workflow.dates import day_in_words

Happened = tuple[str, str]

AHEAD = {
    Status.CONCEPT: (Status.AANGEMELD.label, Status.BEOORDEELD.label, "Besluit"),
    Status.AANGEMELD: (Status.BEOORDEELD.label, "Besluit"),
    Status.BEOORDEELD: ("Besluit",),
    Status.GOEDGEKEURD: ("Definitief",),
    Status.AFGEWEZEN: ("Definitief",),
    Status.BEZWAAR: ("Besluit op bezwaar",),
    Status.INGETROKKEN: (),
}
FINAL_AT_ONCE = (FinalGround.NOTHING_REFUSED, FinalGround.DECIDED)
"""Final with the decision itself, which is a point already."""
TODO_ICONS = {"Besluit": "gavel", "Besluit op bezwaar": "gavel"}


def line(initiative: Initiative, entries: list[Entry]) -> list[Point]:
    """The points from the first to the last; `entries` are the trail, newest first."""
    *before, last = _past(initiative, entries)
    icon = "check" if initiative.is_final else look_of(initiative).icon
    done = [Point(name, when) for name, when in before]
    todo = [Point(name, when, "todo", TODO_ICONS.get(name, "circle-dashed")) for name, when in _ahead(initiative)]
    return [*done, Point(*last, "now", icon), *todo]


def _past(initiative: Initiative, entries: list[Entry]) -> Iterator[Happened]:
    began = entries[-1].happened_at if entries and entries[-1].action == "concept_begonnen" else None
    yield Status.CONCEPT.label, f"begonnen {_day(began)}" if began else ""
    if filed := [submission.at for submission in initiative.submissions.all()]:
        again = f", aangevuld {_day(filed[-1])}" if len(filed) > 1 else ""
        yield Status.AANGEMELD.label, f"{_day(filed[0])}{again}"
    if initiative.is_returned and (pending := initiative.pending_return()):
        yield RETURNED.label, f"aanvullen tot en met {day_in_words(pending.by_when)}"
        return
    judged = [assessment.assessed_at for assessment in initiative.assessments.all()]
    if judged and initiative.status != Status.AANGEMELD:
        yield Status.BEOORDEELD.label, _day(judged[-1])
    yield from _decided(initiative)
    if initiative.status == Status.INGETROKKEN:
        withdrawn = next((entry.happened_at for entry in entries if entry.action == "intrekken"), None)
        yield Status.INGETROKKEN.label, _day(withdrawn) if withdrawn else ""


def _decided(initiative: Initiative) -> Iterator[Happened]:
    for decision in initiative.decisions.all():
        if decision.round == 2:
            yield "Besluit op bezwaar", f"{_day(decision.decided_at)}, {Dictum(decision.dictum).label.lower()}"
        else:
            status = Status.GOEDGEKEURD if decision.permission else Status.AFGEWEZEN
            yield status.label, f"{_day(decision.decided_at)}{_support(decision)}"
        if decision.round == 1 and hasattr(initiative, "objection"):
            yield Status.BEZWAAR.label, _day(initiative.objection.made_at)
    if initiative.final_on and initiative.final_ground not in FINAL_AT_ONCE:
        yield "Definitief", f"{day_in_words(initiative.final_on)}, {FinalGround(initiative.final_ground).label}"


def _support(decision: Decision) -> str:
    if not decision.permission or not decision.refused:
        return ""
    return ", deels ondersteund" if decision.granted else ", zonder ondersteuning"


def _ahead(initiative: Initiative) -> Iterator[Happened]:
    names = AHEAD[Status(initiative.status)] if not initiative.is_final else ()
    if initiative.is_returned:
        names = names[1:]
    for name in names:
        yield name, f"uiterlijk {day_in_words(due)}" if name == names[-1] and (due := _due(initiative)) else ""


def _due(initiative: Initiative) -> date | None:
    """The day before which the last point must come: of the decision's own term, not of the supplement before it."""
    open_terms = [term for term in initiative.terms.all() if term.met_on is None and term.kind != "supplement"]
    return open_terms[-1].last_day if open_terms else None


def _day(moment: datetime) -> str:
    return day_in_words(local_date(moment))
