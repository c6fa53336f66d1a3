"""Until when a request must be decided (Wpg 25 and 28), and until when an objection is in time. Counting is the
engine's (`workflow/terms.py`); here is only which kind of term, from which day.
"""

from collections.abc import Set
from datetime import date, timedelta
from typing import Any

from retention.request_choices import RequestKind
from workflow.terms import KINDS, Term

FOUR_WEEKS, SIX_WEEKS = 28, 42


def kind_of(kind: str) -> str:
    """The engine's name for the term of a request of this kind."""
    return "access_request" if kind == RequestKind.ACCESS else "correction_request"


def decision_term(kind: str, received_on: date, equated: Set[date], adjourned: int = 0) -> Term:
    return Term(KINDS[kind_of(kind)], received_on, equated, adjourned=adjourned)


def objection_term(decided_on: date, equated: Set[date]) -> Term:
    """The decision is sent on the day it is taken."""
    return Term(KINDS["objection"], decided_on, equated)


def is_late(request: Any, today: date) -> bool:
    """Whether the decision came after the last day, or did not come yet. What was withdrawn in time is not late."""
    day = request.decided_on or (request.closed_on if request.closed_at else today)
    return bool(day > request.due_on)


def warned_of(request: Any, today: date) -> bool:
    """Whether privacy officers hear of it today: some days before, and every day once it is late."""
    left = request.due_on - today
    return left < timedelta() or left.days in (14, 7, 3, 1, 0)
