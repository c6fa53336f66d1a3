"""Killed at every statement: what the clock does is begun in a process that is killed with -9 just before its first
statement, then another before its second, until one comes to its end. The next one finishes it, and nothing shows.
"""

import os
import random
import signal
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, connections
from django.db.models import Count

from journal.models import Entry
from organisation.roles import Role
from organisation.tests.factories import holder_of
from retention.choices import How
from retention.clock import now
from retention.destroying import declarations, destruction, review
from retention.intake import deliveries
from retention.models import Declaration, Delivery, Destruction, Proof, Recording, Run, RunRelease
from retention.storage.folder import Folder
from retention.tests.deliveries import item
from retention.tests.engine import folder, necessary
from retention.tests.factories import CONTENT, facts, recording
from retention.tests.moved_clock import DATED
from retention.tests.test_import_recordings import lines
from workflow.clock import AMSTERDAM

pytestmark = pytest.mark.django_db(transaction=True)
Work = Callable[[], object]


def killed_before(statement: int, work: Work) -> int:
    """How it ended: `work` may have had fewer statements."""
    connections.close_all()
    pid = os.fork()
    if not pid:
        code = 1
        try:
            random.seed()
            left = count(statement - 1, -1)
            with connection.execute_wrapper(lambda do, *given: dies() if next(left) == 0 else do(*given)):
                work()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


def dies() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def killed_everywhere(work: Work, before: Work, *, is_twin: bool = False) -> int:
    """At how many statements; `before` each there is something to do. Once it first comes to its end, since what is
    done once a day is not there to be killed in. A twin may stumble over what it left.
    """
    assert killed_before(0, work) == 0
    for statement in count(1):
        before()
        if (code := killed_before(statement, work)) != -signal.SIGKILL:
            assert is_twin or code == 0
            return statement - 1
    raise AssertionError


@pytest.fixture
def _without_transactions(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twins: as if each statement of these rooms stood by itself."""
    for room in (review, destruction):
        monkeypatch.setattr(room, "transaction", SimpleNamespace(atomic=nullcontext))


def due(number: int, **more: Any) -> list[Recording]:
    return Recording.objects.bulk_create(Recording(**facts(27, **more)) for _ in range(number))


def told(action: str) -> dict[str, int]:
    """How often the journal says so, of each object."""
    entries = Entry.objects.filter(action=action, result="genomen").values_list("object_id")
    return dict(entries.annotate(number=Count("pk")))


# --- planning -------------------------------------------------------------------------------------


def two_due_and_one_that_lapses() -> None:
    due(2)
    necessary(recording(days_ago=3), days=-1)


def lapsed_otherwise_than_told() -> int:
    gone = {str(pk) for pk in Recording.objects.filter(status_before="noodzakelijk").values_list("pk", flat=True)}
    return len(gone.symmetric_difference(told("laten_aflopen")))


def test_a_review_killed_anywhere_forgets_nothing_and_plans_nothing_twice(settings: Any) -> None:
    settings.DESTRUCTION_VALVE = None
    assert killed_everywhere(review.review, two_due_and_one_that_lapses) > 10
    assert review.review()
    assert Destruction.objects.count() == Recording.objects.count()
    assert set(told("laten_aflopen").values()) == {1}
    assert lapsed_otherwise_than_told() == 0
    assert Run.objects.filter(ended_at=None).count() > 5


@pytest.fixture
def _noon(functions: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """The day begins anew at noon: from six in the evening on, nothing waits for its number."""
    more = datetime(2027, 6, 1, 12, tzinfo=AMSTERDAM) - datetime.now(UTC)
    moved = f"clock_timestamp() + interval '{more.total_seconds()} seconds'"
    functions(
        "retention_now",
        f"CREATE OR REPLACE FUNCTION retention_now() RETURNS timestamptz LANGUAGE sql STABLE AS $$ SELECT {moved} $$",
    )
    functions("date_journal_entry", DATED)
    monkeypatch.setattr("retention.destroying.valve.worker_clock", lambda: datetime.now(UTC) + more)


@pytest.mark.usefixtures("_noon")
def test_a_review_that_holds_back_killed_anywhere_waits_once(settings: Any) -> None:
    settings.DESTRUCTION_VALVE = 1
    due(3)
    assert killed_everywhere(review.review, lambda: None) > 10
    assert Run.objects.filter(waits_for="aantal").count() == 1
    settings.DESTRUCTION_VALVE = None
    assert killed_everywhere(review.review, lambda: None) > 10
    assert Destruction.objects.count() == Recording.objects.count()
    assert RunRelease.objects.count() == Run.objects.filter(waits_for="aantal").count() == 1


@pytest.mark.usefixtures("_without_transactions")
def test_without_transactions_something_lapses_untold(settings: Any) -> None:
    settings.DESTRUCTION_VALVE = None
    killed_everywhere(review.review, two_due_and_one_that_lapses, is_twin=True)
    assert lapsed_otherwise_than_told() > 0


# --- destroying -----------------------------------------------------------------------------------


def two_planned(storage: Folder) -> None:
    """And what the process before had is free again, as when its lease ran out."""
    seen = now()
    for found in due(2, file_seen_at=seen):
        path = storage.root / found.storage_key
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(CONTENT)
    run = Run.objects.create(began_at=seen, ended_at=seen)
    planned = Recording.objects.filter(destruction=None)
    Destruction.objects.bulk_create(
        Destruction(recording=found, run=run, why="termijn_verstreken", planned_at=seen) for found in planned
    )
    Destruction.objects.filter(done_at=None).update(lease_until=None)


def destroyed_in(root: Path, *, is_twin: bool = False) -> tuple[Folder, int]:
    storage = folder(root)
    storage.size("x")
    work = partial(destruction.destroy, storage)
    return storage, killed_everywhere(work, lambda: two_planned(storage), is_twin=is_twin)


def disagreements(storage: Folder) -> int:
    """Of disk, proof, status and journal."""
    proofs, entries = set(Proof.objects.values_list("pk", flat=True)), told("vernietigen")
    return sum(
        not ((storage.root / found.storage_key).exists() == (found.pk not in proofs) == (found.status != "vernietigd"))
        or entries.get(str(found.pk), 0) != (found.pk in proofs)
        for found in Recording.objects.all()
    )


def test_destruction_killed_anywhere_ends_with_one_proof_and_one_entry_each(tmp_path: Path) -> None:
    storage, statements = destroyed_in(tmp_path)
    assert statements > 10
    Destruction.objects.filter(done_at=None).update(lease_until=None)
    destruction.destroy(storage)
    assert not Recording.objects.exclude(status="vernietigd").exists()
    assert disagreements(storage) == 0
    assert Proof.objects.filter(how=How.ABSENT).exists(), "some were killed between file gone and proof"


@pytest.mark.usefixtures("_without_transactions")
def test_without_transactions_proof_and_journal_disagree(tmp_path: Path) -> None:
    storage, _ = destroyed_in(tmp_path, is_twin=True)
    assert disagreements(storage) > 0


# --- declaring ------------------------------------------------------------------------------------


def one_to_declare() -> None:
    if not declarations.to_declare().exists():
        Run.objects.create(began_at=now(), ended_at=now())


def test_declaring_killed_anywhere_declares_each_run_once() -> None:
    assert killed_everywhere(lambda: declarations.declare(now()), one_to_declare) > 5
    declarations.declare(now())
    assert Declaration.objects.filter(month=None).count() == Run.objects.count()
    assert set(told("verklaring_gemaakt").values()) == {1}
    assert len(told("verklaring_gemaakt")) == Declaration.objects.count()


# --- taking in ------------------------------------------------------------------------------------


def test_a_delivery_killed_anywhere_takes_each_line_in_once() -> None:
    judge = holder_of(Role.JUDGE, "ON")

    def one_to_take_in() -> None:
        if not Delivery.objects.filter(finished_at=None).exists():
            sheet, at = lines(item(), item()).encode(), now()
            made = deliveries.offer(sheet, "x.csv", by=judge, at=at)
            Delivery.objects.filter(pk=made.pk).update(tried_at=at)
            deliveries.confirm(made, at=at)

    one_to_take_in()
    assert killed_everywhere(lambda: deliveries.go_through_all(now()), one_to_take_in) > 5
    deliveries.go_through_all(now())
    assert not Delivery.objects.exclude(counts={"created": 2}).exists()
    assert Recording.objects.count() == 2 * Delivery.objects.count()
    assert set(told("opnamen_ingelezen").values()) == {1}
