"""Holds for tests: `held()` is one that was placed just now, for three weeks, because of a complaint."""

from datetime import datetime, timedelta
from typing import Any

from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import holder_of
from retention.clock import now
from retention.holds import Because, first_moment_after, place
from retention.models import Hold, Recording
from retention.tests.factories import recording
from workflow.clock import local_date


def officer() -> Person:
    return holder_of(Role.PRIVACY)


def because(owner: Person, at: datetime, days: int = 21, **changes: Any) -> Because:
    given = {"reason": "klacht", "explanation": "Een klacht over de aanhouding.", "owner": owner, **changes}
    return Because(last_day=local_date(at) + timedelta(days=days), **given)


def held(found: Recording | None = None, by: Person | None = None, days: int = 21) -> Hold:
    """As the page has it: with its moments."""
    by, at = by or officer(), now()
    placed = place([found or recording()], because(by, at, days), person=by, at=at)
    return again(placed.holds[0])


def held_before(days_ago: int, last_day_in: int = 14) -> Hold:
    """One that was placed so many days ago, written past the service."""
    by, at = officer(), now()
    made = Hold.objects.create(
        recording=recording(),
        reason="vordering_ovj",
        explanation="De officier vraagt de opname op.",
        owner=by,
        placed_by=by,
        placed_at=at - timedelta(days=days_ago),
        until_at=first_moment_after(local_date(at) + timedelta(days=last_day_in)),
    )
    return again(made)


def again(hold: Hold) -> Hold:
    found = Hold.objects.with_moments().select_related("recording__unit", "owner", "placed_by", "release")
    return found.get(pk=hold.pk)
