"""`script/server` as a person and a machine meet it: ready, killed, stopped, refused. Real processes, real kills."""

import os
import signal
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from bodycams.embedded.tests.machine import PROGRAMS, READY, Server, command, eventually


def test_it_names_the_address_and_the_accounts_once_all_is_ready(running: Server) -> None:
    assert f"http://127.0.0.1:{running.port}/" in running.said()
    assert "bodycams-demo" in running.said()
    assert running.is_ready()


def test_it_runs_every_program(running: Server) -> None:
    assert running.children().keys() == PROGRAMS.keys()


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_killed_program_comes_back(running: Server, name: str) -> None:
    before = running.children()
    os.kill(before[name], signal.SIGKILL)
    assert eventually(lambda: running.children().get(name, before[name]) != before[name]), running.said()
    assert eventually(running.is_ready), running.said()
    assert {other: pid for other, pid in running.children().items() if other != name} == {
        other: pid for other, pid in before.items() if other != name
    }


def test_a_second_server_on_the_same_home_is_refused(running: Server) -> None:
    second = command("server", home=running.home, PORT="8000")
    assert second.returncode == 1
    assert "al in gebruik door script/server" in second.stderr
    assert "Traceback" not in second.stderr
    assert running.is_ready()


def test_manage_uses_the_running_services_and_leaves_them_running(running: Server) -> None:
    before = running.children()
    port = command(
        "manage",
        "shell",
        "-v0",
        "-c",
        "from django.db import connection as c; c.ensure_connection(); print(c.settings_dict['PORT'])",
        home=running.home,
    )
    assert f'"postgres": {port.stdout.strip()}' in (running.home / "state.json").read_text(), port.stderr
    assert port.stderr == ""
    assert running.children() == before


def test_a_killed_controller_leaves_nothing_and_the_next_start_works(
    copied_home: Path, start: Callable[..., Server]
) -> None:
    server = start(copied_home)
    assert server.says(READY), server.said()
    assert len(server.left()) >= len(PROGRAMS)
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait()
    again = start(copied_home, ignoring=(signal.SIGINT, signal.SIGTERM, signal.SIGHUP))
    assert again.says(READY), again.said()
    for pid in server.left():
        assert f"PORT={server.port}\0".encode() not in Path(f"/proc/{pid}/environ").read_bytes()
    assert again.stop(signal.SIGHUP) == 0
    assert again.left() == []


def test_all_programs_die_with_a_killed_controller(copied_home: Path, start: Callable[..., Server]) -> None:
    server = start(copied_home)
    assert server.says("De site wordt gestart"), server.said()
    assert eventually(lambda: len(server.children()) == len(PROGRAMS))
    server.stop(signal.SIGKILL)
    assert eventually(lambda: server.left() == [], 15.0)


def test_a_taken_port_is_a_sentence(copied_home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        refused = command("server", home=copied_home, PORT=str(taken.getsockname()[1]))
    assert refused.returncode == 1
    assert "is bezet" in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize("port", ["0", "65536", "acht", "-1", "8000; rm"])
def test_a_port_that_is_none_is_a_sentence(tmp_path: Path, port: str) -> None:
    refused = command("server", home=tmp_path / "home", PORT=port)
    assert refused.returncode == 1
    assert "PORT is geen poortnummer" in refused.stderr
    assert not (tmp_path / "home").exists()
