"""A missing file is closed by who declares it gone, and by nothing else."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from organisation.models import Person
from organisation.refusals import OrganisationRefused
from organisation.roles import Role
from organisation.tests.factories import holder_of
from retention.clock import now
from retention.destroying import destruction, losses
from retention.destroying.review import review
from retention.models import Destruction, Proof, Recording
from retention.overdue import overdue
from retention.storage import StorageError
from retention.storage.folder import Folder
from retention.tests.engine import entries, folder, kept, status_of
from retention.tests.factories import CONTENT

pytestmark = pytest.mark.django_db
REASONS = "De schijf van het dock is kapot en vernietigd."


@pytest.fixture
def storage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    found = folder(tmp_path)
    monkeypatch.setattr(losses, "recordings", lambda: found)
    return found


def lose(storage: Folder, **fields: Any) -> Recording:
    """Its file was there; somebody took it away, and the worker found nothing."""
    found = kept(storage, 29, **fields)
    storage.delete([found.storage_key])
    assert review()
    assert destruction.destroy(storage) == 0
    assert losses.is_missing(found)
    return found


def refusal(found: Recording, by: Person) -> str:
    before = Proof.objects.count()
    with pytest.raises(OrganisationRefused) as said:
        losses.declare(found, REASONS, by=by)
    assert Proof.objects.count() == before
    return str(said.value)


def test_what_is_declared_has_a_proof_by_whom_and_is_overdue_no_more(storage: Folder) -> None:
    lost, officer = lose(storage), holder_of(Role.PRIVACY)
    assert list(overdue()) == [lost]
    assert losses.declare(lost, REASONS, by=officer)
    proof = Proof.objects.get()
    said = (proof.recording_id, proof.how, proof.by, proof.reasons, proof.ground)
    assert said == (lost.pk, "verklaard", officer, REASONS, "termijn_verstreken")
    left = Recording.objects.get()
    assert (left.status, left.wearer, left.next_at) == ("vernietigd", "", None)
    [entry] = entries(lost, losses.DECLARE)
    assert (entry.actor, entry.role, entry.unit, entry.reason) == (officer.number, "privacyfunctionaris", "ON", REASONS)
    assert not overdue().exists()
    assert Destruction.objects.get().done_at
    assert refusal(lost, officer) == losses.NOT_MISSING


def test_who_wore_the_camera_and_who_is_no_privacy_officer_cannot(storage: Folder) -> None:
    officer = holder_of(Role.PRIVACY)
    lost = lose(storage, wearer=officer.number)
    assert refusal(lost, holder_of(Role.JUDGE, "ON")) == losses.NOT_YOURS
    assert refusal(lost, officer) == losses.OWN_RECORDING
    assert losses.declare(lost, REASONS, by=holder_of(Role.PRIVACY))


def test_a_file_that_turns_up_is_left_to_the_workers(storage: Folder) -> None:
    lost, officer = lose(storage), holder_of(Role.PRIVACY)
    storage.write(lost.storage_key, io.BytesIO(CONTENT), len(CONTENT), lost.sha256)
    assert not losses.declare(lost, REASONS, by=officer)
    assert not Proof.objects.exists()
    assert len(entries(lost, losses.FOUND)) == 1
    Destruction.objects.update(lease_until=now())
    assert destruction.destroy(storage) == 1
    assert (Proof.objects.get().how, status_of(lost)) == ("verwijderd", "vernietigd")


def test_a_storage_that_does_not_answer_leaves_it_open(storage: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    lost, officer = lose(storage), holder_of(Role.PRIVACY)

    def away(key: str) -> int:
        raise StorageError("weg")

    with monkeypatch.context() as patched:
        patched.setattr(storage, "size", away)
        assert refusal(lost, officer) == losses.NO_ANSWER
    assert losses.is_missing(lost)
    assert losses.declare(lost, REASONS, by=officer)


def test_the_database_wants_a_loss_a_person_and_reasons(storage: Folder) -> None:
    officer, at = holder_of(Role.PRIVACY), now()
    own = lose(storage, wearer=officer.number)
    run = Destruction.objects.get().run
    given: dict[str, Any] = {"run": run, "sha256": own.sha256, "ground": "x", "destroyed_at": at, "recording": own}
    declared = {"how": "verklaard", "reasons": REASONS}
    for values, words in (
        ({**declared, "by": officer}, "wore the camera"),
        ({**declared, "by": holder_of(Role.PRIVACY), "reasons": ""}, "declared_by_somebody_with_reasons"),
        ({**declared, "by": None}, "declared_by_somebody_with_reasons"),
        ({"how": "verwijderd", "by": officer}, "declared_by_somebody_with_reasons"),
    ):
        with pytest.raises(IntegrityError, match=words), transaction.atomic():
            Proof.objects.create(**given, **values)
    Destruction.objects.update(missing_at=None)
    with pytest.raises(IntegrityError, match="only what is missing"), transaction.atomic():
        Proof.objects.create(**given, **declared, by=holder_of(Role.PRIVACY))
    Destruction.objects.update(missing_at=at)
    Proof.objects.create(**given, **declared, by=holder_of(Role.PRIVACY))


def test_a_privacy_officer_is_asked_and_closes_it_on_the_page_of_the_run(storage: Folder) -> None:
    lost = lose(storage)
    client, auditor = Client(), Client()
    client.force_login(holder_of(Role.PRIVACY), "initiatives.backends.Backend")
    auditor.force_login(holder_of(Role.AUDITOR), "initiatives.backends.Backend")
    address = reverse("declare-loss", args=[lost.pk])
    run = reverse("destruction-run", args=[Destruction.objects.get().run_id])
    assert "1 vermist bestand uitzoeken" in client.get(reverse("my-work")).content.decode()
    assert address in client.get(run).content.decode()
    assert address not in auditor.get(run).content.decode()
    assert (client.post(address, {"reasons": " "}).status_code, Proof.objects.count()) == (400, 0)
    assert "De vermissing is afgesloten" in client.post(address, {"reasons": REASONS}, follow=True).content.decode()
    assert client.get(address).status_code == 409
    assert address not in client.get(run).content.decode()
    assert "verklaard door de privacyfunctionaris" in " ".join(auditor.get(run).content.decode().split())
