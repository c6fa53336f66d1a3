"""What `script/bench` measures with works, on one row: its server starts, knows who asks, and is measured.

What is found is not asked here.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from bench.databases import Database, fill_bare
from bench.figures.pages import BARE_LIST
from bench.measuring import alternately, cpu_of, one_after_the_other, seconds_of, twice
from bench.servers import Server
from bodycams.embedded.home import Home
from initiatives.tests.factories import Cast, initiative

LIST = BARE_LIST.format(size=50)


@pytest.fixture
def server(transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("BODYCAMS_HOME", str(Home.of({"BODYCAMS_HOME": str(tmp_path / "home")}).folder))
    initiative(Cast(), "goedgekeurd", title="Bodycams in de horeca")
    database = Database(connection.settings_dict["NAME"])
    fill_bare(database)
    with Server(database, "bench", bare=True) as started:
        yield started


def test_a_server_of_the_bench_is_measured(server: Server) -> None:
    assert "Bodycams in de horeca" in server.get(LIST).decode()
    visit = one_after_the_other(server, [LIST])
    costs, durations = alternately(cpu_of(server, visit, 1), seconds_of(visit, 2), 1)
    assert (len(costs), [len(found) for found in durations]) == (2, [2, 2])
    assert server.memory() > 0
    [[every, about_who]] = server.probe([twice(LIST)])["queries"]
    assert every > about_who > 0
    with pytest.raises(SystemExit, match="/nergens/ antwoordt 404"):
        server.get("/nergens/")
