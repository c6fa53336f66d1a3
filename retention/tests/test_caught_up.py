"""Nothing is served, and nothing done, from a database that does not know of everything that was destroyed."""

import shutil
import time
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command, get_commands
from django.db import transaction
from django.test import Client

from bodycams import serving
from bodycams.beat import SCHEDULE
from bodycams.celery import Served, app
from bodycams.tests.building import APPS
from journal.models import Entry
from organisation.roles import Role
from organisation.tests.factories import holder_of
from retention import ledger
from retention.destroying import destruction
from retention.destroying.review import review
from retention.ledger import caught_up
from retention.models import Proof
from retention.storage.folder import Folder
from retention.tests.engine import folder, kept
from retention.tests.older import BACK, UNMARKED, ask_again, go_back

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.listed]


@pytest.fixture
def storage(tmp_path: Path) -> Folder:
    return folder(tmp_path)


@pytest.fixture
def destroyed(storage: Folder) -> None:
    kept(storage, 27)
    review()
    assert destruction.destroy(storage) == 1


def ready(client: Client) -> Any:
    return client.get("/health/ready").json()["checks"]["caught_up"]


def test_a_copy_that_was_put_back_serves_no_page_and_no_program(client: Client, owner: Callable[..., None]) -> None:
    client.force_login(holder_of(Role.AUDITOR))
    assert client.get("/").status_code == 200
    assert ready(client)
    owner(UNMARKED)
    ask_again()
    for path in ("/", "/inloggen/", "/procedure/", "/opnamen/"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert "replay_destructions" in answer.content.decode()
    assert client.post("/inloggen/", {"username": "1"}).status_code == 503
    answer = client.get("/api/v1/recordings")
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    assert client.get("/health/live").status_code == 200
    assert not ready(client)
    call_command("replay_destructions", stdout=StringIO(), stderr=StringIO())
    assert client.get("/procedure/").status_code == 200
    assert ready(client)


def test_a_database_older_than_the_list_does_not_serve_however_it_came_back(
    client: Client, destroyed: None, owner: Callable[..., None]
) -> None:
    assert client.get("/inloggen/").status_code == 200
    go_back(owner)
    answer = client.get("/inloggen/")
    assert (answer.status_code, "ouder dan de lijst" in answer.content.decode()) == (503, True)
    call_command("replay_destructions", stdout=StringIO(), stderr=StringIO())
    assert client.get("/inloggen/").status_code == 200


def test_the_worker_does_nothing_and_destroys_nothing(
    storage: Folder, destroyed: None, owner: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    app.loader.import_default_modules()
    done: list[int] = []
    monkeypatch.setattr("journal.seals.seal", lambda: done.append(1))
    app.tasks["journal.tasks.seal_journal"]()
    owner(UNMARKED)
    ask_again()
    app.tasks["journal.tasks.seal_journal"]()
    assert done == [1]
    kept(storage, 27)
    review()
    assert destruction.destroy(storage) == 0
    assert Proof.objects.count() == 1


CLOSED = {
    "backup": ["new"],
    "create_api_token": ["Dashboard", "--role", "reader"],
    "demo": [],
    "import_recordings": ["new"],
    "load_test_data": ["--recordings", "1"],
    "publish_overview": [],
    "render_overview": ["--output", "new"],
    "review_recordings": [],
    "verify_overview": ["new"],
}
OPEN = {
    "export_journal": "the journal tells nothing of recordings, and is looked at when something is wrong",
    "explain_retention": "reckons, and reads nothing",
    "explain_term": "reckons, and reads holidays",
    "migrate": "shows nothing",
    "relist_destructions": "opens what may be opened, and refuses the rest by itself",
    "replay_destructions": "opens it",
    "restore": "replaces it",
    "seal_journal": "as export_journal",
    "verify_journal": "as export_journal",
}
"""Why each of these may run on a register that is closed."""


def test_a_command_shows_and_adds_nothing_either(
    owner: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = {name for name, app in get_commands().items() if str(app) in APPS}
    assert ours == {*CLOSED, *OPEN}
    monkeypatch.chdir(tmp_path)
    call_command("create_api_token", *CLOSED["create_api_token"], stdout=StringIO())
    entries = Entry.objects.count()
    owner(UNMARKED)
    ask_again()
    for name, words in CLOSED.items():
        with pytest.raises(CommandError, match="replay_destructions"):
            call_command(name, *words, stdout=StringIO(), stderr=StringIO())
    assert Entry.objects.count() == entries
    assert list(tmp_path.iterdir()) == []


def test_every_task_of_beat_is_one_that_waits() -> None:
    app.loader.import_default_modules()
    assert {type(app.tasks[one["task"]]).__mro__[1] for one in SCHEDULE.values()} == {app.Task}
    assert issubclass(app.Task, Served)


def test_a_restored_database_without_rights_says_the_same(
    client: Client, owner: Callable[..., None], settings: Any
) -> None:
    """What `pg_restore` makes of our dump by hand: the application was given nothing yet."""
    owner(f"REVOKE ALL ON retention_caughtup FROM {settings.APPLICATION_ROLE}")
    ask_again()
    assert client.get("/inloggen/").status_code == 503
    call_command("replay_destructions", stdout=StringIO(), stderr=StringIO())
    assert client.get("/inloggen/").status_code == 200, "and gives them, since it says that the register is open"


def test_what_was_begun_is_no_reason_to_close(storage: Folder, client: Client) -> None:
    """A worker was killed between list and commit: the list is ahead of the proof, and the database is not old."""
    found = kept(storage, 27)
    review()
    claimed = destruction.claim(10)
    gone = storage.delete([found.storage_key])
    with transaction.atomic():
        destruction.settle(claimed, gone)
        transaction.set_rollback(True)
    assert not Proof.objects.exists()
    ask_again()
    assert client.get("/inloggen/").status_code == 200


def unreadable(settings: Any) -> None:
    settings.DESTRUCTION_LEDGER = f"file://{__file__}/list"


def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than a minute, for what remembers until when."""
    for module in (caught_up, serving):
        then = time.monotonic() + 120
        monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda then=then: then))


def test_a_list_that_was_never_read_opens_nothing(client: Client, destroyed: None, settings: Any) -> None:
    works = settings.DESTRUCTION_LEDGER
    unreadable(settings)
    ask_again()
    answer = client.get("/inloggen/")
    assert (answer.status_code, "kan niet worden gelezen" in answer.content.decode()) == (503, True)
    settings.DESTRUCTION_LEDGER = works
    ask_again()
    assert client.get("/inloggen/").status_code == 200


def test_a_list_that_cannot_be_read_for_a_while_closes_nothing(
    client: Client, destroyed: None, owner: Callable[..., None], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And is asked again, on the same connection: then it is seen what was put in place meanwhile, whenever the review
    was held.
    """
    ask_again()
    assert client.get("/inloggen/").status_code == 200
    works = settings.DESTRUCTION_LEDGER
    unreadable(settings)
    monkeypatch.setattr(caught_up, "ASK_AGAIN", 0)
    monkeypatch.setattr(serving, "ASK_AGAIN", 0)
    later(monkeypatch)
    assert client.get("/inloggen/").status_code == 200
    assert not ready(client), "told to who watches"
    owner(*BACK, "INSERT INTO retention_run (began_at) VALUES (now())")
    settings.DESTRUCTION_LEDGER = works
    answer = client.get("/inloggen/")
    assert (answer.status_code, "ouder dan de lijst" in answer.content.decode()) == (503, True)
    unreadable(settings)
    monkeypatch.setattr(caught_up, "CLOSED", 0)
    caught_up.forget()
    assert client.get("/inloggen/").status_code == 503


@pytest.mark.parametrize("left", ["folder", "mark", "damage"])
def test_a_list_that_is_lost_or_damaged_is_not_an_empty_one(
    client: Client, destroyed: None, settings: Any, left: str
) -> None:
    ask_again()
    assert ready(client)
    place = Path(settings.DESTRUCTION_LEDGER.removeprefix("file://"))
    (object_,) = place.rglob("*.gz")
    if left == "folder":
        shutil.rmtree(place)
    elif left == "mark":
        object_.unlink()
    else:
        object_.write_bytes(object_.read_bytes()[:-9])
    ask_again()
    assert client.get("/inloggen/").status_code == 503
    assert not ready(client)
    with pytest.raises(CommandError, match="blijft dicht"):
        call_command("replay_destructions", stdout=StringIO(), stderr=StringIO())
    assert place.exists() == (left != "folder")


def test_health_asks_the_list_once_a_minute(client: Client, destroyed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[date | None] = []
    names = ledger.names

    def counted(of: str, on: date | None = None) -> list[str]:
        asked.append(on)
        return names(of, on)

    monkeypatch.setattr(ledger, "names", counted)
    ask_again()
    assert ready(client)
    times = len(asked)
    assert times
    assert ready(client)
    assert len(asked) == times
    later(monkeypatch)
    assert ready(client)
    assert len(asked) == 2 * times


@pytest.mark.parametrize("days", [0, 3, 400])
def test_the_end_of_the_list_is_found_however_long_ago(
    client: Client, destroyed: None, owner: Callable[..., None], days: int
) -> None:
    """Back to before anything, with a review that long ago."""
    go_back(owner, f"INSERT INTO retention_run (began_at) VALUES (now() - interval '{days} days 1 hour')")
    assert caught_up.why_not() == caught_up.BEHIND
