"""A storage that really fails, through whole runs: nothing is proven that still exists, it is tried later and later and
shown after five tries, and done when the storage is well again. A disk that is full takes in nothing, and half nothing.
"""

import errno
import io
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from journal.models import Entry
from retention.destroying.destruction import SHOWN_AFTER, destroy
from retention.destroying.review import review
from retention.destroying.runs import troubles
from retention.intake import content
from retention.models import Destruction, Proof, Recording
from retention.storage import Outcome, Storage, StorageError
from retention.storage.folder import MARK, Folder
from retention.storage.s3 import Bucket
from retention.tests.disks import Disk, disk
from retention.tests.engine import put, status_of
from retention.tests.factories import CONTENT, recording
from retention.tests.moved_clock import MovedClock
from retention.tests.oracle import DAY, HOUR, starts
from retention.tests.s3_server import address_of, answering

pytestmark = pytest.mark.django_db
D = date(2027, 6, 1)
CLOSES = starts(D + 27 * DAY)
NOBODY = 65534
FAR = datetime(9000, 1, 1, tzinfo=UTC)


@pytest.fixture(params=[True, False], ids=["mounted", "by its calls"])
def there(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    with disk(tmp_path, mounts=request.param) as found:
        yield found


def due(storage: Storage, clock: MovedClock, number: int = 3) -> list[Recording]:
    """With their files, planned by a review."""
    clock.to(starts(D) + HOUR)
    found = [put(storage, recording(used_from=starts(D), arrived_at=clock.at)) for _ in range(number)]
    clock.to(CLOSES)
    report = review()
    assert report
    assert report.planned == number
    return found


def is_tried_and_fails(found: list[Recording], storage: Storage, clock: MovedClock, words: str, times: int = 6) -> None:
    """Later and later, up to an hour; told once, when somebody must look."""
    for attempt in range(1, times + 1):
        assert destroy(storage) == 0
        assert destroy(storage) == 0, "not before its time"
        tried = Destruction.objects.filter(attempts=attempt, done_at=None, last_error__contains=words)
        assert tried.count() == len(found)
        told = Entry.objects.filter(action="vernietigen", result="mislukt").count()
        shown = troubles(tried[0].run, None)
        assert (told, len(shown)) == ((len(found), len(found)) if attempt >= SHOWN_AFTER else (0, 0))
        wait = timedelta(minutes=min(60, 2 ** (attempt - 1)))
        clock.to(clock.at + wait - timedelta(seconds=1))
        assert destroy(storage) == 0
        assert Destruction.objects.filter(attempts=attempt).count() == len(found)
        clock.to(clock.at + timedelta(seconds=1))
    assert not Proof.objects.exists()
    assert {status_of(one) for one in found} == {"te_beoordelen"}


def is_done(found: list[Recording], storage: Storage) -> None:
    assert destroy(storage) == len(found)
    assert set(Proof.objects.values_list("recording", "how")) == {(one.pk, "verwijderd") for one in found}
    assert Entry.objects.filter(action="vernietigen", result="genomen").count() == len(found)
    assert {status_of(one) for one in found} == {"vernietigd"}
    assert not any(list(storage.listing()))


# --- disks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fails", "heals", "words"),
    [("only_read", "be_well", "alleen worden gelezen"), ("fall_off", "be_attached", "Koppel de schijf aan")],
)
def test_a_disk_that_cannot_be_written_or_fell_off(
    there: Disk, clock: MovedClock, fails: str, heals: str, words: str
) -> None:
    found = due(there, clock)
    there.do(fails)
    is_tried_and_fails(found, there, clock, words)
    there.do(heals)
    assert {there.sha256(one.storage_key) for one in found} == {one.sha256 for one in found}
    is_done(found, there)


def test_a_disk_that_falls_off_in_the_middle_of_a_run(there: Disk, clock: MovedClock) -> None:
    """What went before it is proven; the rest is there, and goes when the disk is attached again."""
    found = due(there, clock, 4)
    deletes, there.delete_some = there.delete_some, lambda keys: _then(deletes(keys), there)  # type: ignore[method-assign]
    assert destroy(there, batch=2) == 2
    there.delete_some = deletes  # type: ignore[method-assign]
    there.do("be_attached")
    left = {one.key for one in there.do("all")}
    assert left == {one.storage_key for one in found if status_of(one) == "te_beoordelen"}
    assert (len(left), Proof.objects.count()) == (2, 2)
    clock.to(clock.at + HOUR)
    assert destroy(there) == 2
    assert Proof.objects.filter(how="verwijderd").count() == 4


def _then(answer: Any, fallen: Disk) -> Any:
    if not any(isinstance(one, Exception) for one in answer.values()):
        fallen.do("fall_off")
    return answer


def test_a_full_disk_is_deleted_from(there: Disk, clock: MovedClock) -> None:
    found = due(there, clock)
    there.do("fill")
    assert destroy(there) == len(found)
    assert there.names() == ["filler", MARK]


def test_a_full_disk_takes_in_nothing_and_half_nothing(
    there: Disk, clock: MovedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(content, "recordings", lambda: there)
    clock.to(starts(D) + HOUR)
    found = recording(used_from=starts(D), arrived_at=clock.at)
    there.do("fill")
    with pytest.raises(content.NotReceived, match="is vol") as refused:
        content.receive(found, io.BytesIO(CONTENT), lambda: None)
    assert refused.value.code == 503
    assert there.names() == ["filler", MARK]
    assert Recording.objects.get(pk=found.pk).file_seen_at is None
    there.do("make_room")
    assert there.clear_unfinished(FAR) == 0, "nothing half was left"
    assert content.receive(found, io.BytesIO(CONTENT), lambda: None)
    assert there.names() == [found.storage_key, MARK]


# --- rights ---------------------------------------------------------------------------------------


@contextmanager
def without_rights(folder: Path) -> Iterator[None]:
    """Nobody may write in it; for root modes do not count, so that it becomes somebody else."""
    folder.chmod(0o555)
    is_root = os.geteuid() == 0
    try:
        if is_root:
            os.seteuid(NOBODY)
        yield
    finally:
        if is_root:
            os.seteuid(0)
        folder.chmod(0o755)


def test_a_folder_that_may_not_be_written(clock: MovedClock) -> None:
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        storage = Folder(Path(place) / "opnamen", make=True)
        found = due(storage, clock)
        storage.root.chmod(0o755)
        inside = storage.root / "test"
        with without_rights(inside):
            is_tried_and_fails(found, storage, clock, "weigert de toegang")
        assert len(list(inside.iterdir())) == len(found)
        is_done(found, storage)


class Careless(Folder):
    """Takes trouble for an answer."""

    def delete_some(self, keys: Sequence[str]) -> dict[str, Outcome | StorageError]:
        return dict.fromkeys(super().delete_some(keys), Outcome.DELETED)


def test_trouble_that_is_taken_for_an_answer_is_found_out(clock: MovedClock, tmp_path: Path) -> None:
    """The twin of all of these."""
    storage = Careless(tmp_path / "opnamen", make=True)
    found = due(storage, clock)
    (storage.root / MARK).unlink()
    with pytest.raises(AssertionError):
        is_tried_and_fails(found, storage, clock, "Koppel de schijf aan", times=1)


# --- faults that no disk here can be made to give -------------------------------------------------


def test_a_disk_that_gives_errors(clock: MovedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """EIO, at the calls of the system: of deleting, and of writing down that it was deleted."""
    storage = Folder(tmp_path / "opnamen", make=True)
    found = due(storage, clock)

    def broken(*_: Any, **__: Any) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr(os, "unlink", broken)
        is_tried_and_fails(found, storage, clock, "geeft een fout", times=2)
    assert len(list((storage.root / "test").iterdir())) == len(found)
    is_done(found, storage)


def test_a_storage_that_does_not_answer(clock: MovedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that accepts, and says nothing; later the files turn out to be there still."""
    folder = Folder(tmp_path / "opnamen", make=True)
    found = due(folder, clock)
    monkeypatch.setattr("retention.storage.s3.ANSWER_WITHIN", 0.02)
    monkeypatch.setattr("time.sleep", lambda _: None)
    with answering(b"") as endpoint:
        is_tried_and_fails(found, Bucket(address_of(endpoint)), clock, "niet op tijd", times=2)
    is_done(found, folder)
