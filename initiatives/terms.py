"""The terms of a file: which one starts, is met or shifts with which step, and what the law's engine makes of it.

How a term is counted is the engine's (`workflow/terms.py`); here is only from which day, for which file. `due_kind` and
`due_on` on the initiative repeat the one term that runs now.
"""

from collections.abc import Set
from datetime import date

from django.db.models import prefetch_related_objects

from initiatives.models import FileTerm, Initiative
from initiatives.whole import EQUATED, add
from workflow.calendar import equated_days
from workflow.dates import weekday_in_words
from workflow.terms import KINDS, Suspension, Term

Kind = FileTerm.Kind

DEADLINE = {
    Kind.FIRST_DECISION: "Het eerste besluit komt uiterlijk op {}.",
    Kind.SUPPLEMENT: "Aanvullen kan tot en met {}.",
    Kind.OBJECTION: "Bezwaar maken kan tot en met {}.",
    Kind.OBJECTION_DECISION: "Het besluit op het bezwaar komt uiterlijk op {}.",
    Kind.LATE_OBJECTION_DECISION: "Het besluit op het bezwaar komt uiterlijk op {}.",
}


def deadline(kind: str, last_day: date) -> str:
    """What the term means, in one sentence: `Bezwaar maken kan tot en met maandag 4 januari 2027.`"""
    return DEADLINE[Kind(kind)].format(weekday_in_words(last_day))


def running_deadline(initiative: Initiative) -> str:
    """The same of the term that runs now, or of the later day that was promised instead (S2-25). Empty when none
    runs.
    """
    if not initiative.due_on:
        return ""
    postponed = initiative.due_kind == Kind.FIRST_DECISION and hasattr(initiative, "postponement")
    return deadline(initiative.due_kind, initiative.postponement.new_day if postponed else initiative.due_on)


def would_end(kind: Kind, starts_on: date) -> date:
    """The last day of a term of this kind if it began on `starts_on`."""
    return Term(KINDS[kind], starts_on, equated_days()).last_day


def equated(initiative: Initiative) -> Set[date]:
    """Every day that a decree equates with a holiday: as it came along with the file, or asked now."""
    came_along: list[dict[str, str]] | None = vars(initiative).get(EQUATED)
    if came_along is None:
        return equated_days()
    return frozenset(date.fromisoformat(row["date"]) for row in came_along)


def reckoned(term: FileTerm, days: Set[date]) -> Term | None:
    """The engine's term, which can explain its last day; None for the day that a person chose (supplement)."""
    if term.kind == Kind.SUPPLEMENT:
        return None
    suspensions: tuple[Suspension, ...] = ()
    if term.kind == Kind.FIRST_DECISION:
        suspensions = tuple(
            Suspension(back.returned_on, back.by_when, back.ended_on) for back in term.initiative.returns.all()
        )
    return Term(KINDS[term.kind], term.starts_on, days, suspensions, term.adjourned_days)


def would_end_after_return(initiative: Initiative, today: date) -> date:
    """The last day of the first decision if the file that was sent back came back `today`."""
    term = _open(initiative, Kind.FIRST_DECISION)
    suspensions = tuple(
        Suspension(back.returned_on, back.by_when, back.ended_on or today) for back in initiative.returns.all()
    )
    return Term(KINDS[term.kind], term.starts_on, equated(initiative), suspensions).last_day


def would_end_adjourned(initiative: Initiative, days: int) -> date:
    """The last day of the decision on the objection if it were put off by so many days."""
    term = _open(initiative, initiative.due_kind)
    return Term(KINDS[term.kind], term.starts_on, equated(initiative), adjourned=days).last_day


def _open(initiative: Initiative, kind: str) -> FileTerm:
    return next(term for term in initiative.terms.all() if term.kind == kind and term.met_on is None)


def start(initiative: Initiative, kind: Kind, starts_on: date, last_day: date | None = None) -> FileTerm:
    """Begin a term, counted from the day after `starts_on`, or until the `last_day` that somebody chose."""
    term = FileTerm(initiative=initiative, kind=kind, starts_on=starts_on)
    engine = reckoned(term, equated(initiative))
    term.last_day = engine.last_day if engine else last_day or starts_on
    return add(term)


def recount(initiative: Initiative, *kinds: Kind, adjourned_days: int | None = None) -> None:
    """Reckon the open terms of these kinds again, after a return, a filing or an adjournment."""
    days = equated(initiative)
    for term in _running(initiative, *kinds):
        if adjourned_days is not None:
            term.adjourned_days = adjourned_days
        engine = reckoned(term, days)
        if engine:
            term.last_day = engine.last_day
            term.save(update_fields=["adjourned_days", "last_day"])


def meet(initiative: Initiative, day: date, *kinds: Kind) -> None:
    """What these terms waited for was done on `day`."""
    for term in _running(initiative, *kinds):
        term.met_on = day
        term.save(update_fields=["met_on"])


def show_running_term(initiative: Initiative) -> None:
    """Repeat on the initiative the term that runs now; a supplement goes before the decision that it suspends."""
    running = sorted(_running(initiative, *Kind), key=lambda term: term.kind != Kind.SUPPLEMENT)
    due = running[0] if running else None
    initiative.due_kind, initiative.due_on = (due.kind, due.last_day) if due else ("", None)


def _running(initiative: Initiative, *kinds: Kind) -> list[FileTerm]:
    """The terms of these kinds that are not met, each time the same objects."""
    prefetch_related_objects([initiative], "terms")
    return [term for term in initiative.terms.all() if term.kind in kinds and term.met_on is None]
