"""The programs of the site: database and broker, a worker with its children, two beats. Whatever ends is started again
a moment later, as a supervisor does; until then it is gone.
"""

import os
import random
import resource
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from bodycams.embedded.bootstrap import Failure
from bodycams.embedded.home import Home
from bodycams.embedded.postgres import Postgres
from bodycams.embedded.processes import LIBC, PR_SET_PDEATHSIG, Program, clear_away
from bodycams.embedded.services import Services
from bodycams.embedded.signals import STOPPING
from bodycams.embedded.suite import clean, empty
from bodycams.embedded.supervisor import Supervisor

NOTICED_AFTER = 1.0
"""Seconds, at most, after which a supervisor sees that something ended."""


class Forked:
    """A program of the application: a process forked from this one, in which all was imported once."""

    def __init__(self, name: str, run: Callable[[], object], log: Path) -> None:
        self.name, self.run, self.log = name, run, log
        self.pid = 0
        self._ended = True

    def start(self) -> None:
        from django.db import connections

        connections.close_all()
        self.pid, self._ended = os.fork(), False
        if not self.pid:
            self._become()

    def _become(self) -> None:
        """Never comes back into the code that forked."""
        code = 1
        try:
            os.setsid()
            LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
            signal.set_wakeup_fd(-1)
            for number in (*STOPPING, signal.SIGCHLD):
                signal.signal(number, signal.SIG_DFL)
            with open(self.log, "ab", buffering=0) as log:
                for output in (1, 2):
                    os.dup2(log.fileno(), output)
            random.seed()
            self.run()
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)

    def has_ended(self) -> bool:
        if not self._ended:
            self._ended = os.waitpid(self.pid, os.WNOHANG)[0] != 0
        return self._ended

    def kill(self) -> None:
        """It and what is left of its session."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        if not self._ended:
            os.waitpid(self.pid, 0)
            self._ended = True

    def children(self) -> list[int]:
        with suppress(OSError):
            return [int(pid) for pid in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()]
        return []


class Site:
    """All of it, in one home that is emptied first."""

    def __init__(self, folder: Path) -> None:
        if folder.is_dir() and any(folder.iterdir()) and Home(folder).state().get("command") != "chaos":
            raise Failure(f"De map {folder} is niet leeg en niet van script/chaos. Geef een andere met --home.")
        self.home = Home.of({"BODYCAMS_HOME": str(folder)})
        self.home.claim_or_refuse("chaos")
        empty(self.home)
        self.services = Services(self.home, clean(dict(os.environ)), durable=True)
        self.supervisor = Supervisor()
        self.programs: dict[str, Program | Forked] = {}
        self._back_at: dict[str, float] = {}
        self.restarts = 0

    def start_servers(self) -> None:
        """From then on this process has the environment of the application."""
        self.services.start(self.supervisor)
        self.programs = {program.name: program for program in self.supervisor.programs}
        marks = self.home.path("marks")
        marks.mkdir()
        os.environ.update(self.services.marked())
        os.environ["DJANGO_SETTINGS_MODULE"] = "bodycams.settings"
        os.environ["DESTRUCTION_VALVE"] = "off"

    @property
    def postgres(self) -> Postgres:
        return next(server for server in self.services.embedded if isinstance(server, Postgres))

    @property
    def worker(self) -> Forked:
        found = self.programs["worker"]
        assert isinstance(found, Forked)
        return found

    def restore(self, schema: Path) -> None:
        """The tables as they were dumped, which is quicker than migrating."""
        tool = str(self.postgres.identity.programs / "psql")
        command = [tool, "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", f"--file={schema}"]
        subprocess.run([*command, self.postgres.dsn("bodycams_owner")], stdout=subprocess.DEVNULL, check=True)

    def add(self, name: str, run: Callable[[], object]) -> None:
        program = self.programs[name] = Forked(name, run, self.home.log(name))
        program.start()

    def keep(self) -> None:
        """Start again what ended a moment ago."""
        for name, program in self.programs.items():
            if not program.has_ended():
                continue
            at = self._back_at.setdefault(name, time.monotonic() + random.random() * NOTICED_AFTER)
            if time.monotonic() >= at:
                program.kill()
                program.start()
                self.restarts += 1
                del self._back_at[name]

    def stop(self) -> None:
        for program in self.programs.values():
            if isinstance(program, Forked):
                program.kill()
        self.supervisor.stop()
        clear_away(self.home.folder)


def cpu() -> float:
    """Seconds of processor that this process and its children that ended used."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
