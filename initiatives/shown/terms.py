"""The terms of a file as it shows them: how long still, or how it ended, and why on that day."""

from collections.abc import Iterator, Set
from datetime import date

from bodycams import look
from initiatives.models import FileTerm, Initiative
from initiatives.terms import equated, reckoned
from initiatives.words import so_many
from workflow.dates import day_in_words
from workflow.terms import count_of_days

Kind = FileTerm.Kind
Line = tuple[str, look.Term, str]
CHOSEN = "De projectleider koos deze dag bij het terugsturen."


def terms(initiative: Initiative, today: date) -> list[Line]:
    """Name, term and reason; the running ones first, then the newest."""
    ordered = sorted(initiative.terms.all(), key=lambda term: (term.met_on is not None, -term.last_day.toordinal()))
    days = equated(initiative)
    lines = [(_name(term), _term(term, initiative, today), _why(term, days)) for term in ordered]
    return [*_changes(initiative), *lines]


def running(initiative: Initiative, today: date) -> tuple[str, look.Term] | None:
    """The term that runs now, for the head of a page."""
    if not initiative.due_on:
        return None
    return Kind(initiative.due_kind).label.capitalize(), look.term(initiative.due_on, today)


def _changes(initiative: Initiative) -> Iterator[Line]:
    """What was told about a term: that it will be missed, or that it was put off."""
    if hasattr(initiative, "postponement"):
        told = initiative.postponement
        yield "Uitstel gemeld", look.Term(f"besluit uiterlijk {day_in_words(told.new_day)}", tone="soon"), told.reasons
    if hasattr(initiative, "adjournment"):
        put_off = initiative.adjournment
        weeks = so_many(put_off.weeks, "week", "weken")
        yield "Besluit op bezwaar verdaagd", look.Term(f"met {weeks}", tone="none"), put_off.reasons


def _name(term: FileTerm) -> str:
    return Kind(term.kind).label.capitalize()


def _term(term: FileTerm, initiative: Initiative, today: date) -> look.Term:
    if term.met_on is None:
        return look.term(term.last_day, today)
    until = f"liep tot en met {day_in_words(term.last_day)}"
    if _stopped(term, initiative):
        return look.Term("gestopt", until, "none")
    if term.met_on <= term.last_day:
        return look.Term(f"op tijd: {day_in_words(term.met_on)}", until, "done")
    if term.kind == Kind.OBJECTION:
        return look.Term("verstreken", until, "none")
    late = count_of_days((term.met_on - term.last_day).days)
    return look.Term(f"{late} te laat: {day_in_words(term.met_on)}", until, "late")


def _stopped(term: FileTerm, initiative: Initiative) -> bool:
    """It ended because what it waited for was no longer needed."""
    rounds = {decision.round for decision in initiative.decisions.all()}
    if term.kind == Kind.FIRST_DECISION:
        return not rounds
    return term.kind in (Kind.OBJECTION_DECISION, Kind.LATE_OBJECTION_DECISION) and 2 not in rounds


def _why(term: FileTerm, equated: Set[date]) -> str:
    """The engine's reason, as long as it leads to the day that was kept: a day that was equated later moves no term
    that is over.
    """
    engine = reckoned(term, equated)
    if engine is None:
        return CHOSEN
    return engine.why if engine.last_day == term.last_day else ""
