"""Sealing on a real database: in order, nothing twice, nothing skipped, whoever writes or seals meanwhile."""

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from journal import anchors, seals, verify
from journal.models import Entry, Link, Seal
from journal.write import record

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.alone]

MANY = "INSERT INTO journal_entry (actor, role, unit, action, object_type, object_id, result, reason, origin, data) "
MANY += "SELECT '2001', '', '', 'proef', '', n::text, 'genomen', '', '', '{}' FROM generate_series(1, %s) n"


def write(count: int = 1) -> None:
    for number in range(count):
        record("proef", f"Dit is regel {number}.")


def write_at_once(count: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(MANY, [count])


def assert_sealed_once_in_order() -> None:
    """Every entry has one place, the places have no gaps, and they follow the transactions."""
    links = list(Link.objects.order_by("seq").values_list("seq", "entry_id"))
    assert [seq for seq, _ in links] == list(range(1, len(links) + 1))
    order = {pk: place for place, pk in enumerate(Entry.objects.order_by("tx", "id").values_list("id", flat=True))}
    assert [order[pk] for _, pk in links] == list(range(len(order)))
    assert verify.check().finding == ""


def in_a_thread(work: Callable[[], Any]) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_seal_says_how_much_it_sealed_and_the_newest_can_be_printed() -> None:
    assert seals.newest() is None
    write(3)
    assert (seals.seal(), seals.seal()) == (3, 0)
    write(2)
    assert seals.seal() == 2
    newest = seals.newest()
    assert newest is not None
    assert (newest.number, newest.first_seq, newest.count, newest.last_seq) == (2, 4, 2, 5)
    assert anchors.anchor_of(newest) == f"zegel 2 5 {bytes(newest.hash).hex()}"
    assert_sealed_once_in_order()


def test_entry_that_is_committed_late_is_waited_for() -> None:
    """The twin that goes on from the highest number seals the later one first, and never comes back."""
    begun, finish = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            write()
            begun.set()
            assert finish.wait(10)

    thread = in_a_thread(slow)
    assert begun.wait(10)
    write()
    seen_by_the_twin = set(Entry.objects.values_list("id", flat=True))
    assert len(seen_by_the_twin) == 1
    assert seals.seal() == 0
    finish.set()
    thread.join()
    missed_by_the_twin = Entry.objects.filter(id__lt=max(seen_by_the_twin)).exclude(id__in=seen_by_the_twin)
    assert missed_by_the_twin.count() == 1
    assert seals.seal() == 2
    assert_sealed_once_in_order()


def test_writers_and_sealers_at_once() -> None:
    stop = threading.Event()

    def keep_writing(number: int) -> None:
        for turn in range(25):
            with transaction.atomic():
                write(1 + turn % 3)
                time.sleep(0.002 * (number % 3))
                transaction.set_rollback(turn % 7 == 6)

    def keep_sealing() -> None:
        while not stop.is_set():
            seals.seal()
            time.sleep(0.005)

    sealers = [in_a_thread(keep_sealing) for _ in range(3)]
    writers = [in_a_thread(lambda number=number: keep_writing(number)) for number in range(6)]  # type: ignore[misc]
    for thread in writers:
        thread.join()
    stop.set()
    for thread in sealers:
        thread.join()
    seals.seal()
    assert Link.objects.count() == Entry.objects.count() > 200
    assert Seal.objects.count() > 1
    assert_sealed_once_in_order()


def test_who_comes_second_leaves_it_to_the_first_or_waits() -> None:
    write()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [seals.LOCK])
        done: list[int] = []
        impatient = in_a_thread(lambda: done.append(seals.seal()))
        impatient.join()
        assert done == [0]
        patient = in_a_thread(lambda: done.append(seals.seal(wait=True)))
        patient.join(0.3)
        assert patient.is_alive()
    patient.join()
    assert done == [0, 1]


def test_what_does_not_fit_in_one_seal_goes_into_the_next() -> None:
    write_at_once(seals.BATCH + 1)
    assert seals.seal() == seals.BATCH + 1
    assert list(Seal.objects.order_by("number").values_list("count", flat=True)) == [seals.BATCH, 1]
    assert_sealed_once_in_order()


def test_database_that_was_put_back_in_another_cluster_goes_on(owner: Any) -> None:
    """There the numbers of transactions begin low again: lower than those of the entries that came along."""
    write(2)
    seals.seal()
    owner("UPDATE journal_entry SET tx = (tx::text::bigint + 1000000)::text::xid8")
    owner("UPDATE journal_seal SET upto_tx = (upto_tx::text::bigint + 1000000)::text::xid8")
    write(2)
    assert seals.seal() == 2
    write(1)
    assert seals.seal() == 1
    assert Link.objects.count() == 5


def test_what_was_left_behind_is_sealed_when_everything_is_looked_through(owner: Any) -> None:
    write(3)
    seals.seal()
    write(1)
    owner("UPDATE journal_entry SET tx = '4' WHERE id = (SELECT max(id) FROM journal_entry)")
    assert seals.seal() == 0
    assert "maar niet in de keten" in verify.check().finding
    assert seals.seal(everything=True) == 1
    assert verify.check().finding == ""


def test_idle_sealer_reads_and_writes_nothing(django_assert_num_queries: Any) -> None:
    write()
    seals.seal()
    with django_assert_num_queries(5):  # begin, the lock, the newest seal, what came since, commit
        assert seals.seal() == 0
    assert Seal.objects.count() == 1


# --- crashes --------------------------------------------------------------------------------------


def killed_at(statement: int) -> None:
    """Seal and anchor in a process that is killed before its so many-th statement."""
    left = [statement]

    def count(execute: Any, *arguments: Any) -> Any:
        left[0] -= 1
        if left[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*arguments)

    connection.connection = None  # the one inherited stays the parent's
    with connection.execute_wrapper(count):
        seals.seal()
        anchors.follow()


@pytest.fixture
def processes() -> Any:
    connection.close()
    return multiprocessing.get_context("fork")


def test_sealer_that_is_killed_at_any_point_is_gone_on_with(processes: Any) -> None:
    survived = 0
    for statement in range(30):
        write(3)
        connection.close()
        child = processes.Process(target=killed_at, args=(statement,))
        child.start()
        child.join(30)
        assert child.exitcode in (0, -signal.SIGKILL)
        survived += child.exitcode == 0
        if survived == 2:
            break
    else:
        pytest.fail("the sealer never came to its end")
    seals.seal()
    anchors.follow()
    assert_sealed_once_in_order()
    newest = seals.newest()
    assert newest is not None
    assert anchors.path().read_text().splitlines()[-1] == anchors.anchor_of(newest)
