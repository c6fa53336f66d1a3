"""`script/server` as a person and a machine meet it: ready, killed, stopped, refused. Real processes, real kills."""

import os
import signal
import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bodycams.embedded import home as home_module
from bodycams.embedded import server, suite
from bodycams.embedded.bootstrap import Failure
from bodycams.embedded.home import Home
from bodycams.embedded.ports import free_port, is_free
from bodycams.embedded.processes import Program, is_alive
from bodycams.embedded.services import Services
from bodycams.embedded.supervisor import Supervisor
from bodycams.embedded.tests.machine import PROGRAMS, Server, command, eventually


def test_a_killed_controller_takes_all_its_programs_along(killed: Server) -> None:
    assert len(killed.pids) >= len(PROGRAMS)
    assert not any(map(is_alive, killed.pids))


def test_the_start_after_a_kill_names_the_address_and_the_accounts_once_all_is_ready(running: Server) -> None:
    assert f"http://127.0.0.1:{running.port}/" in running.said()
    assert "bodycams-demo" in running.said()
    assert running.is_ready()
    assert running.children().keys() == PROGRAMS.keys()


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_killed_program_comes_back_and_the_others_stay(running: Server, name: str) -> None:
    before = running.children()
    os.kill(before.pop(name), signal.SIGKILL)
    assert eventually(lambda: f"{name} was gestopt" in running.said()), running.said()
    assert eventually(running.is_ready), running.said()
    after = running.children()
    assert after.pop(name)
    assert after == before


def test_a_second_server_on_the_same_home_is_refused(running: Server) -> None:
    second = command("server", home=running.home, PORT="8000")
    assert second.returncode == 1
    assert "al in gebruik door script/server" in second.stderr
    assert "Traceback" not in second.stderr
    assert running.is_ready()


def test_manage_uses_the_running_services_and_leaves_them_running(running: Server) -> None:
    before = running.children()
    question = "from django.db import connection as c; c.ensure_connection(); print(c.settings_dict['PORT'])"
    answer = command("manage", "shell", "-v0", "-c", question, home=running.home)
    assert f'"postgres": {answer.stdout.strip()}' in (running.home / "state.json").read_text()
    assert answer.stderr == ""
    assert running.children() == before


def test_the_doctor_sees_the_running_server(running: Server) -> None:
    assert "door script/server, proces" in command("doctor", home=running.home, PORT=str(running.port)).stdout


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_that_was_ignored_at_the_start_stops_everything(tmp_path: Path, number: signal.Signals) -> None:
    server = Server(tmp_path / "home", ignoring=(number,))
    assert server.says("De database wordt bijgewerkt"), server.said()
    assert server.left()
    assert server.stop(number) == 128 + number
    assert f"gevraagd om te stoppen ({number.name})" in server.said()
    assert server.left() == []
    assert "Traceback" not in server.said()


def test_a_taken_port_is_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        refused = command("server", home=tmp_path / "home", PORT=str(taken.getsockname()[1]))
    assert refused.returncode == 1
    assert "is bezet" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_port_is_waited_for_when_who_holds_it_is_ending() -> None:
    holder = socket.create_server(("127.0.0.1", 0))
    port = holder.getsockname()[1]
    threading.Timer(0.2, holder.close).start()
    with server.take(port):
        assert not is_free(port)
    assert is_free(port)


def test_of_two_who_start_at_once_with_one_port_only_one_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "LETS_GO", 0.0)
    port = free_port()
    with server.take(port), pytest.raises(Failure, match=f"Poort {port} is bezet"):
        server.take(port)
    server.take(port).close()


@pytest.mark.parametrize(
    ("status", "body", "lacks"),
    [
        (200, '{"checks": {"database": true, "worker": true}}', ""),
        (503, '{"checks": {"database": true, "worker": false, "beat": false}}', "niet in orde: worker, beat"),
        (400, "Bad Request", "de webserver antwoordt met 400"),
        (None, "", "de webserver antwoordt niet"),
    ],
)
def test_a_site_that_is_not_ready_says_what_it_lacks(status: int | None, body: str, lacks: str) -> None:
    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if status:
                self.send_response(status)
                self.end_headers()
                self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Site) as site:
        threading.Thread(target=site.handle_request).start()
        assert server.lacking(site.server_port, "127.0.0.1") == lacks


def test_a_database_goes_elsewhere_when_its_last_port_is_that_of_the_site(home: Home) -> None:
    """The twin: it comes back to its port when that is free."""
    supervisor, services = Supervisor(), Services(home, dict.fromkeys(("DATABASE_URL", "REDIS_URL"), "elsewhere"))
    database: Any = SimpleNamespace(name="postgres", lacks=str)
    database.program = lambda port: Program(str(port), ["sleep", "60"], home.log("x"), {"PATH": os.environ["PATH"]})
    port = free_port()
    home.write_state(ports={"postgres": port})
    try:
        services.start_on_free_port(database, supervisor)
        with server.take(port):
            services.start_on_free_port(database, supervisor)
        first, second = (program.name for program in supervisor.programs)
    finally:
        supervisor.stop()
    assert first == str(port)
    assert home.state()["ports"]["postgres"] == int(second) != port


def test_a_start_that_fails_says_so_when_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = home_module.ROOM_FOR_NEW

    def fails(*_: object) -> None:
        monkeypatch.setattr(home_module, "ROOM_FOR_NEW", room)
        raise Failure("iets anders")

    monkeypatch.setattr(server, "start", fails)
    monkeypatch.setattr(server.signals, "listen", lambda: None)
    monkeypatch.setattr(home_module.Home, "claim_or_refuse", lambda *_: None)
    for name in {*suite.OURS, "MIGRATE_DATABASE_URL"}:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("BODYCAMS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PORT", str(free_port()))
    with pytest.raises(Failure, match="iets anders"):
        server.run([])
    room = 1 << 60
    with pytest.raises(Failure, match="te weinig schijfruimte"):
        server.run([])


@pytest.mark.parametrize("port", ["0", "65536", "acht", "-1", "8000; rm"])
def test_a_port_that_is_none_is_a_sentence(tmp_path: Path, port: str) -> None:
    refused = command("server", home=tmp_path / "home", PORT=port)
    assert refused.returncode == 1
    assert "PORT is geen poortnummer" in refused.stderr
    assert not (tmp_path / "home").exists()


def test_a_home_that_cannot_be_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    refused = command("server", home=tmp_path / "file" / "home")
    assert refused.returncode == 1
    assert "is niet te gebruiken (BODYCAMS_HOME)" in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("DATABASE_URL", "postgres://iemand:geheim@127.0.0.1:1/bodycams"),
        ("DATABASE_URL", "postgres://iemand:geheim@127.0.0.1:port/bodycams"),
        ("DATABASE_URL", "geen adres"),
        ("REDIS_URL", "redis://:geheim@127.0.0.1:1/0"),
        ("REDIS_URL", "geen adres"),
    ],
)
def test_an_address_that_nobody_answers_is_a_sentence(tmp_path: Path, name: str, address: str) -> None:
    refused = command("server", home=tmp_path / "home", **{name: address})
    assert refused.returncode == 1
    assert f"van {name} is niet bereikbaar" in refused.stderr
    assert "geheim" not in refused.stderr
    assert "Traceback" not in refused.stderr


def test_at_last_a_stop_ends_well_and_leaves_no_process(running: Server) -> None:
    assert running.is_ready()
    assert running.stop() == 0
    assert running.left() == []
    assert "Traceback" not in running.said()
