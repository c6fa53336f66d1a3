"""Recordings in every status, as the triggers let them come there; what a test cares about it gives itself."""

from datetime import date, datetime, timedelta
from typing import Any

from organisation.tests.factories import person
from retention.clock import now
from retention.models import Destruction, Hold, Proof, Recording, Run
from retention.tests.factories import judged, recording
from workflow.clock import local_date

NECESSARY: dict[str, Any] = {"ground": "8", "purpose": "opsporing", "case_reference": "PL-2026-1"}


def today() -> date:
    return local_date(now())


def anew(found: Recording) -> Recording:
    """The same recording at the next request."""
    return Recording.objects.get(pk=found.pk)


def change(found: Recording, **values: Any) -> Recording:
    Recording.objects.filter(pk=found.pk).update(**values)
    return anew(found)


def kept(days_ago: int = 2, ground: str = "8", keep_until: date | None = None, **facts: Any) -> Recording:
    """Necessary, until a month from now. One whose judging has closed is taken for judged by a trigger's leave."""
    until = keep_until or today() + timedelta(days=30)
    found = recording(days_ago, **facts)
    given = {**NECESSARY, "ground": ground, "keep_until": until}
    return judged(found, "noodzakelijk", **given)


def not_kept(minutes_ago: int = 5, days_ago: int = 2, **facts: Any) -> Recording:
    """Judged not necessary so many minutes ago."""
    return judged_away(recording(days_ago, **facts), now() - timedelta(minutes=minutes_ago))


def judged_away(found: Recording, at: datetime) -> Recording:
    return judged(found, "niet_noodzakelijk", at)


def removed() -> Recording:
    """Out of use, after its time under article 9."""
    found = kept(ground="9", keep_until=today() - timedelta(days=1))
    return change(found, status="verwijderd", status_before="noodzakelijk", keep_until=today() + timedelta(days=1825))


def begun(found: Recording) -> Recording:
    """Past the point of no return."""
    run, at = Run.objects.create(began_at=now()), now()
    Destruction.objects.create(
        recording=found, run=run, why="niet_noodzakelijk", planned_at=at, point_of_no_return_at=at
    )
    return anew(found)


def destroyed(found: Recording | None = None) -> Recording:
    """What is left of one that was judged not necessary an hour ago."""
    found = begun(found or not_kept(minutes_ago=61))
    Proof.objects.create(
        recording=found,
        run=found.destruction.run,
        sha256=found.sha256,
        ground="niet_noodzakelijk",
        how="verwijderd",
        destroyed_at=now(),
    )
    return change(found, status="vernietigd", wearer="")


def held(found: Recording) -> Hold:
    """Nine days from now."""
    by, at = person(), now()
    return Hold.objects.create(
        recording=found,
        reason="klacht",
        explanation="-",
        owner=by,
        placed_by=by,
        placed_at=at,
        until_at=at + timedelta(days=9),
    )
