"""What was destroyed after the copy was made that is put back: the list gives it its tombstone again."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from bodycams.roles import as_owner
from journal.models import Entry
from organisation.models import Unit
from organisation.roles import Role
from organisation.tests.factories import holder_of
from retention.destroying import destruction, losses
from retention.destroying.review import review
from retention.intake.batch import take_in
from retention.ledger.replay import DECLARED, Replayed, replay
from retention.models import CaughtUp, Destruction, Proof, Recording, Run
from retention.storage.folder import Folder
from retention.tests.engine import entries, folder, kept
from retention.tests.factories import recording
from retention.tests.older import BACK, UNMARKED, go_back

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.listed]
KEPT = ("status", "wearer", "sha256", "storage_key", "owns_file", "used_from", "arrived_at", "unit_id", "size", "place")


@pytest.fixture
def storage(tmp_path: Path) -> Folder:
    return folder(tmp_path)


def destroyed(storage: Folder, number: int = 1) -> list[Recording]:
    found = [kept(storage, 27) for _ in range(number)]
    review()
    assert destruction.destroy(storage, batch=2) == number
    return found


def go_through() -> Replayed:
    with as_owner():
        return replay("Nagelopen.")


def tombstones() -> dict[str, Any]:
    return {one["source_id"]: one for one in Recording.objects.values("source_id", *KEPT)}


def proofs() -> dict[str, Any]:
    found = Proof.objects.values_list("recording__source_id", "sha256", "ground", "how", "destroyed_at")
    return {source_id: facts for source_id, *facts in found}


def test_what_an_old_copy_still_has_becomes_the_tombstone_that_it_was(
    storage: Folder, owner: Callable[..., None]
) -> None:
    found = destroyed(storage, 3)
    kept(storage, 3)
    before = tombstones(), proofs()
    go_back(owner, UNMARKED)
    assert set(Recording.objects.values_list("wearer", flat=True)) == {"104801"}, "the twin: readable again"
    said = go_through()
    assert (said.objects, said.listed, said.known, said.unknown, said.units) == (2, 3, 3, 0, ())
    assert (tombstones(), proofs()) == before
    run = Run.objects.get()
    assert (run.planned, str(run.by.number if run.by else "")) == (3, "0000")
    for one in found:
        intent = Destruction.objects.get(recording=one)
        assert intent.done_at
        assert intent.point_of_no_return_at
        (entry,) = entries(one, "vernietiging_overgenomen")
        assert entry.data["run"] == run.pk
    assert CaughtUp.objects.exists()
    assert Entry.objects.get(action="vernietigingen_nagelopen").data["known"] == 3


def test_what_arrived_and_went_after_the_copy_is_never_taken_in_again(
    storage: Folder, owner: Callable[..., None]
) -> None:
    (found,) = destroyed(storage)
    before = tombstones(), proofs()
    owner(*BACK, "ALTER TABLE retention_recording DISABLE TRIGGER USER", "DELETE FROM retention_recording")
    owner("ALTER TABLE retention_recording ENABLE TRIGGER USER")
    said = go_through()
    assert (said.known, said.unknown) == (0, 1)
    assert (tombstones(), proofs()) == before
    item = {"source": found.source, "source_id": found.source_id, "unit": "ON"}
    (outcome,) = take_in([item], None)
    assert (outcome.result, outcome.state) == ("exists", "vernietigd")


def test_again_changes_nothing(storage: Folder, owner: Callable[..., None]) -> None:
    destroyed(storage)
    go_back(owner)
    assert [go_through().lost, go_through().lost] == [1, 0]
    assert (Proof.objects.count(), Run.objects.count()) == (1, 1)


def test_what_was_begun_in_the_copy_gets_the_proof_that_the_list_has(
    storage: Folder, owner: Callable[..., None]
) -> None:
    found = kept(storage, 27)
    review()
    claimed = destruction.claim(10)
    gone = storage.delete([found.storage_key])
    with transaction.atomic():
        destruction.settle(claimed, gone)
        transaction.set_rollback(True)
    assert go_through().known == 1
    assert Proof.objects.get(recording=found).how == "verwijderd"
    assert destruction.settle(claimed, gone) == 0, "whoever comes late finds it done"


def test_a_unit_that_came_later_is_there_by_its_code(storage: Folder, owner: Callable[..., None]) -> None:
    Unit.objects.create(code="XX", name="Nieuw", sort_name="nieuw", kind=Unit.Kind.DIVISION, valid_from="2026-01-01")
    kept(storage, 27, unit_code="XX")
    review()
    destruction.destroy(storage)
    owner(*BACK, "ALTER TABLE retention_recording DISABLE TRIGGER USER", "DELETE FROM retention_recording")
    owner(
        "ALTER TABLE retention_recording ENABLE TRIGGER USER",
        "UPDATE organisation_unit SET code = 'YY' WHERE code = 'XX'",
    )
    assert go_through().units == ("XX",)
    assert Recording.objects.get().unit == Unit.objects.get(code="XX")


def test_a_declared_loss_stays_declared(storage: Folder, owner: Callable[..., None]) -> None:
    found = kept(storage, 27)
    storage.delete([found.storage_key])
    review()
    destruction.destroy(storage)
    losses.declare(found, "De schijf is stuk.", by=holder_of(Role.PRIVACY), storage=storage)
    go_back(owner)
    go_through()
    proof = Proof.objects.get()
    assert (proof.how, proof.reasons, proof.by and proof.by.number) == ("verklaard", DECLARED, "0000")


def test_the_guards_stand_again_afterwards(storage: Folder, owner: Callable[..., None]) -> None:
    destroyed(storage)
    go_back(owner)
    go_through()
    young = recording(days_ago=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Recording.objects.filter(pk=young.pk).update(status="vernietigd", wearer="", not_announced_reason="")


def test_a_damaged_list_changes_nothing_and_nothing_opens(
    storage: Folder, owner: Callable[..., None], settings: Any
) -> None:
    destroyed(storage, 3)
    go_back(owner, UNMARKED)
    place = Path(settings.DESTRUCTION_LEDGER.removeprefix("file://"))
    broken = sorted(place.rglob("*.gz"))[1]
    broken.write_bytes(broken.read_bytes()[:-9])
    with pytest.raises(CommandError, match=r"beschadigd.*blijft dicht"):
        call_command("replay_destructions", stderr=StringIO())
    assert not Proof.objects.exists()
    assert not CaughtUp.objects.exists()


def test_sessions_end_and_the_application_cannot_do_this(storage: Folder, client: Any) -> None:
    client.force_login(holder_of(Role.AUDITOR))
    assert client.get("/").status_code == 200
    destroyed(storage, 1)
    out = StringIO()
    call_command("replay_destructions", "--json", stdout=out, stderr=StringIO())
    assert out.getvalue().startswith("1 regel nagelopen. 0 opnamen die hier nog stonden, zijn nu ook hier vernietigd.")
    assert '"lost": 0' in out.getvalue()
    assert client.get("/").status_code == 302
    with pytest.raises(Exception, match=r"permission denied|must be owner"):
        replay("-")
    assert connection.is_usable()
