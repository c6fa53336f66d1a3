"""The list of destructions outside the database: it is there before the proof, says no more than a tombstone, and where
it cannot be written nothing is proven.
"""

import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from bodycams.serving import why_not
from organisation.refusals import OrganisationRefused
from organisation.roles import Role
from organisation.tests.factories import holder_of
from retention import ledger
from retention.destroying import destruction, losses
from retention.destroying.review import review
from retention.models import Destruction, Proof, Register, Run
from retention.storage.folder import Folder
from retention.tests.engine import entries, folder, kept, status_of
from retention.tests.factories import recording
from workflow.clock import now

pytestmark = [pytest.mark.django_db, pytest.mark.listed]


@pytest.fixture
def storage(tmp_path: Path) -> Folder:
    return folder(tmp_path)


def listed() -> list[dict[str, Any]]:
    return [line for name in ledger.names(str(Register.objects.get().pk)) for line in ledger.read(name)]


@pytest.fixture
def unwritable(settings: Any, tmp_path: Path) -> Path:
    """A place where a folder can neither be found nor made, of a register that read its list before."""
    assert not why_not()
    in_the_way = tmp_path / "in-the-way"
    in_the_way.touch()
    settings.DESTRUCTION_LEDGER = f"file://{in_the_way}/list"
    return in_the_way


def test_each_batch_is_one_object_with_tombstones_and_proofs(storage: Folder) -> None:
    found = [kept(storage, 27) for _ in range(3)] + [recording(days_ago=27)]
    review()
    assert destruction.destroy(storage, batch=3) == 4
    assert len(ledger.names(str(Register.objects.get().pk))) == 2
    lines = {line["source_id"]: line for line in listed()}
    assert lines.keys() == {one.source_id for one in found}
    line, proof = lines[found[0].source_id], Proof.objects.get(recording=found[0])
    assert {name: line[name] for name in ("source", "unit", "sha256", "storage_key", "owns_file", "ground", "how")} == {
        "source": "dock",
        "unit": "ON",
        "sha256": found[0].sha256,
        "storage_key": found[0].storage_key,
        "owns_file": True,
        "ground": proof.ground,
        "how": "verwijderd",
    }
    assert datetime.fromisoformat(line["destroyed_at"]) == proof.destroyed_at
    assert lines[found[3].source_id]["how"] == "nooit_ontvangen"


def test_it_tells_nobody_who_wore_the_camera_nor_anybodys_words(storage: Folder) -> None:
    kept(storage, 27, wearer="104899", announced=False, not_announced_reason="Er was geen tijd.")
    review()
    destruction.destroy(storage)
    (line,) = listed()
    assert not {"wearer", "not_announced_reason", "purpose", "case_reference"} & line.keys()
    assert "104899" not in str(line)


def test_nothing_destroyed_lists_nothing(storage: Folder) -> None:
    kept(storage, 26)
    review()
    destruction.destroy(storage)
    assert ledger.names(str(Register.objects.get().pk)) == []


def test_what_cannot_be_listed_is_not_proven_and_tried_again(storage: Folder, unwritable: Path) -> None:
    found, never = kept(storage, 27), recording(days_ago=27)
    review()
    assert destruction.destroy(storage) == 0
    assert (status_of(found), Proof.objects.count(), entries(found)) == ("te_beoordelen", 0, [])
    for intent in Destruction.objects.all():
        assert (intent.last_error, intent.done_at, intent.missing_at) == (ledger.NOT_WRITTEN, None, None)
        assert intent.lease_until
        assert intent.delete_sent_at, "the file may be gone by this"
    unwritable.unlink()
    Destruction.objects.update(lease_until=None)
    assert destruction.destroy(storage) == 2
    assert dict(Proof.objects.values_list("recording_id", "how")) == {
        found.pk: "afwezig_na_opdracht",
        never.pk: "nooit_ontvangen",
    }


def test_a_file_that_is_missing_stays_missing_when_the_list_fails(storage: Folder, unwritable: Path) -> None:
    """A failing list makes no proof of a loss, now or later."""
    missing, due = kept(storage, 27), kept(storage, 27)
    storage.delete([missing.storage_key])
    review()
    assert destruction.destroy(storage) == 0
    assert Destruction.objects.get(recording=missing).missing_at
    assert Destruction.objects.get(recording=due).last_error


def test_it_is_there_before_the_proof_is_committed(storage: Folder) -> None:
    """A worker that dies in between leaves it; the one that goes on lists it again, under another name or the same."""
    found = kept(storage, 27)
    review()
    claimed = destruction.claim(10)
    gone = storage.delete([found.storage_key])
    with transaction.atomic():
        destruction.settle(claimed, gone)
        transaction.set_rollback(True)
    assert not Proof.objects.exists()
    assert [line["source_id"] for line in listed()] == [found.source_id]
    assert destruction.settle(claimed, gone) == 1
    assert {line["source_id"] for line in listed()} == {found.source_id}


def test_a_loss_that_is_declared_is_listed_too(storage: Folder, settings: Any, tmp_path: Path) -> None:
    officer = holder_of(Role.PRIVACY)
    found = kept(storage, 27)
    storage.delete([found.storage_key])
    review()
    destruction.destroy(storage)
    works, settings.DESTRUCTION_LEDGER = settings.DESTRUCTION_LEDGER, f"file://{__file__}/list"
    with pytest.raises(OrganisationRefused, match="lijst van vernietigingen"):
        losses.declare(found, "De schijf is stuk.", by=officer, storage=storage)
    assert status_of(found) == "te_beoordelen"
    settings.DESTRUCTION_LEDGER = works
    assert losses.declare(found, "De schijf is stuk.", by=officer, storage=storage)
    (line,) = listed()
    assert (line["source_id"], line["how"]) == (found.source_id, "verklaard")
    assert "De schijf is stuk." not in str(line)


def test_an_object_that_was_changed_or_is_gone_is_found(storage: Folder, settings: Any) -> None:
    kept(storage, 27)
    review()
    destruction.destroy(storage)
    (name,) = ledger.names(str(Register.objects.get().pk))
    place = Path(settings.DESTRUCTION_LEDGER.removeprefix("file://")) / name
    content = place.read_bytes()
    place.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(ledger.LedgerError, match="beschadigd"):
        list(ledger.read(name))
    place.write_bytes(content)
    assert list(ledger.read(name))
    place.unlink()
    with pytest.raises(ledger.LedgerError, match="beschadigd"):
        list(ledger.read(name))


def place(settings: Any) -> Path:
    return Path(settings.DESTRUCTION_LEDGER.removeprefix("file://"))


def test_a_list_that_lacks_what_is_proven_here_is_another_one(storage: Folder, settings: Any) -> None:
    """Empty, of before, or gone; in batches of which the second has what was begun earlier as well."""
    assert not ledger.lacks(), "a new register destroyed nothing"
    kept(storage, 27)
    review()
    destruction.destroy(storage)
    earlier = ledger.names(register := str(Register.objects.get().pk))
    for _ in range(2):
        kept(storage, 27)
    review()
    first, second = destruction.claim(1), destruction.claim(1)
    destruction.settle(first + second, storage.delete([one.key for one in first + second]))
    assert not ledger.lacks()
    (newest,) = set(ledger.names(register)) - set(earlier)
    content = (place(settings) / newest).read_bytes()
    (place(settings) / newest).unlink()
    assert ledger.lacks(), "an older one"
    with pytest.raises(ledger.LedgerError, match="oudere lijst"):
        ledger.refuse_if_it_lacks()
    (place(settings) / newest).write_bytes(content)
    assert not ledger.lacks()
    for name in (*earlier, newest):
        (place(settings) / name).unlink()
    assert ledger.lacks(), "an empty one"
    shutil.rmtree(place(settings))
    with pytest.raises(ledger.LedgerError, match="kan niet worden gelezen"):
        ledger.lacks()


def test_a_retry_with_later_ones_is_found_by_its_line(storage: Folder, settings: Any) -> None:
    """Its object is named after the latest of them, which another run proved."""
    found = kept(storage, 27)
    review()
    claimed = destruction.claim(1)
    kept(storage, 27)
    review()
    claimed += destruction.claim(1)
    destruction.settle(claimed, storage.delete([one.key for one in claimed]))
    Run.objects.create(began_at=now())
    known = ledger.newest_known()
    assert known
    early = Destruction.objects.get(recording=found).point_of_no_return_at
    assert early
    assert early < known.at
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ledger, "newest_known", lambda: known._replace(at=early, source_id=found.source_id))
        assert not ledger.lacks()
        patch.setattr(ledger, "newest_known", lambda: known._replace(at=early, source_id="another"))
        assert ledger.lacks()


def test_a_place_that_was_there_is_not_made_again(storage: Folder, settings: Any) -> None:
    kept(storage, 27)
    review()
    assert destruction.destroy(storage) == 1, "the twin: the first destruction makes it"
    shutil.rmtree(place(settings))
    kept(storage, 27)
    review()
    assert destruction.destroy(storage) == 0
    assert not place(settings).exists()


def test_the_list_of_another_register_is_not_ours(storage: Folder) -> None:
    kept(storage, 27)
    review()
    destruction.destroy(storage)
    assert ledger.names(str(Register.objects.get().pk))
    assert ledger.names("00000000-0000-4000-8000-000000000000") == []
