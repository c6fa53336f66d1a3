"""What the list of destructions lost, all of it or something in its middle, is noticed, told, and written in it again
by the database that served; by no other.
"""

import shutil
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from initiatives.models import Notice
from journal.models import Entry
from organisation.roles import Role
from organisation.tests.factories import holder_of
from retention import ledger, tasks
from retention.backups import restore
from retention.clock import now
from retention.comparing import comparison
from retention.destroying import destruction
from retention.destroying.review import review
from retention.ledger import relisting
from retention.models import Comparison, Recording, Register
from retention.tests.engine import folder, kept
from retention.tests.older import UNMARKED, ask_again, go_back

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.listed]


@pytest.fixture
def destroyed(tmp_path: Path) -> list[Recording]:
    storage = folder(tmp_path)
    found = [kept(storage, 27) for _ in range(3)]
    review()
    assert destruction.destroy(storage, batch=1) == 3
    return found


def lose(settings: Any) -> None:
    shutil.rmtree(settings.DESTRUCTION_LEDGER.removeprefix("file://"))
    ask_again()


def relist() -> str:
    said = StringIO()
    try:
        call_command("relist_destructions", stdout=said, stderr=StringIO())
    finally:
        ask_again()
    return said.getvalue()


def names() -> list[str]:
    return ledger.names(str(Register.objects.get().pk))


def test_what_is_lost_from_the_middle_is_noticed_told_and_mended(
    destroyed: list[Recording], settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The end of the list is there, so nothing closes; without it, a backup of before would show what is gone."""
    told = [holder_of(role) for role in (Role.PRIVACY, Role.ADMINISTRATOR)]
    (lost,) = ledger.read(names()[1])
    (Path(settings.DESTRUCTION_LEDGER.removeprefix("file://")) / names()[1]).unlink()
    assert not ledger.lacks()
    monkeypatch.setattr(comparison, "recordings", lambda: folder(tmp_path))
    tasks.compare_storage()
    found = Comparison.objects.get()
    assert (found.error, found.unlisted) == ("", 1)
    assert {Notice.objects.get(person=person).body.count("relist_destructions") for person in told} == {1}
    with pytest.raises(ledger.LedgerError, match=r"niet meer in de lijst .* staat: 1\."):
        relisting.refuse_if_it_lacks()
    with monkeypatch.context() as patch:
        patch.setattr(relisting, "_first_listed", lambda: now() + timedelta(days=1))
        assert relisting.lately_unlisted() == []
        assert "1 vernietiging die ontbrak, staat weer" in relist()  # also what was destroyed before there was a list
        entries = Entry.objects.count()
        assert relist().startswith("In de lijst van vernietigingen ontbrak niets."), "the twin"
        assert Entry.objects.count() == entries
    assert len(names()) == 3
    assert list(ledger.read(names()[1])) == [lost]
    relisting.refuse_if_it_lacks()
    monkeypatch.setattr(comparison, "is_due", lambda: True)
    tasks.compare_storage()
    assert [one.unlisted for one in Comparison.objects.order_by("pk")] == [1, 0]
    assert Notice.objects.count() == len(told), "the twin: nothing to tell"


def test_what_is_proven_while_the_list_is_read_is_not_missed(
    destroyed: list[Recording], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [[], names()]
    monkeypatch.setattr(ledger, "names", lambda of: answers[0] if len(answers) == 1 else answers.pop(0))
    assert relisting.unlisted() == []
    answers[:] = [[]]
    assert relisting.unlisted() == [one.pk for one in destroyed], "the twin"


def test_a_lost_list_closes_the_register_until_it_is_written_anew(
    client: Client,
    destroyed: list[Recording],
    settings: Any,
    owner: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = {"register": str(Register.objects.get().pk), "ledger": {"last": names()[-1]}}
    lose(settings)
    assert client.get("/inloggen/").status_code == 503
    with pytest.raises(ledger.LedgerError):
        restore._refuse_another_list(before)
    monkeypatch.setattr("retention.ledger.relisting.BATCH", 2)
    relist()
    assert client.get("/inloggen/").status_code == 200
    assert {line["source_id"] for name in names() for line in ledger.read(name)} == {one.source_id for one in destroyed}
    assert len(names()) == 2
    restore._refuse_another_list(before)
    assert Entry.objects.get(action="vernietigingen_opnieuw_vermeld").data["listed"] == 3
    go_back(owner)
    call_command("replay_destructions", stdout=StringIO(), stderr=StringIO())
    assert Recording.objects.filter(status="vernietigd", wearer="").count() == 3, "as with the first list"


def test_a_database_that_was_put_back_writes_no_list(
    client: Client, destroyed: list[Recording], settings: Any, owner: Callable[..., None]
) -> None:
    lose(settings)
    go_back(owner, UNMARKED)
    with pytest.raises(CommandError, match="teruggezet"):
        relist()
    assert client.get("/inloggen/").status_code == 503


def test_a_database_older_than_what_is_left_of_the_list_writes_no_list(
    client: Client, destroyed: list[Recording], owner: Callable[..., None]
) -> None:
    go_back(owner)
    with pytest.raises(CommandError, match="ouder dan de lijst"):
        relist()
    assert client.get("/inloggen/").status_code == 503
