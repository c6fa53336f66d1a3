"""A project behind the web server, as `script/server` runs it, and what it costs there."""

import http.client
import json
import os
import secrets
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench.databases import BARE_SETTINGS, ROOT, Database, python
from bodycams.embedded.home import Home
from bodycams.embedded.ports import free_port
from bodycams.embedded.server import take, web

TICKS = os.sysconf("SC_CLK_TCK")
OUR_SETTINGS = {"DJANGO_SETTINGS_MODULE": "bodycams.settings"}
OURS, BARE = "bodycams.wsgi:application", "bench.bare.wsgi:application"


class Server:
    """One project on one database, and somebody who is logged in there."""

    def __init__(self, database: Database, number: str, *, bare: bool = False, application: str = OURS) -> None:
        self.database, self.number, self.bare = database, number, bare
        self.settings = BARE_SETTINGS if bare else OUR_SETTINGS
        self.port = free_port()
        self.door = take(self.port)
        home = Home.named_by(dict(os.environ))
        program = web(home, {**database.environment, **self.settings}, self.door)
        command = [(BARE if bare else application) if word == OURS else word for word in program.command]
        self.program = replace(program, command=command, log=home.log("bare" if bare else "web"))
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        self.headers: dict[str, str] = {}

    def __enter__(self) -> "Server":
        self.program.start()
        self.wait()
        found = self.probe([])
        self.token = secrets.token_hex(16)
        self.headers = {"Cookie": f"{found['session']}; {found['csrf']}={self.token}"}
        return self

    def __exit__(self, *error: object) -> None:
        self.connection.close()
        self.program.stop()
        self.door.close()

    def wait(self) -> None:
        """Until it answers anything at all."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                self.connection.request("GET", "/health/live")
                self.connection.getresponse().read()
                return
            except OSError:
                self.connection.close()
                time.sleep(0.005)
        raise SystemExit(f"De server antwoordt niet. Zie {self.program.log}.")

    def probe(self, visits: list[Any]) -> dict[str, Any]:
        """What `bench/alone/probe.py` says of this project."""
        arguments = ["-m", "bench.alone.probe", self.number, json.dumps(visits)]
        answer: dict[str, Any] = json.loads(python(self.database, arguments, **self.settings).splitlines()[-1])
        return answer

    def get(self, address: str) -> bytes:
        return self._ask("GET", address, 200)

    def post(self, address: str, fields: dict[str, Any]) -> bytes:
        body = urlencode({**fields, "csrfmiddlewaretoken": self.token}, doseq=True)
        return self._ask("POST", address, 302, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def _ask(self, method: str, address: str, status: int, body: str = "", more: dict[str, str] | None = None) -> bytes:
        for attempt in (1, 2):  # a connection that was kept open may have been closed meanwhile
            try:
                self.connection.request(method, address, body or None, {**self.headers, **(more or {})})
                response = self.connection.getresponse()
                content = response.read()
                break
            except (http.client.HTTPException, ConnectionError):
                self.connection.close()
                if attempt == 2:
                    raise
        if response.status != status:
            raise SystemExit(f"{address} antwoordt {response.status}. Zie {self.program.log}.")
        return content

    def workers(self) -> list[int]:
        """The processes that answer, without the one that watches over them."""
        master = self.program.process.pid if self.program.process else 0
        return [int(pid) for pid in Path(f"/proc/{master}/task/{master}/children").read_text().split()]

    def cpu(self) -> float:
        """The seconds of processor time that the workers have used."""
        return sum(cpu_of(pid) for pid in self.workers())

    def memory(self) -> float:
        """The megabytes that the largest worker holds in memory."""
        return max(memory_of(pid) for pid in self.workers())


def cpu_of(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory_of(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Rss:")) / 1024


def start(database: Database, *, bare: bool) -> float:
    """The milliseconds of processor time from nothing to a first answer, as a web worker starts."""
    application, settings, path = (BARE, BARE_SETTINGS, "/rows/") if bare else (OURS, OUR_SETTINGS, "/")
    variables = {**database.environment, **settings, "BENCH_APPLICATION": application, "BENCH_PATH": path}
    command, silent = [sys.executable, "-m", "bench.alone.start"], subprocess.DEVNULL
    process = subprocess.Popen(command, env=variables, cwd=ROOT, stdout=silent, stderr=silent)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit("Een web-proces kwam niet op gang.")
    return (used.ru_utime + used.ru_stime) * 1000
