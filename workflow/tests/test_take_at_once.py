"""Many people click at the same moment, on a real PostgreSQL, in real threads: one wins, the others are told so."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from journal.models import Entry
from workflow.steps import Step
from workflow.take import Input, Refused, take
from workflow.tests.leave.models import MANAGER, Leave, LeaveQuerySet, Status, leave

pytestmark = pytest.mark.django_db(transaction=True)

AT = datetime(2018, 5, 18, 12, tzinfo=UTC)
PEOPLE = 50


class WithoutLock(LeaveQuerySet):
    """The lock taken out."""

    def select_for_update(self, *args: Any, **kwargs: Any) -> "WithoutLock":
        return self


def all_at_once(attempt: Callable[[], Any], people: int) -> Counter[str]:
    """What came of the attempts of so many people, each with a connection of their own, started together."""
    start = Barrier(people, timeout=60)

    def one(_: int) -> str:
        try:
            connection.ensure_connection()
            start.wait()
            attempt()
        except Refused as refused:
            return type(refused).__name__
        finally:
            connection.close()
        return "taken"

    with ThreadPoolExecutor(people) as pool:
        return Counter(pool.map(one, range(people)))


def journalled() -> dict[str, int]:
    return dict(Counter(Entry.objects.values_list("result", flat=True)))


def test_of_fifty_simultaneous_clicks_one_wins_and_every_other_is_refused_and_journalled() -> None:
    subject = leave(Status.ASKED)
    came_of_it = all_at_once(lambda: take(Leave.objects.visible(), subject.pk, "grant", person=MANAGER, at=AT), PEOPLE)
    assert came_of_it == {"taken": 1, "StepRefused": PEOPLE - 1}
    assert journalled() == {"genomen": 1, "geweigerd": PEOPLE - 1}


def test_of_opposite_decisions_taken_at_once_one_stands() -> None:
    subject, decisions = leave(Status.ASKED), ["grant", "refuse"] * 10
    came_of_it = all_at_once(
        lambda: take(Leave.objects.visible(), subject.pk, decisions.pop(), person=MANAGER, at=AT), 20
    )
    assert came_of_it == {"taken": 1, "StepRefused": 19}
    winner = Entry.objects.get(result="genomen")
    assert Leave.objects.get().status == winner.data["to"]


def test_without_the_lock_the_race_exists() -> None:
    """The twin: nobody goes on before everybody has seen the old status. With the lock that would wait for ever."""
    subject, people = leave(Status.ASKED), 10
    everybody_has_looked = Barrier(people, timeout=60)

    def read(subject: Leave, step: Step) -> Input:
        everybody_has_looked.wait()
        return {}

    came_of_it = all_at_once(
        lambda: take(WithoutLock(Leave), subject.pk, "grant", person=MANAGER, at=AT, read=read), people
    )
    assert came_of_it == {"taken": people}
    assert journalled() == {"genomen": people}
