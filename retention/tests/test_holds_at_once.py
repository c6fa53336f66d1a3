"""A recording is held or being destroyed, never both: real threads, both orders, and a twin without the lock."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Barrier, Event
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from organisation.models import Person
from retention.clock import now
from retention.destroying import destruction
from retention.holds import NotPossible, place
from retention.models import Destruction, Hold, Recording, Run
from retention.tests.factories import recording
from retention.tests.hold_samples import because, officer

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS, PATIENCE = 40, 30
WAITING_FOR = "SELECT count(*) FROM pg_locks WHERE NOT granted AND %s = ANY(pg_blocking_pids(pid))"
TAKE_OUT = """
DO $do$ BEGIN EXECUTE replace(pg_get_functiondef('retention_guard_holding'::regproc), 'FOR UPDATE', ''); END $do$
"""


def hold(found: Recording, by: Person) -> bool:
    """Whether it came in time."""
    try:
        place([found], because(by, now()), person=by, at=now())
    except NotPossible:
        return False
    return True


def begin(found: Recording, run: Run) -> bool:
    at = now()
    try:
        with transaction.atomic():
            Destruction.objects.create(
                recording=found, run=run, why="termijn_verstreken", planned_at=at, point_of_no_return_at=at
            )
    except IntegrityError as refused:
        if "what is held" not in str(refused):
            raise
        return False
    return True


def closing(task: Callable[[], bool]) -> Callable[[], bool]:
    """The task, on a connection of its own."""

    def run() -> bool:
        try:
            return task()
        finally:
            connection.close()

    return run


def first_and_then(first: Callable[[], bool], second: Callable[[], bool]) -> tuple[bool, bool]:
    """The first is done and not committed until the second waits for it (or is done, when nothing makes it wait)."""
    started, backend = Event(), []

    def hesitate(waiting: Future[bool]) -> bool:
        with transaction.atomic():
            done = first()
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                backend.append(cursor.fetchone()[0])
                started.set()
                until = time.monotonic() + PATIENCE
                while time.monotonic() < until and not waiting.done():
                    cursor.execute(WAITING_FOR, backend)
                    if cursor.fetchone()[0]:
                        break
                    time.sleep(0.005)
        return done

    with ThreadPoolExecutor(2) as pool:
        answer: Future[bool] = Future()
        one = pool.submit(closing(lambda: hesitate(answer)))
        assert started.wait(PATIENCE)
        other: Any = pool.submit(closing(second))
        other.add_done_callback(lambda _: answer.set_result(True))
        return one.result(PATIENCE), other.result(PATIENCE)


def is_both(found: Recording) -> bool:
    return Hold.objects.filter(recording=found).exists() and Destruction.objects.filter(recording=found).exists()


def test_whoever_is_first_wins_in_both_orders_and_without_the_lock_both_do(owner: Callable[..., None]) -> None:
    by, run = officer(), Run.objects.create(began_at=now())

    def in_order(*, destruction_first: bool) -> tuple[Recording, tuple[bool, bool]]:
        found = recording(days_ago=27)
        tasks: list[Callable[[], bool]] = [lambda: begin(found, run), lambda: hold(found, by)]
        return found, first_and_then(*(tasks if destruction_first else tasks[::-1]))

    for destruction_first in (True, False):
        found, answers = in_order(destruction_first=destruction_first)
        assert (answers, is_both(found)) == ((True, False), False)

    owner(TAKE_OUT)  # the twin; what the owner did is gone with this test's copy of the database
    found, answers = in_order(destruction_first=True)
    assert (answers, is_both(found)) == ((True, True), True)


def test_in_many_rounds_at_the_same_moment_never_both() -> None:
    by, run = officer(), Run.objects.create(began_at=now())
    rounds = [recording(days_ago=27) for _ in range(ROUNDS)]
    together = Barrier(2)

    def all_rounds(task: Callable[[Recording], bool]) -> list[bool]:
        answers = []
        for found in rounds:
            together.wait(PATIENCE)
            answers.append(task(found))
        connection.close()
        return answers

    with ThreadPoolExecutor(2) as pool:
        held = pool.submit(all_rounds, lambda found: hold(found, by))
        begun = pool.submit(all_rounds, lambda found: begin(found, run))
        assert [a != b for a, b in zip(held.result(), begun.result(), strict=True)] == [True] * ROUNDS
    assert not [found for found in rounds if is_both(found)]


def test_workers_share_what_is_planned_and_what_is_held_meanwhile_is_left() -> None:
    """One has claimed and did not commit: the other gets the rest at once. A hold on what was claimed is too late."""
    by, run = officer(), Run.objects.create(began_at=now())
    rows = [recording(days_ago=27) for _ in range(4)]
    at = now()
    Destruction.objects.bulk_create(
        Destruction(recording=one, run=run, why="termijn_verstreken", planned_at=at) for one in rows
    )
    claims: list[list[int]] = []

    def claim_two() -> bool:
        claims.append([one.pk for one in destruction.claim(2)])
        return True

    with transaction.atomic():
        claim_two()
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(closing(claim_two)).result(PATIENCE)
    assert claims == [[one.pk for one in rows[:2]], [one.pk for one in rows[2:]]]

    Destruction.objects.filter(pk=rows[0].pk).update(lease_until=None)
    assert not hold(rows[0], by)


def test_a_hold_that_comes_while_a_worker_claims_keeps_the_recording_and_no_other() -> None:
    by, run = officer(), Run.objects.create(began_at=now())
    held, other = recording(days_ago=27), recording(days_ago=27)
    at = now()
    Destruction.objects.bulk_create(
        Destruction(recording=one, run=run, why="termijn_verstreken", planned_at=at) for one in (held, other)
    )
    claims: list[list[int]] = []

    def claim() -> bool:
        claims.append([one.pk for one in destruction.claim(2)])
        return True

    assert first_and_then(lambda: hold(held, by), claim) == (True, True)
    assert claims == [[other.pk]]
    assert claim()
    assert claims[1:] == [[]]
    assert not Destruction.objects.filter(recording=held).exists()
