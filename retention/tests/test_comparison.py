"""Storage and register compared: what is found, what never is, and how it ends."""

import io
import os
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from journal.models import Entry
from organisation.roles import Role
from organisation.tests.factories import holder_of
from retention import tasks
from retention.clock import must_be_gone_by, now
from retention.comparing import astray, clearing, comparison
from retention.destroying import destruction, review
from retention.models import Comparison, Recording, StorageIncident
from retention.storage import StorageError, Stored
from retention.storage.folder import Folder
from retention.tests.engine import folder, kept, status_of
from retention.tests.factories import CONTENT, recording, used
from retention.tests.moved_clock import MovedClock
from workflow.clock import AMSTERDAM

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
NIGHT = datetime(2027, 3, 30, 2, tzinfo=AMSTERDAM)  # summer time began two days ago


@pytest.fixture
def storage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    found = folder(tmp_path)
    assert found.size("none") is None  # makes it
    monkeypatch.setattr(comparison, "recordings", lambda: found)
    monkeypatch.setattr(clearing, "recordings", lambda: found)
    return found


def leave(storage: Folder, key: str, *, days: int = 3) -> str:
    """A file that nobody told of, last written so many days of the Dutch calendar ago."""
    path = storage.root / key
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"vergeten")
    write_at(storage, key, used(days))
    return key


def write_at(storage: Folder, key: str, moment: datetime) -> None:
    os.utime(storage.root / key, (moment.timestamp(), moment.timestamp()))


def compared(storage: Folder) -> Comparison:
    found = comparison.compare(storage)
    assert found is not None
    return found


def counts(found: Comparison) -> tuple[int, int, int, int, int]:
    assert found.error == ""
    return found.files, found.young, found.unknown, found.returned, found.lost


def the_one() -> StorageIncident:
    return StorageIncident.objects.get()


def ways() -> list[tuple[str, str]]:
    return list(StorageIncident.objects.order_by("pk").values_list("kind", "outcome"))


def told(action: str) -> list[Entry]:
    return list(Entry.objects.filter(action=action, object_type="retention.storageincident"))


def test_when_all_is_right_it_says_so(storage: Folder) -> None:
    kept(storage, 3)
    recording(2)  # its file never came
    found = compared(storage)
    assert counts(found) == (1, 0, 0, 0, 0)
    assert (found.size, bool(found.ended_at), StorageIncident.objects.count()) == (len(CONTENT), True, 0)
    entry = Entry.objects.get(action="vergelijken")
    assert (entry.result, entry.data["files"], entry.object_id) == ("genomen", 1, str(found.pk))


def test_an_empty_storage_of_an_empty_register_is_right_too(storage: Folder) -> None:
    assert counts(compared(storage)) == (0, 0, 0, 0, 0)


def test_a_file_that_nobody_knows_is_put_on_record_once(storage: Folder) -> None:
    kept(storage, 3)
    key = leave(storage, "dock/vergeten.mp4", days=3)
    assert counts(compared(storage)) == (2, 0, 1, 0, 0)
    incident = the_one()
    assert (incident.kind, incident.key, incident.size, incident.ended_at) == ("onbekend", key, 8, None)
    assert incident.written_at == used(3)
    assert counts(compared(storage)) == (2, 0, 0, 0, 0)
    assert len(told("bestand_gevonden")) == StorageIncident.objects.count() == 1
    assert (storage.root / key).exists()


def test_a_file_may_come_before_its_metadata(storage: Folder) -> None:
    key = leave(storage, "dock/nieuw.mp4")
    write_at(storage, key, now() - 47 * HOUR)
    assert counts(compared(storage)) == (1, 1, 0, 0, 0)
    write_at(storage, key, now() - 49 * HOUR)
    assert counts(compared(storage)) == (1, 0, 1, 0, 0)


def test_a_file_of_tomorrow_is_not_waited_for(storage: Folder) -> None:
    leave(storage, "dock/morgen.mp4", days=-400)
    assert counts(compared(storage)) == (1, 0, 1, 0, 0)
    assert the_one().must_be_gone_by == must_be_gone_by(the_one().found_at)


def test_what_gets_its_recording_ends_by_itself(storage: Folder) -> None:
    leave(storage, "dock/a.mp4")
    compared(storage)
    found = recording(1, storage_key="dock/a.mp4")
    assert counts(compared(storage)) == (1, 0, 0, 0, 0)
    assert (the_one().outcome, the_one().recording) == ("bij_opname", found)
    assert (storage.root / "dock/a.mp4").exists()


def test_what_somebody_took_away_ends_by_itself(storage: Folder) -> None:
    leave(storage, "dock/a.mp4")
    compared(storage)
    (storage.root / "dock/a.mp4").unlink()
    compared(storage)
    assert ways() == [("onbekend", "verdwenen")]


@pytest.mark.parametrize(("days", "is_gone"), [(26, False), (27, True), (300, True)])
def test_what_nobody_knows_goes_on_its_27th_day(storage: Folder, clock: MovedClock, days: int, is_gone: bool) -> None:
    clock.to(NIGHT)
    leave(storage, "dock/a.mp4", days=days)
    compared(storage)
    clock.later(clearing.WAITS)
    tasks.compare_storage()
    assert (storage.root / "dock/a.mp4").exists() is not is_gone
    assert ways() == [("onbekend", "verwijderd" if is_gone else "")]
    assert len(told("bestand_afgesloten")) == is_gone


def test_what_becomes_due_goes_without_another_comparison(storage: Folder, clock: MovedClock) -> None:
    clock.to(NIGHT)
    leave(storage, "dock/a.mp4", days=26)
    compared(storage)
    clock.later(clearing.WAITS)
    StorageIncident.objects.update(written_at=used(27))
    tasks.compare_storage()
    assert (Comparison.objects.count(), ways()) == (1, [("onbekend", "verwijderd")])


def test_what_is_found_past_its_term_waits_until_privacy_officers_could_act(
    storage: Folder, clock: MovedClock, settings: Any
) -> None:
    settings.DESTRUCTION_VALVE = None
    officer = holder_of(Role.PRIVACY)
    clock.to(NIGHT)
    key = leave(storage, "van/iemand.doc", days=300)
    compared(storage)
    assert officer.notices.filter(body__contains="1 bestand in de opslag heeft geen opname").count() == 1
    clock.later(clearing.WAITS - timedelta(seconds=1))
    tasks.compare_storage()
    assert ((storage.root / key).exists(), astray.overdue().count()) == (True, 0)
    clock.later(timedelta(seconds=1))
    tasks.compare_storage()
    assert not (storage.root / key).exists()


def test_too_many_at_once_wait_for_a_privacy_officer(storage: Folder, clock: MovedClock, settings: Any) -> None:
    settings.DESTRUCTION_VALVE = 1
    officer = holder_of(Role.PRIVACY)
    clock.to(NIGHT)
    for key in ("b", "c"):
        leave(storage, key, days=30)
    last = compared(storage)
    assert officer.notices.filter(subject="Bestanden zonder opname wachten op u").count() == 1
    clearing.release(last, "Ze zijn van ons.", by=officer)
    assert clearing.waiting() == 0
    assert clearing.clear() == 2, "they are looked at, and need not wait"
    assert not astray.open_ones().exists()
    clock.later(HOUR)
    for key in ("d", "e"):
        leave(storage, key, days=30)
    compared(storage)
    clock.later(2 * DAY)
    assert astray.overdue().count() == clearing.waiting() == 2
    assert clearing.clear() == 0
    settings.DESTRUCTION_VALVE = 2
    assert clearing.clear() == 2


def test_nothing_goes_by_a_clock_that_is_not_trusted(
    storage: Folder, clock: MovedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave(storage, "a", days=30)
    compared(storage)
    clock.later(DAY)
    with monkeypatch.context() as patch:
        patch.setattr("retention.destroying.valve.worker_clock", lambda: now() + DAY)
        assert clearing.clear() == 0
    assert ways() == [("onbekend", "")]
    assert clearing.clear() == 1


def destroyed(storage: Folder) -> Recording:
    found = kept(storage, 27)
    assert review.review()
    assert destruction.destroy(storage) == 1
    return found


def test_what_came_back_after_its_destruction_is_destroyed_again(storage: Folder) -> None:
    gone = destroyed(storage)
    leave(storage, gone.storage_key, days=0)
    found = compared(storage)
    assert counts(found) == (1, 0, 0, 1, 0)
    assert (the_one().recording, the_one().outcome) == (gone, "verwijderd")
    assert storage.size(gone.storage_key) is None
    assert len(told("bestand_gevonden")) == len(told("bestand_afgesloten")) == 1


def test_what_only_the_list_shows_did_not_come_back(storage: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = destroyed(storage)
    monkeypatch.setattr(storage, "listing", lambda: iter([[Stored(gone.storage_key, 3, now())]]))
    assert counts(compared(storage)) == (1, 0, 0, 0, 0)
    leave(storage, gone.storage_key)
    assert counts(compared(storage)) == (1, 0, 0, 1, 0)


def test_what_is_destroyed_while_the_list_is_read_did_not_come_back(
    storage: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = kept(storage, 27)
    assert review.review()
    listing = storage.listing

    def late() -> Iterator[Sequence[Stored]]:
        whole = list(listing())
        destruction.destroy(storage)
        yield from whole

    monkeypatch.setattr(storage, "listing", late)
    assert counts(compared(storage)) == (1, 0, 0, 0, 0)
    assert status_of(found) == "vernietigd"
    assert not StorageIncident.objects.exists()


def test_a_recording_that_lost_its_file_is_told_of_before_its_last_day(storage: Folder) -> None:
    lost = kept(storage, 3)
    storage.delete([lost.storage_key])
    assert counts(compared(storage)) == (0, 0, 0, 0, 1)
    assert (the_one().recording, the_one().key) == (lost, lost.storage_key)
    assert counts(compared(storage)) == (0, 0, 0, 0, 0)
    storage.write(lost.storage_key, io.BytesIO(CONTENT), len(CONTENT), lost.sha256)
    compared(storage)
    assert ways() == [("vermist", "teruggevonden")]


def test_a_loss_goes_over_to_the_destruction_of_its_recording(storage: Folder) -> None:
    lost = kept(storage, 27)
    storage.delete([lost.storage_key])
    compared(storage)
    assert review.review()
    assert destruction.destroy(storage) == 0
    assert counts(compared(storage)) == (0, 0, 0, 0, 0)
    assert ways() == [("vermist", "overgenomen")]


def test_a_file_that_the_list_left_out_is_asked_for_before_it_is_called_lost(
    storage: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = kept(storage, 3)
    monkeypatch.setattr(storage, "listing", lambda: iter(()))
    assert counts(compared(storage)) == (0, 0, 0, 0, 0)
    storage.delete([found.storage_key])
    assert counts(compared(storage)) == (0, 0, 0, 0, 1)


def test_a_file_that_went_since_the_list_was_read_is_no_incident(
    storage: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = [Stored("weg", 3, now() - 3 * DAY), Stored("vreemde naam", 3, now() - 3 * DAY)]
    monkeypatch.setattr(storage, "listing", lambda: iter([listed]))
    assert counts(compared(storage)) == (2, 0, 1, 0, 0)
    assert the_one().key == "vreemde naam", "it cannot be asked for"


def test_a_list_that_breaks_off_concludes_nothing_about_the_rest(
    storage: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, lost, officer = kept(storage, 3), kept(storage, 3), holder_of(Role.PRIVACY)
    leave(storage, "a", days=3)
    leave(storage, "b", days=3)
    compared(storage)
    storage.delete([lost.storage_key, "b"])
    listing = storage.listing

    def broken() -> Iterator[Sequence[Stored]]:
        yield next(iter(listing()))[:1]
        raise StorageError("De schijf is stuk.")

    with monkeypatch.context() as patch:
        patch.setattr(storage, "listing", broken)
        found = compared(storage)
        again = compared(storage)
    assert (found.error, found.lost) == (again.error, 0) == ("De schijf is stuk.", 0)
    assert astray.open_ones().count() == 2
    assert Entry.objects.filter(action="vergelijken", result="mislukt").count() == 2
    assert officer.notices.filter(body__contains="De schijf is stuk.").count() == 1
    compared(storage)
    assert ways() == [("onbekend", ""), ("onbekend", "verdwenen"), ("vermist", "")]


@pytest.fixture
def other(tmp_path: Path) -> Folder:
    found = Folder(tmp_path / "ander", make=True)
    assert found.size("none") is None
    return found


@pytest.mark.parametrize(("number", "others"), [(1, 1), (comparison.ENOUGH - 1, 1), (comparison.ENOUGH, 0)])
def test_another_storage_makes_nothing_lost_and_nothing_nobodys(
    storage: Folder, other: Folder, number: int, others: int
) -> None:
    for _ in range(number):
        kept(storage, 3)
    for one in range(others):
        leave(other, f"van/iemand-{one}.doc", days=300)
    assert compared(other).error == comparison.ANOTHER
    assert not StorageIncident.objects.exists()
    assert len(list(other.root.glob("van/*"))) == others
    assert counts(compared(storage)) == (number, 0, 0, 0, 0)


def test_a_storage_that_lost_all_but_what_is_not_seen_yet_is_ours(storage: Folder) -> None:
    lost, coming = kept(storage, 3), recording(1)
    storage.delete([lost.storage_key])
    leave(storage, "zz/vergeten.mp4")
    assert compared(storage).error == comparison.ANOTHER
    leave(storage, coming.storage_key)
    assert counts(compared(storage)) == (2, 0, 1, 0, 1)


def test_nothing_is_cleared_from_another_storage(
    storage: Folder, other: Folder, clock: MovedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(storage, 3)
    compared(storage)
    for one in (storage, other):
        leave(one, "a", days=30)
    compared(storage)
    clock.later(DAY)
    with monkeypatch.context() as patch:
        for room in (comparison, clearing):
            patch.setattr(room, "recordings", lambda: other)
        assert compared(other).error == comparison.ANOTHER
        tasks.compare_storage()  # too soon to compare again
    assert ((other.root / "a").exists(), ways()) == (True, [("onbekend", "")])
    compared(storage)
    assert ways() == [("onbekend", "verwijderd")]


def test_once_a_night_however_often_beat_asks(storage: Folder) -> None:
    assert comparison.is_due()
    tasks.compare_storage()
    tasks.compare_storage()
    assert Comparison.objects.update(began_at=now() - 2 * DAY) == 1
    tasks.compare_storage()
    assert Comparison.objects.count() == 2


def test_what_was_not_finished_is_tried_again_after_an_hour(storage: Folder) -> None:
    Comparison.objects.create(began_at=now() - timedelta(minutes=30), ended_at=now(), error="Vol.")
    assert not comparison.is_due()
    Comparison.objects.update(began_at=now() - timedelta(minutes=60))
    assert comparison.is_due()


def test_what_cannot_be_destroyed_says_why(storage: Folder, clock: MovedClock) -> None:
    for key, days in (("vreemde naam", 30), ("twee", 30)):
        leave(storage, key, days=days)
    os.link(storage.root / "twee", storage.root / "drie")
    compared(storage)
    clock.later(DAY)
    assert clearing.clear() == 0
    errors = {one.key: one.last_error for one in astray.open_ones()}
    assert errors == {"vreemde naam": clearing.NO_NAME, "twee": errors["twee"], "drie": errors["twee"]}
    assert "andere naam" in errors["twee"]
    assert StorageIncident.objects.filter(sent_at=None).count() == 3, "nothing was deleted"


def test_a_link_that_somebody_left_does_not_keep_the_rest(storage: Folder) -> None:
    (storage.root / "link").symlink_to("/etc/passwd")
    leave(storage, "z", days=3)
    found = compared(storage)
    assert (found.error, found.files, [one.key for one in astray.open_ones()]) == ("", 2, ["z"])
