"""The terms of a file: which one starts, is met or shifts with which step, and what the law's engine makes of it.

How a term is counted is the engine's (`workflow/terms.py`); here is only from which day, for which file. `due_kind` and
`due_on` on the initiative repeat the one term that runs now.
"""

from collections.abc import Set
from datetime import date

from initiatives.models import FileTerm, Initiative
from workflow.calendar import equated_days
from workflow.terms import KINDS, Suspension, Term

Kind = FileTerm.Kind


def reckoned(term: FileTerm, equated: Set[date]) -> Term | None:
    """The engine's term, which can explain its last day; None for the day that a person chose (supplement)."""
    if term.kind == Kind.SUPPLEMENT:
        return None
    suspensions: tuple[Suspension, ...] = ()
    if term.kind == Kind.FIRST_DECISION:
        suspensions = tuple(
            Suspension(back.returned_on, back.by_when, back.ended_on) for back in term.initiative.returns.all()
        )
    return Term(KINDS[term.kind], term.starts_on, equated, suspensions, term.adjourned_days)


def start(initiative: Initiative, kind: Kind, starts_on: date, last_day: date | None = None) -> FileTerm:
    """Begin a term, counted from the day after `starts_on`, or until the `last_day` that somebody chose."""
    term = FileTerm(initiative=initiative, kind=kind, starts_on=starts_on)
    engine = reckoned(term, equated_days())
    term.last_day = engine.last_day if engine else last_day or starts_on
    term.save()
    return term


def recount(initiative: Initiative, *kinds: Kind, adjourned_days: int | None = None) -> None:
    """Reckon the open terms of these kinds again, after a return, a filing or an adjournment."""
    equated = equated_days()
    for term in initiative.terms.filter(kind__in=kinds, met_on__isnull=True):
        if adjourned_days is not None:
            term.adjourned_days = adjourned_days
        engine = reckoned(term, equated)
        if engine:
            term.last_day = engine.last_day
            term.save(update_fields=["adjourned_days", "last_day"])


def meet(initiative: Initiative, day: date, *kinds: Kind) -> None:
    """What these terms waited for was done on `day`."""
    initiative.terms.filter(kind__in=kinds, met_on__isnull=True).update(met_on=day)


def show_running_term(initiative: Initiative) -> None:
    """Repeat on the initiative the term that runs now; a supplement goes before the decision that it suspends."""
    running = sorted(initiative.terms.filter(met_on__isnull=True), key=lambda term: term.kind != Kind.SUPPLEMENT)
    due = running[0] if running else None
    initiative.due_kind, initiative.due_on = (due.kind, due.last_day) if due else ("", None)
