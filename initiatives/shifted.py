"""What a day that becomes equated with a holiday, or no longer is, moves in apps above this one: they say so when they
start (`also_move`). And how it is told of any term, whoever's it is. What moves of files is in `decree_days.py`.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, NamedTuple

from initiatives.models import Notice
from initiatives.notices import NOTHING
from initiatives.words import so_many
from journal.write import record
from organisation.models import Person
from organisation.roles import Role
from workflow.dates import weekday_in_words

Days = frozenset[date]


class NotAsShown(Exception):
    """Meanwhile other terms change than were shown before."""


class Others(NamedTuple):
    """Open terms of another app that get another last day. `words` is their number and what they are called, `said`
    what tells them from any others. `move` moves and tells, in the transaction of the day, and raises `NotAsShown`.
    """

    how_many: int
    words: str
    said: str
    move: Callable[[str, Person, datetime], None]


Finding = Callable[[date, Days, Days], Others | None]
"""What ends on this day, and on another one when the equated days are no longer the first but the second."""
_others: list[Finding] = []


def also_move(finding: Finding) -> None:
    """Have these terms moved too; called once, when an app starts."""
    _others.append(finding)


def others(last_day: date, before: Days, after: Days) -> list[Others]:
    return [found for finding in _others if (found := finding(last_day, before, after))]


def in_words(what: str, before: date, after: date) -> str:
    """`Eerste besluit: tot en met dinsdag 29 december 2026 (was donderdag 24 december 2026)`."""
    return f"{what}: tot en met {weekday_in_words(after)} (was {weekday_in_words(before)})"


def trace(about: Any, kind: str, words: str, why: str, days: tuple[date, date], by: Person) -> None:
    """A line in the trail of what the term is of."""
    before, after = days
    record(
        "termijn_verschoven",
        f"{words}. Want {why}.",
        actor=by,
        role=Role.ADMINISTRATOR,
        about=about,
        data={"kind": kind, "before": before.isoformat(), "after": after.isoformat()},
    )


def tell(concerned: dict[int, list[list[str]]], why: str, *, by: Person, at: datetime) -> None:
    """One notice for each of these people, with links to all that moved for them; none for who did it."""
    Notice.objects.bulk_create(
        Notice(
            person_id=person,
            kind=Notice.Kind.CHANGE,
            subject=so_many(len(links), "termijn is verschoven", "termijnen zijn verschoven"),
            body=f"{why[0].upper()}{why[1:]}. Daarom eindigt een termijn op een andere dag.\n\n{NOTHING}",
            links=links,
            created_at=at,
        )
        for person, links in concerned.items()
        if person != by.pk
    )
