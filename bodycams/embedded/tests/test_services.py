"""Database and broker, embedded and given: made once, found again, mended or refused. On the real servers."""

import fcntl
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from bodycams.embedded import home as home_module
from bodycams.embedded import identity
from bodycams.embedded.bootstrap import Failure
from bodycams.embedded.home import Home
from bodycams.embedded.postgres import ROLES, Postgres
from bodycams.embedded.processes import leftovers
from bodycams.embedded.services import Services
from bodycams.embedded.supervisor import Supervisor
from bodycams.embedded.tests.machine import eventually


@pytest.fixture
def supervisor() -> Iterator[Supervisor]:
    supervisor = Supervisor()
    yield supervisor
    supervisor.stop()


def only_postgres(home: Home, *, durable: bool = False) -> Services:
    return Services(home, {"REDIS_URL": os.environ["REDIS_URL"]}, durable=durable)


def database(services: Services) -> Postgres:
    return next(server for server in services.embedded if isinstance(server, Postgres))


def ask(postgres: Postgres, role: str, question: str) -> object:
    connection = psycopg2.connect(postgres.dsn(role))
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchone() if cursor.description else None
    finally:
        connection.close()


def test_every_role_enters_and_only_the_owner_makes_tables(home: Home, supervisor: Supervisor) -> None:
    services = Services(home, {}, durable=False)
    services.start(supervisor)
    postgres = database(services)
    for role in ROLES:
        assert ask(postgres, role, "SELECT current_user::text") == (role,)
    ask(postgres, "bodycams_owner", "CREATE TABLE thing ()")
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        ask(postgres, "bodycams_app", "CREATE TABLE other ()")
    assert ask(postgres, "bodycams_app", "SELECT upper('é'), 'É' ILIKE 'é'") == ("É", True)


def test_what_was_stored_is_there_after_a_kill_and_on_the_same_port(home: Home, supervisor: Supervisor) -> None:
    services = only_postgres(home, durable=True)
    services.start(supervisor)
    ask(database(services), "bodycams_owner", "CREATE TABLE kept AS SELECT 42 AS answer")
    port = database(services).port
    supervisor.programs[0].kill()
    supervisor.programs.clear()
    again = only_postgres(home, durable=True)
    again.start(supervisor)
    assert ask(database(again), "bodycams_owner", "SELECT answer FROM kept") == (42,)
    assert database(again).port == port


def test_secrets_and_state_are_for_the_owner_only(home: Home, supervisor: Supervisor) -> None:
    Services(home, {}, durable=False).start(supervisor)
    private = [*home.path("secrets").iterdir(), home.path("state.json"), home.path("valkey", "valkey.conf")]
    assert len(private) >= 6
    assert all(file.stat().st_mode & 0o077 == 0 for file in private)


def test_a_half_made_cluster_is_set_aside_and_made_again(home: Home, supervisor: Supervisor) -> None:
    data = home.path("postgres", "data")
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("18\n")
    home.path("postgres", "new").mkdir()
    services = only_postgres(home)
    services.start(supervisor)
    assert ask(database(services), "bodycams_app", "SELECT 1") == (1,)
    assert len(list(home.path("postgres").glob("unfinished-*/PG_VERSION"))) == 1
    assert not home.path("postgres", "new").exists()


def test_a_complete_cluster_that_is_damaged_is_refused_and_kept(home: Home, supervisor: Supervisor) -> None:
    only_postgres(home).start(supervisor)
    supervisor.stop()
    data = home.path("postgres", "data")
    for heart in (data / "PG_VERSION", data / "global" / "pg_control"):
        whole = heart.read_bytes()
        heart.write_bytes(b"")
        before = sorted(data.rglob("*"))
        with pytest.raises(Failure, match=r"is beschadigd\. Er is niets verwijderd"):
            only_postgres(home).start(supervisor)
        assert sorted(data.rglob("*")) == before
        heart.write_bytes(whole)
    assert database(only_postgres(home)).is_complete()
    heart.write_bytes(whole[::-1])
    with pytest.raises(Failure, match=r"postgres stopte bij het starten(.|\n)*: zet een reservekopie terug"):
        only_postgres(home).start(supervisor)


def test_a_cluster_of_another_version_is_refused(home: Home, supervisor: Supervisor) -> None:
    only_postgres(home).start(supervisor)
    supervisor.stop()
    home.path("postgres", "data", "PG_VERSION").write_text("17\n")
    with pytest.raises(Failure, match="van PostgreSQL 17"):
        only_postgres(home).start(supervisor)


def test_a_pid_file_that_names_another_program_does_not_hinder(home: Home, supervisor: Supervisor) -> None:
    services = only_postgres(home)
    services.start(supervisor)
    supervisor.stop()
    other = subprocess.Popen(["sleep", "60"])
    try:
        stale = home.path("postgres", "data", "postmaster.pid")
        stale.write_text(f"{other.pid}\n{stale.parent}\n1\n{database(services).port}\n\n127.0.0.1\n\n")
        program = database(services).program(database(services).port)
        program.start()
        assert program.process is not None
        assert program.process.wait(10) == 1, "without us the file stops PostgreSQL"
        assert 'lock file "postmaster.pid" already exists' in program.tail()
        only_postgres(home).start(supervisor)
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


def test_a_server_that_outlived_its_controller_is_stopped_first(home: Home, supervisor: Supervisor) -> None:
    services = only_postgres(home)
    services.start(supervisor)
    supervisor.stop()
    program = database(services).program(database(services).port)
    orphan = subprocess.Popen(program.command, preexec_fn=program.become, env=program.environment, cwd="/")
    assert eventually(lambda: not database(services).lacks())
    again = only_postgres(home)
    again.start(supervisor)
    assert orphan.wait(10) >= 0, "it shut down, and was not killed"
    assert ask(database(again), "bodycams_app", "SELECT 1") == (1,)


def identities(home: Home) -> list[identity.Identity]:
    """All the ways in which this user may run PostgreSQL."""
    package = identity.packaged()
    if os.geteuid() != 0:
        return [identity.choose(home)]
    return [identity.namespaced(package, home), identity.as_nobody(package, identity.elsewhere(home))]


def test_every_identity_runs_it_and_changes_no_folder(home: Home, supervisor: Supervisor) -> None:
    parents = [*home.folder.parents, Path("/root"), Path.home()]
    modes = [folder.stat().st_mode for folder in parents]
    for one in identities(home):
        services = only_postgres(home)
        postgres = database(services)
        postgres.identity, postgres.data = one, one.files / "data"
        services.start(supervisor)
        assert ask(postgres, "bodycams_app", "SELECT 1") == (1,)
        assert leftovers(home.folder, only=postgres.data)
        supervisor.stop()
        assert not leftovers(home.folder, only=postgres.data)
    assert [folder.stat().st_mode for folder in parents] == modes


def test_data_decides_the_identity(home: Home) -> None:
    chosen = identity.choose(home)
    assert identity.choose(home).files == chosen.files
    if os.geteuid() == 0:
        outside = identity.elsewhere(home)
        assert identity.choose(home).owner == identity.NOBODY
        assert identity.choose(home).files == outside / "postgres"
        identity.forget(home)
        assert not outside.exists()


def test_a_new_home_never_meets_the_data_of_an_old_one(tmp_path: Path) -> None:
    folder = tmp_path / "home"
    old = identity.elsewhere(Home.of({"BODYCAMS_HOME": str(folder)}))
    shutil.rmtree(folder)
    assert identity.elsewhere(Home.of({"BODYCAMS_HOME": str(folder)})) != old


def test_secrets_of_another_home_are_a_sentence(home: Home, supervisor: Supervisor) -> None:
    only_postgres(home).start(supervisor)
    supervisor.stop()
    home.path("secrets", "bodycams_cluster").unlink()
    with pytest.raises(Failure, match="hoort niet bij de database"):
        only_postgres(home).start(supervisor)


def test_half_written_notes_are_written_again(home: Home) -> None:
    home.write_state(ports={"postgres": 21000})
    assert home.state()["ports"] == {"postgres": 21000}
    for half in ("", "{half", "[]", '{"ports": [1]}', '{"ports": {"postgres": "x"}}'):
        home.path("state.json").write_text(half)
        assert home.state() == {"ports": {}}, half
    kept = home.secret("valkey")
    assert home.secret("valkey") == kept
    home.path("secrets", "valkey").write_text(f"{kept}\n")
    assert home.secret("valkey") == kept, "put back with an editor"
    home.path("secrets", "valkey").write_text("")
    made = home.secret("valkey")
    assert made not in ("", kept)
    home.path("secrets", "valkey").write_bytes(b"\xff\x00")
    with pytest.raises(Failure, match="secrets/valkey is beschadigd"):
        home.secret("valkey")
    home.path("secrets", "valkey").unlink()
    assert home.secret("valkey") not in ("", made)


@pytest.mark.parametrize("names", [b"", b"/", b"/nowhere/database", b"postgres", b"\xff\xfe"])
def test_a_note_that_names_no_folder_of_ours_is_a_sentence(home: Home, names: bytes) -> None:
    assert identity.elsewhere(home).parent == identity.OUTSIDE
    home.path(identity.NOTE).write_bytes(names)
    with pytest.raises(Failure, match="hoort de map onder /var/lib/bodycams te noemen"):
        identity.elsewhere(home)
    home.path(identity.NOTE).unlink()


def test_with_both_addresses_given_nothing_is_embedded(home: Home, supervisor: Supervisor) -> None:
    services = Services(home, {"DEMO": "1", **{name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL")}})
    services.require_sound()
    services.start(supervisor)
    assert services.embedded == []
    assert not home.path("postgres").exists()
    assert services.environment()["DATABASE_URL"] == os.environ["DATABASE_URL"]


@pytest.mark.parametrize(
    ("given", "is_demo"),
    [
        ({}, True),
        ({"REDIS_URL": "redis://elsewhere"}, True),
        ({"SECRET_KEY": ""}, True),
        ({"SECRET_KEY": "something"}, False),
        ({"ALLOWED_HOSTS": "bodycams.example"}, False),
        ({"DATABASE_URL": "postgres://elsewhere"}, False),
    ],
)
def test_it_is_a_demonstration_when_nothing_was_set_up(home: Home, given: dict[str, str], is_demo: bool) -> None:
    services = Services(home, given)
    for server in services.embedded:
        server.port = 1
    assert services.is_demo is is_demo
    assert ("DEMO" in services.environment()) is is_demo
    assert ("SECRET_KEY" in services.environment()) is (is_demo or bool(given.get("SECRET_KEY")))


def test_a_full_disk_is_refused_before_anything_is_made(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    home.require_room()
    monkeypatch.setattr(home_module, "ROOM_FOR_NEW", 1 << 60)
    with pytest.raises(Failure, match="te weinig schijfruimte"):
        home.require_room()


def test_a_wrong_password_of_a_given_database_is_a_sentence_without_it(home: Home) -> None:
    right = os.environ["DATABASE_URL"]
    wrong = right.replace(right.split(":")[2].split("@")[0], "geheim")
    with pytest.raises(Failure, match="van DATABASE_URL is niet bereikbaar") as refusal:
        Services(home, {"DATABASE_URL": wrong}).require_given()
    assert "geheim" not in str(refusal.value)
    Services(home, {"DATABASE_URL": right}).require_given()


def test_what_the_application_would_refuse_is_refused_before_anything_starts(home: Home) -> None:
    every = r"start niet: ALLOWED_HOSTS ontbreekt; RECORDINGS_STORAGE ontbreekt; SECRET_KEY is te zwak"
    with pytest.raises(Failure, match=every):
        Services(home, {"SECRET_KEY": "kort"}).require_sound()
    Services(home, {}).require_sound()


def test_the_servers_stop_when_asked(home: Home, supervisor: Supervisor) -> None:
    Services(home, {}, durable=False).start(supervisor)
    programs = list(supervisor.programs)
    supervisor.stop()
    assert [program.process.returncode for program in programs if program.process] == [0, 0]
    assert not leftovers(home.folder)
    assert signal.SIGINT in {program.farewell for program in programs}


def test_a_home_in_use_names_what_uses_it_as_far_as_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home_module, "PATIENCE_WITH_MANAGE", 0.0)
    with open(tmp_path / "lock", "a") as holder, open(tmp_path / "lock", "a") as lock:
        fcntl.flock(holder, fcntl.LOCK_EX)
        home = Home(tmp_path)
        home._lock = lock
        home.write_state(command="server", pid=7)
        with pytest.raises(Failure, match=r"al in gebruik door script/server \(proces 7\)\."):
            home.claim_or_refuse("server")
        home.path("state.json").unlink()
        with pytest.raises(Failure, match=r"al in gebruik\. Stop dat eerst"):
            home.claim_or_refuse("server")
