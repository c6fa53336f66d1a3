"""Making `.venv`: once, whole, one at a time, and again when it is not what it should be. With the real venv and
the real pip.
"""

import ast
import hashlib
import importlib
import shutil
import threading
from pathlib import Path

import pytest

from bodycams.embedded import __main__ as entrance
from bodycams.embedded import bootstrap
from bodycams.embedded.bootstrap import ROOT, Environment, Failure

LOCKS = ["requirements"]


def new_checkout(root: Path) -> Environment:
    """A checkout with locks that name no package, so that no index is needed."""
    (root / "script").mkdir(parents=True)
    (root / "script" / "wheels").symlink_to(ROOT / "script" / "wheels")
    for lock in ("requirements", "requirements-dev"):
        (root / f"{lock}.txt").write_text("# nothing\n")
    return Environment(root)


@pytest.fixture
def checkout(tmp_path: Path) -> Environment:
    return new_checkout(tmp_path / "new")


@pytest.fixture(scope="module")
def once_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout after its first start, with a trace in `.venv` by which that is recognised."""
    environment = new_checkout(tmp_path_factory.mktemp("checkout") / "made")
    environment.ensure(LOCKS)
    (environment.folder / "trace").touch()
    return environment.root


@pytest.fixture
def made(once_made: Path, tmp_path: Path) -> Environment:
    return Environment(Path(shutil.copytree(once_made, tmp_path / "made", symlinks=True)))


def test_a_first_start_makes_a_complete_environment(checkout: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_USER", "1")  # pip itself refuses that in an environment
    assert not checkout.is_sound()
    checkout.ensure(LOCKS)
    assert checkout.is_sound()
    assert checkout.has("requirements")
    assert not checkout.has("requirements-dev")


def test_a_second_start_does_nothing(made: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "run_pip", lambda *_: pytest.fail("pip ran"))
    made.ensure(LOCKS)
    assert (made.folder / "trace").exists()


def test_another_lock_is_installed_into_what_is_there(made: Environment) -> None:
    (made.root / "requirements.txt").write_text("# nothing else\n")
    assert not made.has("requirements")
    made.ensure(LOCKS)
    assert made.has("requirements")
    assert (made.folder / "trace").exists()


def test_the_tools_come_beside_the_rest(made: Environment) -> None:
    made.ensure(["requirements", "requirements-dev"])
    assert made.has("requirements")
    assert made.has("requirements-dev")
    assert (made.folder / "trace").exists()


def test_a_half_made_environment_is_made_again(made: Environment) -> None:
    made.stamp("requirements").unlink()
    made.ensure(LOCKS)
    assert made.is_sound()
    assert not (made.folder / "trace").exists()


def test_an_environment_of_a_vanished_python_is_made_again(made: Environment) -> None:
    made.python.unlink()
    made.python.symlink_to("/nowhere/python3")
    made.ensure(LOCKS)
    assert made.is_sound()
    assert not (made.folder / "trace").exists()


def test_a_failed_installation_is_a_sentence_and_counts_as_half_made(made: Environment) -> None:
    (made.root / "requirements.txt").write_text("a-package-without-hash==1\n")
    with pytest.raises(Failure, match="konden niet worden geïnstalleerd"):
        made.ensure(LOCKS)
    assert not made.is_sound()


def test_a_linked_environment_is_used_as_it_is(made: Environment, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = Environment(tmp_path_factory.mktemp("other"))
    other.folder.symlink_to(made.folder)
    other.ensure(LOCKS)
    assert (made.folder / "trace").exists()


def test_two_starts_at_once_take_turns(checkout: Environment, capsys: pytest.CaptureFixture[str]) -> None:
    with bootstrap.only_one(checkout.root / ".cache"):
        second = threading.Thread(target=checkout.ensure, args=[LOCKS])
        second.start()
        second.join(1.0)
        assert second.is_alive()
        assert not checkout.folder.exists()
    second.join(60.0)
    assert checkout.is_sound()
    assert "even wachten" in capsys.readouterr().err


def test_too_little_room_is_a_sentence(checkout: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "DISK_NEEDED", 1 << 60)
    with pytest.raises(Failure, match="te weinig schijfruimte"):
        checkout.ensure(LOCKS)


def test_what_is_meant_for_other_programs_stays_out() -> None:
    other = ("PYTHONPATH", "PYTHONHOME", "DJANGO_SETTINGS_MODULE", "CELERY_BROKER_URL", "GUNICORN_CMD_ARGS")
    ours = {"PATH": "/bin", "PORT": "8001", "PYTHON": "python3.12"}
    found = bootstrap.surroundings({**ours, **dict.fromkeys((*other, "PGSSLMODE"), "elsewhere")})
    added = {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    assert found == {**ours, **added}
    theirs = {"DATABASE_URL": "postgres://elsewhere", "PGSSLMODE": "require"}
    assert bootstrap.surroundings(theirs) == {**theirs, **added}


@pytest.mark.parametrize(
    ("argument", "code", "said"),
    [("--help", 0, "tot Ctrl-C"), ("-h", 0, "PORT=8001 script/server"), ("8001", 2, "script/server kent geen 8001.")],
)
def test_a_command_that_takes_no_arguments_says_what_it_does(
    capsys: pytest.CaptureFixture[str], argument: str, code: int, said: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        bootstrap.main("server", [argument])
    assert ended.value.code == code
    assert said in capsys.readouterr()[0 if code == 0 else 1]


def test_a_package_that_is_gone_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("bodycams.embedded.lock.run", lambda _: importlib.import_module("package_that_is_gone.part"))
    assert entrance.main("lock", []) == 1
    assert "In .venv ontbreekt package_that_is_gone. Verwijder" in capsys.readouterr().err


@pytest.mark.parametrize("fault", [ImportError("cannot import name"), "bodycams.nowhere"])
def test_a_module_of_ours_that_is_gone_keeps_its_traceback(
    monkeypatch: pytest.MonkeyPatch, fault: ImportError | str
) -> None:
    def run(_: list[str]) -> None:
        raise fault if isinstance(fault, ImportError) else ModuleNotFoundError(name=fault)

    monkeypatch.setattr("bodycams.embedded.lock.run", run)
    with pytest.raises(ImportError):
        entrance.main("lock", [])


def test_an_older_python_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "OLDEST", (9, 0))
    monkeypatch.setattr(bootstrap, "OLDEST_NAME", "9.0")
    with pytest.raises(Failure, match=r"Python 9.0 of nieuwer is nodig.*PYTHON=python3.11 script/server"):
        bootstrap.main("server", [])


def test_an_older_python_can_read_it() -> None:
    source = Path(bootstrap.__file__).read_text()
    assert ast.parse(source, feature_version=(3, 7))
    with pytest.raises(SyntaxError):
        ast.parse("match 1:\n    case 1: pass\n", feature_version=(3, 7))


def test_the_locks_pin_hashes_and_name_no_index() -> None:
    for lock in ("requirements", "requirements-dev"):
        text = (ROOT / f"{lock}.txt").read_text()
        pinned = [line for line in text.splitlines() if "==" in line and not line.startswith((" ", "#"))]
        assert pinned
        assert all(line.endswith("\\") for line in pinned)
        assert "://" not in text
        assert "--find-links" not in text


def test_a_lock_is_dealt_out_whole(checkout: Environment) -> None:
    lock = (ROOT / "requirements.txt").read_text()
    (checkout.root / "requirements.txt").write_text(lock)
    (checkout.root / ".cache").mkdir()
    parts = [Path(part).read_text() for part in checkout.parts("requirements")]
    assert len(parts) == bootstrap.AT_ONCE
    for mark in ("==", "--hash=sha256:"):
        assert sum(part.count(mark) for part in parts) == lock.count(mark) > bootstrap.AT_ONCE


def test_the_wheel_of_pip_is_the_one_that_is_written_down() -> None:
    folder = ROOT / "script" / "wheels"
    (wheel,) = folder.glob("*.whl")
    assert wheel.name in (folder / "README.md").read_text()
    assert hashlib.sha256(wheel.read_bytes()).hexdigest() in (folder / "README.md").read_text()
