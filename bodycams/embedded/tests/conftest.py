"""One home in which a server has been, for all tests of the commands; each takes a copy."""

import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bodycams.embedded.tests.machine import READY, Server


@pytest.fixture(scope="session")
def used_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose first start was killed halfway, whose second start succeeded, and that was stopped."""
    home = tmp_path_factory.mktemp("homes") / "used"
    killed = Server(home)
    assert killed.says("De database wordt bijgewerkt"), killed.said()
    killed.stop(signal.SIGKILL)
    server = Server(home)
    assert server.says(READY), server.said()
    assert server.stop() == 0
    return home


@pytest.fixture
def copied_home(used_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(used_home, tmp_path / "home"))


@pytest.fixture
def start() -> Iterator[Callable[..., Server]]:
    """Starts servers, and makes sure that none outlives its test."""
    started: list[Server] = []

    def begin(home: Path, **options: object) -> Server:
        started.append(Server(home, **options))  # type: ignore[arg-type]
        return started[-1]

    yield begin
    for server in started:
        server.stop()


@pytest.fixture(scope="module")
def running(used_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that is ready; shared by the tests of one module."""
    server = Server(Path(shutil.copytree(used_home, tmp_path_factory.mktemp("running") / "home")))
    assert server.says(READY), server.said()
    yield server
    server.stop()
