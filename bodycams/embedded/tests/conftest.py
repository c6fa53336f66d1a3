"""The one server of these tests. Its home has been through the worst before: two starts that were killed with
kill -9.
"""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from bodycams.embedded import identity
from bodycams.embedded.home import Home
from bodycams.embedded.processes import is_alive
from bodycams.embedded.tests.machine import READY, Server, eventually


@pytest.fixture(scope="session", autouse=True)
def _nothing_stays_outside_the_homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    yield
    for note in filter(Path.is_file, tmp_path_factory.getbasetemp().rglob(identity.NOTE)):
        identity.forget(Home(note.parent))


@pytest.fixture(scope="session")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A server that was ready, and of which the controller was then killed; its first start was killed while it
    migrated.
    """
    home = tmp_path_factory.mktemp("homes") / "home"
    early = Server(home)
    assert early.says("De database wordt bijgewerkt"), early.said()
    early.stop(signal.SIGKILL)
    server = Server(home)
    assert server.says(READY), server.said()
    server.pids = server.left()
    server.stop(signal.SIGKILL)
    eventually(lambda: not any(map(is_alive, server.pids)), 15.0)
    return server


@pytest.fixture(scope="module")
def running(killed: Server) -> Iterator[Server]:
    """The next start after that: a server that is ready, shared by the tests of one module, until the last one
    stops it.
    """
    server = Server(killed.home)
    assert server.says(READY), server.said()
    yield server
    server.stop()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A new and empty home."""
    return Home.of({"BODYCAMS_HOME": str(tmp_path / "home")})
