"""A backup, and putting it back: with everything, and with nothing of what was destroyed since."""

import os
import stat
import subprocess
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.test import Client

from bodycams import heartbeat
from bodycams.roles import as_owner
from conftest import run_as_owner
from initiatives.models import Notice
from journal import anchors, seals, verify
from journal.models import Entry
from journal.write import record
from organisation.roles import Role
from organisation.tests.factories import holder_of
from retention import administrators
from retention.backups import databases, make, manifest, programs
from retention.clock import now
from retention.destroying import destruction
from retention.destroying.review import review
from retention.models import CaughtUp, Comparison, Hold, Proof, Recording
from retention.storage.folder import MARK, Folder
from retention.tests.backups import back_up, call, clean
from retention.tests.engine import folder, hold, kept, put
from retention.tests.factories import recording
from retention.tests.older import ask_again

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.alone, pytest.mark.listed]


_clean = pytest.fixture(autouse=True)(clean)


@pytest.fixture
def storage(tmp_path: Path) -> Folder:
    return folder(tmp_path)


def destroy_what_is_due(storage: Folder) -> None:
    review()
    assert destruction.destroy(storage)


def open_to(client: Client) -> bool:
    ask_again()
    return client.get("/inloggen/").status_code == 200


def test_destroyed_after_the_backup_is_not_readable_again(storage: Folder, tmp_path: Path, client: Client) -> None:
    """The twin stands in the middle: what is put back by hand has it all again, and serves nothing of it."""
    due, young = kept(storage, 27, wearer="104899"), kept(storage, 3)
    place = tmp_path / "backup"
    said = call("backup", place)
    assert said["verified"]
    destroy_what_is_due(storage)
    later = put(storage, recording(days_ago=27))
    destroy_what_is_due(storage)
    known = proofs()
    hold(young, holder_of(Role.PRIVACY))

    by_hand(place)
    assert dict(Recording.objects.values_list("source_id", "wearer")) == {
        due.source_id: "104899",
        young.source_id: "104801",
    }
    assert not CaughtUp.objects.exists()
    assert not open_to(client)
    connection.close()
    said = call("restore", place)
    assert (said["destructions"]["known"], said["destructions"]["unknown"]) == (1, 1)
    assert proofs() == known
    assert states() == {due.source_id: "vernietigd", later.source_id: "vernietigd", young.source_id: "te_beoordelen"}
    assert set(Recording.objects.filter(status="vernietigd").values_list("wearer", flat=True)) == {""}
    assert not Hold.objects.exists()
    assert open_to(client)
    assert Comparison.objects.get().ended_at, "storage and register were compared again"
    destroy_nothing(storage)


def states() -> dict[str, str]:
    return dict(Recording.objects.values_list("source_id", "status"))


def proofs() -> set[tuple[Any, ...]]:
    return set(Proof.objects.values_list("recording__source_id", "sha256", "how", "destroyed_at"))


def by_hand(place: Path) -> None:
    """Somebody throws the database away and uses `pg_restore`, as the application's role is then given its rights."""
    name = empty()
    owner = settings.MIGRATE_DATABASE
    subprocess.run(
        [
            programs.program("pg_restore"),
            *("--no-owner", "--no-privileges", "--exit-on-error", f"--dbname={name}", f"--host={owner['HOST']}"),
            *(f"--port={owner['PORT']}", f"--username={owner['USER']}", str(place / manifest.DATABASE)),
        ],
        env={**os.environ, "PGPASSWORD": owner["PASSWORD"]},
        check=True,
    )
    call_command("migrate", verbosity=0)


def empty() -> str:
    """The name of the database, of which nothing is left."""
    name = str(connection.settings_dict["NAME"])
    connection.close()
    run_as_owner(f"DROP DATABASE {name} WITH (FORCE)", f"CREATE DATABASE {name} TEMPLATE template0")
    return name


def destroy_nothing(storage: Folder) -> None:
    review()
    assert destruction.destroy(storage) == 0


def test_everything_else_comes_back_and_the_journal_says_what_did_not(tmp_path: Path, client: Client) -> None:
    record("proef", "Voor de reservekopie.")
    place = back_up(tmp_path / "backup")
    before = databases.present()
    for n in range(2):
        record("proef", f"Na de reservekopie {n}.")
        seals.seal(wait=True)
        anchors.follow()
    client.force_login(holder_of(Role.AUDITOR))
    at_the_time = anchors.path().read_text()
    said = call("restore", place)
    assert (databases.present(), [said["before"]]) == (before, databases.kept())
    assert [entry.data["sentence"] for entry in Entry.objects.filter(action="proef")] == ["Voor de reservekopie."]
    assert client.get("/").status_code == 302, "sessions ended"
    assert any("journaal" in sentence for sentence in said["undone"])
    _the_journal_says(said["cut_off"], at_the_time)


def _the_journal_says(cut_off: str, at_the_time: str) -> None:
    """From where it goes on; and an anchor of then is still there, and does not hold any more."""
    entry = Entry.objects.get(action=verify.RESTORED)
    assert entry.data["cut_off"] == cut_off == at_the_time.splitlines()[-1]
    assert "zijn van het journaal dat er niet meer is" in str(entry)
    anchors.follow()
    out = StringIO()
    call_command("verify_journal", stdout=out)
    assert out.getvalue().startswith("In orde")
    assert str(entry) in out.getvalue()
    (aside,) = anchors.path().parent.glob("journal-*")
    assert aside.read_text() == at_the_time
    anchors.path().write_text(at_the_time)
    assert verify.check().finding, "the twin: whoever holds a seal of then, is told that it is no more"


def test_who_may_make_no_databases_puts_it_back_into_an_empty_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record("proef", "Voor de reservekopie.")
    place = back_up(tmp_path / "backup")
    monkeypatch.setattr(databases, "may_create", lambda: False)
    refuse(place, "is niet leeg")
    empty()
    assert call("restore", place)["before"] == ""
    assert Entry.objects.filter(action="proef").exists()
    assert CaughtUp.objects.exists()


def test_a_backup_is_for_its_owner_and_says_what_it_holds(tmp_path: Path, settings: Any) -> None:
    settings.RECORDINGS_STORAGE = f"file://{tmp_path}/opnamen"
    with pytest.raises(CommandError, match="ligt in RECORDINGS_STORAGE"):
        call("backup", tmp_path / "opnamen" / "backup")
    place = tmp_path / "backup"
    place.mkdir()
    back_up(place)  # an empty folder will do
    assert {stat.S_IMODE(one.stat().st_mode) for one in place.iterdir()} == {0o600}
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    said = manifest.read(place)
    assert said["tables"]["organisation_unit"]
    assert not {"retention_caughtup", "django_session"} & said["tables"].keys()
    assert Entry.objects.filter(action="reservekopie_gemaakt").exists()
    with pytest.raises(CommandError, match="niet leeg"):
        call("backup", place)
    for name in (*manifest.PARTS, manifest.MANIFEST, manifest.SEAL):
        _refused_when_changed(place, name)
    with pytest.raises(CommandError, match="geen volledige reservekopie"):
        call("restore", tmp_path)


def _refused_when_changed(place: Path, name: str) -> None:
    """One bit, anywhere; or the whole file."""
    content = (place / name).read_bytes()
    middle = len(content) // 2
    flipped = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :] if content else b"?"
    for changed in (flipped, None):
        (place / name).unlink()
        if changed is not None:
            (place / name).write_bytes(changed)
        refuse(place, "Er is niets teruggezet")
        (place / name).write_bytes(content)


def refuse(place: Path, words: str) -> None:
    with pytest.raises(CommandError, match=words):
        call("restore", place)


def test_what_may_not_be_put_back_changes_nothing(
    storage: Folder, tmp_path: Path, owner: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others at work, a newer version, and a list of destructions that is not the one."""
    kept(storage, 27)
    destroy_what_is_due(storage)
    place = back_up(tmp_path / "backup")
    owner("SELECT 1")
    refuse(place, "1 verbinding met de database")
    heartbeat.write(heartbeat.WORKER)
    refuse(place, "worker")
    heartbeat.forget()
    (tmp_path / "another").mkdir()
    (tmp_path / "another" / MARK).touch()
    with monkeypatch.context() as patch:
        patch.setattr(settings, "DESTRUCTION_LEDGER", f"file://{tmp_path}/another")
        refuse(place, "lijst van vernietigingen van dit register")
    said = manifest.read(place)
    _write_again(place, {**said, "migrations": [*said["migrations"], "retention.9999_later"]})
    refuse(place, "nieuwere versie.*9999_later")
    _write_again(place, {**said, "postgresql": "99.1"})
    refuse(place, "deze server is ouder")
    assert Recording.objects.get().status == "vernietigd"


def test_an_emptied_list_is_refused_by_what_serves(storage: Folder, tmp_path: Path) -> None:
    """The backup is of before the first destruction, and would do with an empty list; but what serves knows more. The
    twin is every restore above: with its list.
    """
    kept(storage, 27)
    place = back_up(tmp_path / "backup")
    destroy_what_is_due(storage)
    for listed in Path(settings.DESTRUCTION_LEDGER.removeprefix("file://")).rglob("*.gz"):
        listed.unlink()
    refuse(place, "een lege of een oudere lijst")
    assert Recording.objects.get().status == "vernietigd"


def _write_again(place: Path, said: dict[str, Any]) -> None:
    manifest.write(place, {name: value for name, value in said.items() if name not in ("format", "files")})


def test_what_served_before_a_restore_is_thrown_away_after_28_days_and_no_sooner() -> None:
    """By the next backup; until there is one, administrators are told of it every night."""
    told, today = holder_of(Role.ADMINISTRATOR), date(2026, 11, 22)
    old, young = (f"{databases.present()}{databases.BEFORE}_{day}_225959_000" for day in ("20261023", "20261024"))
    with as_owner():
        for name in (old, young):
            databases.make(name)
    Comparison.objects.create(began_at=now(), ended_at=now())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(administrators, "local_date", lambda at: today)
        administrators.tell()
    (notice,) = Notice.objects.filter(person=told)
    assert (old in notice.body, young in notice.body) == (True, False)
    with as_owner():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(databases, "drop", refuse_to)
            assert "must be owner" in make.throw_away(today)[0]
        assert (databases.kept(), Entry.objects.filter(action=make.THROWN_AWAY).count()) == ([old, young], 0)
        for _ in range(2):
            assert make.throw_away(today) == [make.STAYS.format(young, "22 november 2026")]
        assert databases.kept() == [young]
    assert Entry.objects.get(action=make.THROWN_AWAY).data["name"] == old


def refuse_to(name: str) -> None:
    raise DatabaseError(f"must be owner of database {name}")


def test_a_dump_that_does_not_bring_everything_back_is_no_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(make, "fill", lambda *given: None)
    with pytest.raises(CommandError, match="heeft 0 rijen in plaats van"):
        call("backup", tmp_path / "backup")
    assert list(tmp_path.iterdir()) == []
