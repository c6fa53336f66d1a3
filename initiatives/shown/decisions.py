"""The decisions on a file, in both rounds, with the objection and the views between them."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from bodycams.look import Badge, Mark
from initiatives.choices import Dictum, FinalGround, Opinion, Support
from initiatives.models import Decision, Initiative, View
from initiatives.terms import running_deadline
from workflow.clock import local_date
from workflow.dates import day_in_words

GIVEN, REFUSED, NOT_ASKED = Mark("yes", "gegeven"), Mark("no", "geweigerd"), Mark("none", "niet gevraagd")
DECIDED_BY = {1: "door de projectleider", 2: "door de programmamanager"}
GRANTED, DENIED = Badge("Toestemming gegeven", "good"), Badge("Toestemming geweigerd", "bad")


class Shown(NamedTuple):
    """A decision as it stands on the file."""

    title: str
    outcome: Badge
    by: str
    support: list[tuple[str, Mark]]
    reasons: str
    conditions: list[str]
    answers: list[tuple[str, str]]
    override_reasons: str
    note: str


NEGATIVE = "Een overleg eindigde negatief."


class Quote(NamedTuple):
    """What somebody wrote: a strong line above it, the text, and by whom and when."""

    lead: str
    text: str
    who: str


def decisions(initiative: Initiative, today: date) -> list[Shown]:
    """The one in force first."""
    return [_shown(initiative, decision, today) for decision in reversed(initiative.decisions.all())]


def objection(initiative: Initiative) -> Quote | None:
    if not hasattr(initiative, "objection"):
        return None
    made = initiative.objection
    refused = ", ".join(_against(initiative.first_decision()))
    excuse = f"Te laat gemaakt. De eenheid zegt daarover: {made.late_excuse}" if made.is_late else ""
    return Quote(excuse, made.grounds, f"{initiative.unit.name}, {_day(made.made_at)} · tegen: {refused}")


def pending_return(initiative: Initiative) -> Quote | None:
    """What the project leader asked for, while the file is with the unit."""
    pending = initiative.pending_return()
    if pending is None:
        return None
    asked = f"De projectleider, {day_in_words(pending.returned_on)}"
    return Quote(f"Aanvullen tot en met {day_in_words(pending.by_when)}", pending.missing, asked)


def necessity(initiative: Initiative) -> Quote | None:
    """What the unit head established, as long as it holds."""
    signed = initiative.necessity
    if signed is None:
        return None
    words = "Noodzakelijk en dringend" if signed.urgent else str(signed).capitalize()
    return Quote(words, signed.reasons, f"{initiative.unit.head.capitalize()}, {_day(signed.signed_at)}")


def views(initiative: Initiative) -> list[Quote]:
    """The portfolio holder's views, the one that counts first."""
    return [_view(view) for view in reversed(initiative.views.all())]


def _view(view: View) -> Quote:
    lead = f"{Opinion(view.view).label} met het bezwaar"
    return Quote(lead, view.note, f"De portefeuillehouder, {_day(view.given_at)}")


def _shown(initiative: Initiative, decision: Decision, today: date) -> Shown:
    return Shown(
        title="Besluit op bezwaar" if decision.round == 2 else "Eerste besluit",
        outcome=_outcome(decision),
        by=f"{_day(decision.decided_at)}, {DECIDED_BY[decision.round]}",
        support=[(kind.label, _mark(kind, decision)) for kind in Support],
        reasons=decision.reasons,
        conditions=decision.conditions,
        answers=[
            *((answered["sentence"], answered["answer"]) for answered in decision.warnings_answered),
            *([(NEGATIVE, decision.negative_reasons)] if decision.negative_reasons else []),
        ],
        override_reasons=decision.override_reasons,
        note=" ".join(_note(initiative, decision, today)),
    )


def _outcome(decision: Decision) -> Badge:
    permission = GRANTED if decision.permission else DENIED
    if not decision.dictum:
        return permission
    return Badge(f"Bezwaar {Dictum(decision.dictum).label.lower()}: {permission.label.lower()}", permission.tone)


def _mark(kind: Support, decision: Decision) -> Mark:
    if kind in decision.granted:
        return GIVEN
    return REFUSED if kind in decision.refused else NOT_ASKED


def _note(initiative: Initiative, decision: Decision, today: date) -> Iterator[str]:
    """Whether it is final, said only of the decision in force."""
    if decision != initiative.decision_in_force():
        return
    if initiative.is_final and initiative.final_on:
        ground = FinalGround(initiative.final_ground).label
        yield f"Definitief sinds {day_in_words(initiative.final_on)}: {ground}."
    elif hasattr(initiative, "objection"):
        yield "Nog niet definitief: er loopt een bezwaar."
        if decision.permission:
            yield "De toestemming geldt wel."
    elif initiative.objection_is_late_on(today):
        yield "De bezwaartermijn is voorbij. Het besluit wordt vannacht definitief."
    else:
        yield f"Nog niet definitief. {running_deadline(initiative)}"


def _against(decision: Decision) -> Iterator[str]:
    if not decision.permission:
        yield "geen toestemming"
    yield from (Support(kind).label for kind in decision.refused)


def _day(moment: datetime) -> str:
    return day_in_words(local_date(moment))
