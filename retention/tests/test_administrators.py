"""What only administrators can mend is told to them, and the storage is not compared again for it."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from initiatives.models import Notice
from initiatives.tests.pages import as_person, text
from journal.models import Entry
from organisation.roles import Role
from organisation.tests.factories import holder_of
from retention import administrators, ledger
from retention.backups import databases
from retention.clock import now
from retention.comparing import comparison
from retention.destroying import destruction
from retention.destroying.review import review
from retention.ledger import relisting
from retention.models import Comparison, Recording, Register
from retention.shown.astray import state_of
from retention.storage.folder import Folder
from retention.tests.engine import folder, kept

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def storage(tmp_path: Path) -> Folder:
    return folder(tmp_path)


@pytest.fixture
def destroyed(storage: Folder) -> list[Recording]:
    found = [kept(storage, 27) for _ in range(2)]
    review()
    assert destruction.destroy(storage, batch=1) == 2
    return found


@pytest.fixture
def place(settings: Any) -> Callable[[str], Path]:
    """Where an object of the list is."""
    return lambda name: Path(settings.DESTRUCTION_LEDGER.removeprefix("file://")) / name


def names() -> list[str]:
    return ledger.names(str(Register.objects.get().pk))


def compared(storage: Folder) -> Comparison:
    found = comparison.compare(storage)
    assert found
    return found


def test_a_damaged_list_is_told_to_who_can_mend_it_and_the_storage_is_compared(
    storage: Folder, destroyed: list[Recording], place: Callable[[str], Path]
) -> None:
    officer, _ = (holder_of(role) for role in (Role.PRIVACY, Role.ADMINISTRATOR))
    whole = place(names()[0]).read_bytes()
    place(names()[0]).write_bytes(b"")
    for _ in range(2):
        found = compared(storage)
        administrators.tell()
        assert (found.error, "beschadigd. Zet" in found.list_error, comparison.is_due()) == ("", True, False)
        assert [one.body.count("beschadigd. Zet") for one in Notice.objects.all()] == [1, 1], "once a day"
    assert (state_of(found), found.unlisted) == ("klaar, zonder de lijst van vernietigingen", 0)
    assert {one.result for one in Entry.objects.filter(action="vergelijken")} == {"mislukt"}
    assert "De lijst van vernietigingen is niet nagekeken." in text(as_person(officer).get(reverse("storage-compared")))
    place(names()[0]).write_bytes(whole)
    found = compared(storage)
    assert (found.error, found.list_error, state_of(found)) == ("", "", "klaar"), "the twin"


def test_administrators_are_told_once_a_day_however_often_it_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    at, told = now(), holder_of(Role.ADMINISTRATOR)
    monkeypatch.setattr(administrators, "now", lambda: at)
    monkeypatch.setattr(databases, "kept", lambda: ["register_before_restore_20200101_000000_000"])
    administrators.tell()
    assert not Notice.objects.exists(), "nothing was compared today"
    for error in ("", "Vol.", "Vol."):
        Comparison.objects.create(began_at=at, ended_at=at, error=error)
        administrators.tell()
        administrators.tell()
    assert Notice.objects.get().person == told
    Comparison.objects.exclude(administrators_told_at=None).update(administrators_told_at=at - 2 * DAY)
    administrators.tell()
    assert Notice.objects.count() == 2, "the twin: another day"


def test_at_night_no_more_is_read_than_what_a_backup_could_bring_back(
    destroyed: list[Recording], place: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    old = ledger.name_of(str(Register.objects.get().pk), now() - 60 * DAY, "0" * 64)
    place(old).parent.mkdir(parents=True)
    place(old).write_bytes(b"damaged")
    assert relisting.lately_unlisted() == []
    place(names()[-1]).unlink()
    assert relisting.lately_unlisted() == [destroyed[1].pk]
    with pytest.raises(ledger.LedgerError, match="beschadigd"):
        relisting.unlisted()
    monkeypatch.setattr(relisting, "LATELY", timedelta())
    assert relisting.lately_unlisted() == [], "the twin: it is the age that counts"
