"""Destroying files that are astray: by whom, never a recording's, and what the database refuses."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from journal.models import Entry
from organisation.models import Person
from organisation.refusals import OrganisationRefused
from organisation.roles import Role
from organisation.tests.factories import holder_of
from retention.clock import now
from retention.comparing import clearing, comparison
from retention.heartbeat import storage_in_time
from retention.intake import content
from retention.models import Comparison, ComparisonRelease, Recording, StorageIncident
from retention.storage import StorageError
from retention.storage.folder import Folder
from retention.tests.engine import folder, kept
from retention.tests.factories import recording, used
from retention.tests.moved_clock import MovedClock

pytestmark = pytest.mark.django_db
REASONS = "Het is een proefbestand van het dock."
DAY = timedelta(days=1)


@pytest.fixture
def storage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    found = folder(tmp_path)
    assert found.size("none") is None  # makes it
    monkeypatch.setattr(clearing, "recordings", lambda: found)
    monkeypatch.setattr(content, "recordings", lambda: found)
    return found


def stray(storage: Folder, key: str = "vergeten.mp4", *, days: int = 3) -> StorageIncident:
    path = storage.root / key
    path.write_bytes(b"vergeten")
    at = used(days).timestamp()
    os.utime(path, (at, at))
    assert comparison.compare(storage)
    return StorageIncident.objects.get(key=key)


def again(incident: StorageIncident) -> StorageIncident:
    return StorageIncident.objects.get(pk=incident.pk)


def visit(who: Person) -> Client:
    client = Client()
    client.force_login(who, "initiatives.backends.Backend")
    return client


def text_of(client: Client, name: str) -> str:
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def refused(incident: StorageIncident, by: Person) -> str:
    with pytest.raises(OrganisationRefused) as said:
        clearing.order(incident, REASONS, by=by)
    return str(said.value)


def test_a_privacy_officer_has_a_file_destroyed_before_its_time(storage: Folder) -> None:
    found, officer = stray(storage), holder_of(Role.PRIVACY)
    assert refused(found, holder_of(Role.JUDGE, "ON")) == clearing.NOT_YOURS
    assert (storage.root / found.key).exists()
    assert clearing.order(found, REASONS, by=officer)
    assert not (storage.root / found.key).exists()
    left = again(found)
    assert (left.outcome, left.ordered_by, left.reasons) == ("verwijderd", officer, REASONS)
    entry = Entry.objects.get(action="bestand_vernietigen")
    assert (entry.actor, entry.role, entry.reason) == (officer.number, "privacyfunctionaris", REASONS)
    assert refused(found, officer) == clearing.NOT_OPEN


def test_what_has_a_recording_by_now_stays(storage: Folder) -> None:
    found, officer = stray(storage), holder_of(Role.PRIVACY)
    recording(0, storage_key=found.key)
    assert refused(found, officer) == clearing.NOT_OPEN
    assert ((storage.root / found.key).exists(), again(found).outcome) == (True, "bij_opname")


def test_a_storage_that_fails_is_tried_again_and_nothing_is_called_gone(
    storage: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, officer = stray(storage), holder_of(Role.PRIVACY)

    def fails(keys: Any) -> Any:
        raise StorageError("De schijf is stuk.")

    with monkeypatch.context() as patch:
        patch.setattr(storage, "delete_some", fails)
        assert not clearing.order(found, REASONS, by=officer)
        assert [clearing.clear() for _ in range(4)] == [0] * 4
    assert (again(found).last_error, again(found).attempts) == ("De schijf is stuk.", 5)
    assert Entry.objects.filter(action="bestand_vernietigen", result="mislukt").count() == 1
    assert refused(found, officer) == clearing.ORDERED
    (storage.root / found.key).unlink()
    assert clearing.clear() == 1
    assert (again(found).outcome, again(found).last_error) == ("afwezig_na_opdracht", "")


def test_what_went_before_anybody_told_the_storage_is_not_called_destroyed(storage: Folder) -> None:
    found = stray(storage)
    (storage.root / found.key).unlink()
    address = reverse("destroy-stray", args=[found.pk])
    answer = visit(holder_of(Role.PRIVACY)).post(address, {"reasons": REASONS}, follow=True)
    assert "was er al niet meer" in answer.content.decode()
    assert again(found).outcome == "verdwenen"


def send(found: StorageIncident) -> None:
    StorageIncident.objects.filter(pk=found.pk).update(
        sent_at=now(), attempts=1, ordered_by=holder_of(Role.PRIVACY), ordered_at=now(), reasons=REASONS
    )


def test_what_is_being_destroyed_is_not_seen_for_a_recording_that_comes_now(storage: Folder) -> None:
    found = stray(storage)
    send(found)
    late = recording(0, storage_key=found.key)
    assert not content.mark_seen(late)
    with pytest.raises(content.NotReceived, match="wordt nu vernietigd") as said:
        content._refuse_what_leaves(late)
    assert said.value.code == 503
    with pytest.raises(IntegrityError, match="not seen for a recording"), transaction.atomic():
        Recording.objects.filter(pk=late.pk).update(file_seen_at=now())
    clearing.clear()  # it is the recording's now
    assert again(found).outcome == "bij_opname"
    assert content.mark_seen(late)


def test_the_database_never_lets_a_recordings_file_go_as_one_that_is_astray(storage: Folder) -> None:
    found = stray(storage)
    owner = recording(0, storage_key=found.key)
    with pytest.raises(IntegrityError, match="the file of a recording"), transaction.atomic():
        send(found)
    assert owner.owns_file


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"key": "ander"}, "stays as it was found"),
        ({"found_at": now}, "stays as it was found"),
        ({"sent_at": now}, "its time has not come"),
        ({"ended_at": now}, "an_incident_ends_in_some_way"),
        ({"ended_at": now, "outcome": "verwijderd"}, "destroyed_after_the_storage_was_told"),
        ({"reasons": "Omdat."}, "ordered_by_somebody_with_reasons"),
        ({"kind": "vermist"}, "stays as it was found"),
    ],
)
def test_the_database_keeps_what_was_found(storage: Folder, changes: dict[str, Any], words: str) -> None:
    found = stray(storage)
    values = {name: value() if callable(value) else value for name, value in changes.items()}
    with pytest.raises(IntegrityError, match=words), transaction.atomic():
        StorageIncident.objects.filter(pk=found.pk).update(**values)
    with pytest.raises(IntegrityError, match="stays on record"), transaction.atomic():
        found.delete()
    StorageIncident.objects.filter(pk=found.pk).update(ended_at=now(), outcome="verdwenen")
    with pytest.raises(IntegrityError, match="stays as it was found"), transaction.atomic():
        StorageIncident.objects.filter(pk=found.pk).update(outcome="bij_opname")


def test_the_database_gives_privacy_officers_their_hours(storage: Folder, clock: MovedClock) -> None:
    """To the second as many as the code; or until one of them released it."""
    found, second = stray(storage, days=30), timedelta(seconds=1)

    def send_it() -> None:
        with transaction.atomic():
            StorageIncident.objects.filter(pk=found.pk).update(sent_at=now(), attempts=1)
            transaction.set_rollback(True)

    clock.to(found.found_at + clearing.WAITS - second)
    with pytest.raises(IntegrityError, match="nobody could act on it yet"):
        send_it()
    clock.later(second)
    send_it()
    clock.to(found.found_at + second)
    with pytest.raises(IntegrityError, match="nobody could act on it yet"):
        send_it()
    told = {"by": holder_of(Role.PRIVACY), "reasons": REASONS, "at": found.found_at}
    ComparisonRelease.objects.create(comparison=found.found_in, **told)
    send_it()


def test_one_file_has_one_open_incident(storage: Folder) -> None:
    found, at = stray(storage), now()
    told: dict[str, Any] = {"kind": "onbekend", "key": found.key, "size": 1, "written_at": at, "found_at": at}
    told |= {"found_in": found.found_in, "seen_in": found.found_in}
    with pytest.raises(IntegrityError, match="one_open_incident"), transaction.atomic():
        StorageIncident.objects.create(**told)
    StorageIncident.objects.filter(pk=found.pk).update(ended_at=at, outcome="verdwenen")
    StorageIncident.objects.create(**told)


def test_health_says_that_a_file_is_still_there_too_long(storage: Folder, clock: MovedClock) -> None:
    found = stray(storage, days=28)
    assert storage_in_time(), "it was found too late to be in time"
    clock.later(DAY)
    assert again(found).must_be_gone_by < now()
    assert not storage_in_time()
    clearing.clear()
    assert storage_in_time()


# --- the page -------------------------------------------------------------------------------------


def test_the_page_says_that_nothing_was_compared_and_then_that_all_is_right(storage: Folder) -> None:
    auditor = visit(holder_of(Role.AUDITOR))
    assert "Er is nog niet vergeleken" in text_of(auditor, "storage-compared")
    kept(storage, 3)
    assert comparison.compare(storage)
    text = text_of(auditor, "storage-compared")
    assert "Alles klopt." in text
    assert "laatste vergelijking" in text


def test_the_page_lists_what_is_wrong_and_a_privacy_officer_has_it_destroyed(storage: Folder) -> None:
    _, lost, found = kept(storage, 3), kept(storage, 3), stray(storage)
    storage.delete([lost.storage_key])
    assert comparison.compare(storage)
    officer, auditor = visit(holder_of(Role.PRIVACY)), visit(holder_of(Role.AUDITOR))
    assert "2 meldingen over de opslag uitzoeken" in text_of(officer, "my-work")
    text, address = text_of(officer, "storage-compared"), reverse("destroy-stray", args=[found.pk])
    for words in (found.key, "Bestand zonder opname", lost.source_id, reverse("recording", args=[lost.pk]), address):
        assert words in text
    assert address not in text_of(auditor, "storage-compared")
    assert officer.post(address, {"reasons": " "}).status_code == 400
    assert (storage.root / found.key).exists()
    assert "is vernietigd" in officer.post(address, {"reasons": REASONS}, follow=True).content.decode()
    assert (officer.get(address).status_code, officer.post(address, {"reasons": REASONS}).status_code) == (409, 409)
    assert "op verzoek van de privacyfunctionaris" in text_of(auditor, "storage-compared")


def test_the_page_says_what_waits_and_a_privacy_officer_lets_it_go(storage: Folder, settings: Any) -> None:
    settings.DESTRUCTION_VALVE = 0
    found = stray(storage, days=30)
    officer, auditor = visit(holder_of(Role.PRIVACY)), visit(holder_of(Role.AUDITOR))
    address = reverse("release-files")
    assert "1 bestand wacht op uw vrijgave." in text_of(officer, "my-work")
    assert address in text_of(officer, "storage-compared")
    text = text_of(auditor, "storage-compared")
    assert ("1 bestand moet weg" in text, address in text) == (True, False)
    assert (officer.post(address, {"reasons": ""}).status_code, ComparisonRelease.objects.count()) == (400, 0)
    assert officer.post(address, {"reasons": REASONS}).status_code == 302
    assert officer.get(address).status_code == 409
    assert clearing.clear() == 1
    assert again(found).outcome == "verwijderd"


def test_the_page_says_that_a_comparison_was_not_finished(storage: Folder) -> None:
    Comparison.objects.create(began_at=now(), ended_at=now(), error="De schijf is stuk.", young=2)
    text = text_of(visit(holder_of(Role.AUDITOR)), "storage-compared")
    assert "De laatste vergelijking is niet afgemaakt" in text
    assert "2 bestanden wachten nog op gegevens van het dock" in text
    assert "Alles klopt" not in text


def test_the_list_of_comparisons_goes_on(storage: Folder) -> None:
    Comparison.objects.bulk_create(Comparison(began_at=now(), ended_at=now()) for _ in range(40))
    auditor = visit(holder_of(Role.AUDITOR))
    assert "Volgende" in text_of(auditor, "storage-compared")
    assert auditor.get(reverse("storage-compared"), {"pagina": "x"}).status_code == 400
