"""Destroying what was planned: what it leaves behind, what it never touches, and what comes of a storage that fails."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from organisation.tests.factories import person
from retention.destroying import destruction
from retention.destroying.review import review
from retention.models import Destruction, Proof, Recording
from retention.storage import Outcome, StorageError
from retention.storage.folder import Folder
from retention.tests.engine import entries, folder, hold, judge, kept, necessary, status_of
from retention.tests.factories import recording

pytestmark = pytest.mark.django_db


@pytest.fixture
def storage(tmp_path: Path) -> Folder:
    return folder(tmp_path)


def run(storage: Folder) -> int:
    assert review()
    return destruction.destroy(storage)


def test_what_is_due_is_destroyed_with_proof_tombstone_and_entry(storage: Folder) -> None:
    found = kept(storage, 27, not_announced_reason="Er was geen tijd.", announced=False)
    assert run(storage) == 1
    left = Recording.objects.get(pk=found.pk)
    assert (left.status, left.wearer, left.not_announced_reason, left.next_at) == ("vernietigd", "", "", None)
    assert (left.sha256, left.storage_key, left.used_from) == (found.sha256, found.storage_key, found.used_from)
    proof = Proof.objects.get(recording=found)
    assert (proof.ground, proof.how, proof.sha256) == ("termijn_verstreken", "verwijderd", found.sha256)
    (entry,) = entries(found)
    assert (entry.actor, entry.role, entry.unit, entry.result) == ("0000", "systeem", "ON", "genomen")
    assert entry.data == {
        "sentence": "De klok heeft de opname vernietigd.",
        "run": proof.run_id,
        "ground": "termijn_verstreken",
        "how": "verwijderd",
    }
    assert storage.size(found.storage_key) is None
    assert Destruction.objects.get(recording=found).done_at


def test_what_is_young_held_or_necessary_stays(storage: Folder) -> None:
    young, fresh, needed, held = (kept(storage, days) for days in (26, 3, 3, 27))
    judge(fresh, "niet_noodzakelijk", hours_ago=0.9)
    necessary(needed, days=0)
    hold(held, person())
    assert run(storage) == 0
    assert not Destruction.objects.exists()
    assert all(storage.size(one.storage_key) for one in (young, fresh, needed, held))


def test_once_more_changes_nothing(storage: Folder) -> None:
    found = kept(storage, 27)
    assert [run(storage), run(storage), destruction.destroy(storage)] == [1, 0, 0]
    assert len(entries(found)) == 1


@pytest.mark.parametrize(
    ("ground", "status", "why"),
    [("", "vernietigd", "niet_noodzakelijk"), ("8", "vernietigd", "niet_noodzakelijk"), ("9", "verwijderd", "")],
)
def test_what_a_judge_called_not_necessary_goes_after_an_hour(
    storage: Folder, ground: str, status: str, why: str
) -> None:
    found = kept(storage, 3)
    if ground:
        found = necessary(found, days=5, ground=ground)
    judge(found, "niet_noodzakelijk", hours_ago=1)
    run(storage)
    assert status_of(found) == status
    assert [proof.ground for proof in Proof.objects.all()] == ([why] if why else [])


def test_a_hold_placed_after_the_planning_takes_the_intent_back(storage: Folder) -> None:
    held, due = kept(storage, 27), kept(storage, 27)
    assert review()
    hold(held, person())
    assert destruction.destroy(storage) == 1
    assert (status_of(held), status_of(due)) == ("te_beoordelen", "vernietigd")
    assert not Destruction.objects.filter(recording=held).exists()
    assert storage.size(held.storage_key)


def test_a_judgement_undone_after_the_planning_takes_the_intent_back(storage: Folder) -> None:
    """The hour was over when it was planned; a judge could still decide otherwise, since judging was open."""
    found = kept(storage, 3)
    found = judge(found, "niet_noodzakelijk", hours_ago=2)
    assert review()
    necessary(found, days=30)
    assert destruction.destroy(storage) == 0
    assert not Destruction.objects.exists()


def test_a_file_that_never_came_is_closed_with_a_proof_that_says_so(storage: Folder) -> None:
    kept(storage, 3)  # the storage is there, and well
    never = recording(days_ago=27)
    assert run(storage) == 1
    proof = Proof.objects.get(recording=never)
    assert (proof.ground, proof.how) == ("nooit_ontvangen", "nooit_ontvangen")


def test_a_file_gone_before_anybody_destroyed_it_is_no_proof(storage: Folder) -> None:
    found = kept(storage, 27)
    storage.delete([found.storage_key])
    assert run(storage) == 0
    assert (status_of(found), Proof.objects.count(), entries(found)) == ("te_beoordelen", 0, [])
    assert Destruction.objects.get(recording=found).missing_at
    (entry,) = entries(found, "vermissen")
    assert entry.result == "mislukt"
    assert destruction.destroy(storage) == 0, "nobody tries again what waits for a declaration"


def expire() -> None:
    """A worker was killed, and its lease ran out."""
    Destruction.objects.update(lease_until=None)


def test_a_worker_killed_after_the_file_went_is_followed_by_one_that_proves_it(storage: Folder) -> None:
    found = kept(storage, 27)
    assert review()
    (claimed,) = destruction.claim(10)
    storage.delete([claimed.key])
    assert destruction.claim(10) == [], "it has a lease"
    expire()
    assert destruction.destroy(storage) == 1
    assert Proof.objects.get(recording=found).how == "afwezig_na_opdracht"


def test_two_workers_with_the_same_recording_leave_one_proof(storage: Folder) -> None:
    found = kept(storage, 27)
    assert review()
    slow = destruction.claim(10)
    expire()
    fast = destruction.claim(10)
    gone = storage.delete([found.storage_key])
    assert destruction.settle(fast, gone) == 1
    assert destruction.settle(slow, storage.delete([found.storage_key])) == 0
    assert (len(entries(found)), Proof.objects.count()) == (1, 1)


def test_who_lost_the_lease_does_not_call_it_missing_nor_never_received(storage: Folder) -> None:
    seen, unseen = kept(storage, 27), recording(days_ago=27)
    assert review()
    slow = destruction.claim(10)
    expire()
    fast = destruction.claim(10)
    gone = {one.storage_key: Outcome.ABSENT for one in (seen, unseen)}
    assert destruction.settle(slow, gone) == 0
    assert not Destruction.objects.filter(missing_at__isnull=False).exists()
    assert destruction.settle(fast, gone) == 2
    said = dict(Proof.objects.values_list("recording_id", "how"))
    assert said == {seen.pk: "afwezig_na_opdracht", unseen.pk: "nooit_ontvangen"}


class Broken(Folder):
    """A folder that fails for some names as a disk does."""

    def __init__(self, root: Path, fails: Callable[[str], BaseException | None]) -> None:
        super().__init__(root / "recordings", make=True)
        self.fails = fails

    def delete_some(self, keys: Sequence[str]) -> dict[str, Outcome | StorageError]:
        for key in keys:
            if error := self.fails(key):
                raise error
        return super().delete_some(keys)


@pytest.mark.parametrize("error", [StorageError("De schijf is vol."), OSError(5, "EIO"), TimeoutError(), MemoryError()])
def test_a_storage_that_fails_is_tried_later_and_never_called_destroyed(tmp_path: Path, error: BaseException) -> None:
    storage = Broken(tmp_path, lambda key: error)
    found = kept(storage, 27)
    assert run(storage) == 0
    intent = Destruction.objects.get(recording=found)
    assert intent.last_error
    assert intent.lease_until
    assert intent.point_of_no_return_at
    assert intent.lease_until > intent.point_of_no_return_at
    assert (status_of(found), Proof.objects.count(), entries(found)) == ("te_beoordelen", 0, [])
    assert destruction.destroy(storage) == 0, "not before its time"
    storage.fails = lambda key: None
    expire()
    assert destruction.destroy(storage) == 1
    assert Proof.objects.get(recording=found).how == "verwijderd"


def test_the_fifth_failure_is_told_once(tmp_path: Path) -> None:
    storage = Broken(tmp_path, lambda key: StorageError("De schijf is vol."))
    found = kept(storage, 27)
    run(storage)
    for _ in range(6):
        expire()
        destruction.destroy(storage)
    assert [entry.result for entry in entries(found)] == ["mislukt"]
    assert Destruction.objects.get(recording=found).attempts == 7
