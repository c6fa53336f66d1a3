"""Batch after batch: in what order they are claimed, deleted and settled, and what stops between two of them."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from retention.destroying import destruction, valve
from retention.destroying.review import review
from retention.models import Destruction, Proof
from retention.storage import Storage
from retention.storage.folder import Folder
from retention.tests.engine import kept

pytestmark = pytest.mark.django_db
Destroy = Callable[[Storage], int]
PATIENCE = 30


def one_at_a_time(storage: Storage) -> int:
    return destruction.destroy(storage, batch=1)


def claiming_ahead(storage: Storage) -> int:
    """The twin: the next batch is claimed while the storage is still at this one."""
    done, claimed, deleting = 0, list[Any](), Future[Any]()
    with ThreadPoolExecutor(1) as deleter:
        while True:
            following = destruction.claim(1)
            settled, outcomes = claimed, deleting.result() if claimed else {}
            if claimed := following:
                deleting = deleter.submit(destruction._deleted, storage, claimed)
            if settled:
                done += destruction.settle(settled, outcomes)
            if not claimed:
                return done


class Hanging(Folder):
    """A folder that tells what happens, and hangs in its first batch for as long as `hangs` says."""

    def __init__(self, root: Path, told: list[str], hangs: Callable[[], object] = lambda: None) -> None:
        super().__init__(root / "recordings", make=True)
        self.told, self.hangs = told, hangs

    def delete(self, keys: Any) -> Any:
        self.told.append("delete")
        if self.told.count("delete") == 1:
            self.hangs()
        found = super().delete(keys)
        self.told.append("gone")
        return found


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was claimed and settled, in that order; a storage adds what it was told."""
    told: list[str] = []

    def telling(name: str) -> None:
        work = getattr(destruction, name)

        def tells(*given: Any) -> Any:
            found = work(*given)
            told.append(name if found else f"{name}: nothing")
            return found

        monkeypatch.setattr(destruction, name, tells)

    telling("claim")
    telling("settle")
    return told


def three_planned(storage: Folder) -> Folder:
    for _ in range(3):
        kept(storage, 27)
    assert review()
    return storage


def test_a_batch_is_deleted_once_it_is_claimed_and_settled_while_the_next_is(tmp_path: Path, told: list[str]) -> None:
    """How deleting and settling lie beside each other, the machine says; the rest is an order."""
    assert one_at_a_time(three_planned(Hanging(tmp_path, told))) == 3
    storage = [one for one in told if one != "settle"]
    assert storage == ["claim", "delete", "gone"] * 3 + ["claim: nothing"]
    ours = [one for one in told if one not in ("delete", "gone")]
    assert ours == ["claim", "claim", "settle", "claim", "settle", "claim: nothing", "settle"]


def destroyed_before_the_clock_stopped(
    destroy: Destroy, root: Path, monkeypatch: pytest.MonkeyPatch, *, hangs: Callable[[], object]
) -> int:
    """How many are destroyed when the clock becomes distrusted while the storage is at the first."""

    def stops() -> None:
        hangs()
        monkeypatch.setattr(valve, "worker_clock", lambda: datetime.now(UTC) - timedelta(days=1))

    return destroy(three_planned(Hanging(root, [], stops)))


def test_a_clock_that_is_distrusted_while_a_batch_hangs_stops_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hangs = lambda: Event().wait(0.1)  # noqa: E731  # long enough for who would claim ahead
    assert destroyed_before_the_clock_stopped(one_at_a_time, tmp_path, monkeypatch, hangs=hangs) == 1
    assert Destruction.objects.filter(delete_sent_at=None, lease_until=None, attempts=0).count() == 2


def test_claiming_ahead_would_destroy_the_next_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    claims, ahead = destruction.claim, Event()

    def claimed(limit: int) -> Any:
        found = claims(limit)
        if Destruction.objects.filter(attempts=1).count() == 2:
            ahead.set()
        return found

    monkeypatch.setattr(destruction, "claim", claimed)
    hangs = lambda: ahead.wait(PATIENCE)  # noqa: E731  # as long as it takes to claim the next
    assert destroyed_before_the_clock_stopped(claiming_ahead, tmp_path, monkeypatch, hangs=hangs) == 2


def proven_when_claiming_fails(destroy: Destroy, root: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How what was deleted before the second claim failed, is proven."""
    storage, claims = three_planned(Hanging(root, [])), destruction.claim

    def fails(limit: int) -> Any:
        if Destruction.objects.filter(attempts=1).exists():
            raise ConnectionError
        return claims(limit)

    monkeypatch.setattr(destruction, "claim", fails)
    with pytest.raises(ConnectionError):
        destroy(storage)
    return list(Proof.objects.values_list("how", flat=True))


def test_what_was_deleted_is_settled_though_no_more_can_be_claimed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert proven_when_claiming_fails(one_at_a_time, tmp_path, monkeypatch) == ["verwijderd"]


def test_claiming_ahead_would_leave_it_to_the_lease(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert proven_when_claiming_fails(claiming_ahead, tmp_path, monkeypatch) == []
