"""A list of destructions that is lost for good is written anew by the database that served, and by no other."""

import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from journal.models import Entry
from retention import destruction, ledger
from retention.models import Recording, Register
from retention.review import review
from retention.tests.engine import folder, kept
from retention.tests.older import UNMARKED, ask_again, go_back

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.listed]


@pytest.fixture
def destroyed(tmp_path: Path) -> list[Recording]:
    storage = folder(tmp_path)
    found = [kept(storage, 27) for _ in range(3)]
    review()
    assert destruction.destroy(storage) == 3
    return found


def lose(settings: Any) -> None:
    shutil.rmtree(settings.DESTRUCTION_LEDGER.removeprefix("file://"))
    ask_again()


def relist() -> None:
    try:
        call_command("relist_destructions", stdout=StringIO(), stderr=StringIO())
    finally:
        ask_again()


def test_a_lost_list_closes_the_register_until_it_is_written_anew(
    client: Client,
    destroyed: list[Recording],
    settings: Any,
    owner: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lose(settings)
    assert client.get("/inloggen/").status_code == 503
    monkeypatch.setattr("retention.relisting.BATCH", 2)
    relist()
    assert client.get("/inloggen/").status_code == 200
    names = ledger.names(str(Register.objects.get().pk))
    assert {line["source_id"] for name in names for line in ledger.read(name)} == {one.source_id for one in destroyed}
    assert len(names) == 2
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
