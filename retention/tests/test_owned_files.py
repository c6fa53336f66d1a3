"""A file is of the first recording that named it, is shown only when it was received for that one, and is proven gone
only when it was told to go.
"""

from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from journal.models import Entry
from organisation.roles import Role
from organisation.tests.factories import holder_of
from retention import tasks
from retention.destroying import destruction
from retention.destroying.review import review
from retention.intake.batch import take_in
from retention.intake.content import look_for, mark_seen
from retention.models import Destruction, Proof, Recording
from retention.storage import StorageError, Untouched, WrongContent, recordings
from retention.storage.folder import Folder
from retention.tests.deliveries import a_token, deliver, item
from retention.tests.engine import kept, put, status_of
from retention.tests.factories import CONTENT, recording
from retention.tests.states import change
from retention.tests.test_api_content import send

pytestmark = pytest.mark.django_db
KEY = "am/geheim.mp4"
TYPED = {"purpose": "beoordelen", "reasons": "De dienst van gisteren."}


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Path) -> Folder:
    settings.RECORDINGS_STORAGE = f"file://{tmp_path}/recordings"
    found = recordings()
    assert isinstance(found, Folder)
    assert found.size("nothing") is None  # makes the folder
    return found


def stand(storage: Folder, key: str, content: bytes = CONTENT) -> None:
    """A file that came by other means than the API."""
    storage.write(key, BytesIO(content), len(content), sha256(content).hexdigest())


# --- whose it is ----------------------------------------------------------------------------------


def test_who_names_the_file_of_another_is_taken_in_and_has_none(client: Client, storage: Folder) -> None:
    mine = put(storage, recording(unit_code="AM", storage_key=KEY))
    dock = a_token(unit_code="ON")
    said = deliver(client, dock, [item(storage_key=KEY), item(), item(storage_key=KEY)]).json()
    assert [one["result"] for one in said] == ["created"] * 3
    assert ["bestand_van_ander" in one["marks"] for one in said] == [True, False, True]
    theirs = Recording.objects.get(pk=said[0]["id"])
    assert (theirs.owns_file, look_for(theirs)) == (False, False)
    answer = send(client, dock, theirs)
    assert (answer.status_code, "van een andere opname" in answer.json()["detail"]) == (409, True)
    client.force_login(holder_of(Role.JUDGE, "ON"))
    page: Any = client.post(f"/opnamen/{theirs.pk}/bekijken/", TYPED)
    assert [client.get(page.url).status_code, client.get(f"{page.url}beeld").status_code] == [503, 503]
    assert client.post(f"/opnamen/{theirs.pk}/downloaden/", {**TYPED, "purpose": "strafzaak"}).status_code >= 400
    assert storage.size(mine.storage_key)


def test_the_first_of_a_batch_has_it_and_what_was_there_counts_for_nothing() -> None:
    with transaction.atomic():
        first, second, third = (item(storage_key=KEY) for _ in range(3))
        take_in([first], None)
        take_in([{**first, "storage_key": "on/x.mp4"}, {**second, "storage_key": "on/x.mp4"}, third], None)
    owns = dict(Recording.objects.values_list("source_id", "owns_file"))
    assert owns == {first["source_id"]: True, second["source_id"]: True, third["source_id"]: False}


def test_the_database_keeps_it_so() -> None:
    mine, theirs = recording(storage_key=KEY), recording(storage_key=KEY, owns_file=False)
    for do in (
        lambda: recording(storage_key=KEY),
        lambda: change(theirs, owns_file=True),
        lambda: change(mine, owns_file=False),
        lambda: change(theirs, file_seen_at=mine.arrived_at),
    ):
        with pytest.raises(IntegrityError, match=r"a_file_is|a file stays"), transaction.atomic():
            do()
    assert change(mine, file_seen_at=mine.arrived_at).owns_file


def test_destroying_who_has_no_file_leaves_the_file(storage: Folder) -> None:
    mine = put(storage, recording(3, storage_key=KEY))
    theirs = recording(27, storage_key=KEY, owns_file=False)
    assert review()
    assert destruction.destroy(storage) == 1
    assert (Proof.objects.get().recording_id, Proof.objects.get().how) == (theirs.pk, "nooit_ontvangen")
    assert (status_of(mine), storage.size(KEY)) == ("te_beoordelen", len(CONTENT))


@pytest.mark.django_db(transaction=True)
def test_two_batches_that_name_the_same_files_at_once_both_come_in() -> None:
    start = Barrier(2)
    keys = [f"on/{n}.mp4" for n in range(20)]

    def one(of: list[str]) -> None:
        try:
            start.wait()
            with transaction.atomic():
                assert all(became.is_in for became in take_in([item(storage_key=key) for key in of], None))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(one, (keys, keys)))
    assert Recording.objects.count() == 2 * Recording.objects.filter(owns_file=True).count() == 40


# --- what was received ----------------------------------------------------------------------------


def test_a_file_that_came_by_other_means_is_seen_when_somebody_asks(client: Client, storage: Folder) -> None:
    found, other = recording(), recording()
    stand(storage, found.storage_key)
    stand(storage, other.storage_key, CONTENT[::-1])
    client.force_login(holder_of(Role.JUDGE, "ON"))
    pages: list[Any] = [client.post(f"/opnamen/{one.pk}/bekijken/", TYPED) for one in (found, other)]
    assert [client.get(f"{page.url}beeld").status_code for page in pages] == [200, 503]
    assert Recording.objects.get(file_seen_at__isnull=False) == found
    assert Entry.objects.get(action="bestand_wijkt_af").object_id == str(other.pk)


def test_every_hour_files_that_were_never_seen_are_looked_for(storage: Folder) -> None:
    found, other, never = recording(27), recording(), recording()
    stand(storage, found.storage_key)
    stand(storage, other.storage_key, CONTENT[::-1])
    for _ in range(2):
        tasks.look_for_files()
    assert list(Recording.objects.filter(file_seen_at__isnull=False)) == [found]
    assert Entry.objects.filter(action="bestand_wijkt_af").count() == 1
    assert not look_for(never)
    storage.delete([found.storage_key])
    assert review()
    assert destruction.destroy(storage) == 0, "it was there: not called never received"
    assert Destruction.objects.get(recording=found).missing_at


def test_the_same_file_twice_at_once_is_told_once() -> None:
    found = recording()
    assert [mark_seen(found), mark_seen(found)] == [True, False]


# --- a name under a name --------------------------------------------------------------------------


def test_a_name_under_that_of_a_file_is_absent_and_is_not_written(storage: Folder) -> None:
    stand(storage, "am/1.mp4")
    stand(storage, "am/2.mp4/x")
    for key in ("am/1.mp4/x", "am/2.mp4"):
        assert (storage.size(key), storage.open(key), storage.delete([key])) == (None, None, {key: "absent"})
        with pytest.raises(WrongContent, match="andere opslagsleutel"):
            stand(storage, key)
    assert (storage.size("am/1.mp4"), storage.size("am/2.mp4/x")) == (len(CONTENT), len(CONTENT))


def test_a_link_in_the_way_is_no_answer(storage: Folder, tmp_path: Path) -> None:
    (storage.root / "am").symlink_to(tmp_path)
    for ask in (lambda: storage.size("am/1.mp4"), lambda: stand(storage, "am/1.mp4")):
        with pytest.raises(StorageError, match="geen gewoon bestand"):
            ask()
    assert isinstance(storage.delete(["am/1.mp4"])["am/1.mp4"], StorageError)


# --- what a proof says ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "proofs"), [(Untouched("Weg."), []), (StorageError("Stuk."), ["afwezig_na_opdracht"])]
)
def test_absent_is_ours_only_when_we_may_have_deleted(
    storage: Folder, monkeypatch: pytest.MonkeyPatch, error: StorageError, proofs: list[str]
) -> None:
    found = kept(storage, 27)
    assert review()
    with monkeypatch.context() as patch:
        patch.setattr(storage, "delete_some", lambda keys: dict.fromkeys(keys, error))
        assert destruction.destroy(storage) == 0
    storage.delete([found.storage_key])
    Destruction.objects.update(lease_until=None)
    assert destruction.destroy(storage) == len(proofs)
    assert list(Proof.objects.values_list("how", flat=True)) == proofs
    assert bool(Destruction.objects.get().missing_at) is not bool(proofs)


def test_a_folder_that_is_not_attached_deleted_nothing(storage: Folder) -> None:
    kept(storage, 27)
    (storage.root / "~bodycamregister").unlink()
    assert review()
    assert destruction.destroy(storage) == 0
    assert Destruction.objects.get().delete_sent_at is None
