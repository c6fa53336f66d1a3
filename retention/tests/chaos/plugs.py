"""What can be pulled, always with `kill -9`, and whether that was between a file that is gone and its proof.

Each child of the worker noted which files it was last told to delete. After the kill, those that are gone from the disk
and have no proof were in the window. A transaction that was just being committed is waited for first.
"""

import json
import os
import random
import signal
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from django.db import connection

from bodycams import heartbeat
from retention.tests.chaos.site import Forked, Site
from retention.tests.chaos.world import World, tried

NOT_PROVEN = """
SELECT r.id FROM retention_recording r WHERE r.storage_key = ANY(%s) AND r.status <> 'vernietigd'
AND NOT EXISTS (SELECT FROM retention_proof p WHERE p.recording_id = r.id) FOR UPDATE
"""
"""Of what was locked, the row is looked at again when its transaction has ended; the table of proofs is not."""
BACKENDS = """
SELECT pid FROM pg_stat_activity WHERE usename = current_user AND pid <> pg_backend_pid()
ORDER BY state = 'idle', random() LIMIT 1
"""
CHILD, WORKER, BACKEND, POSTMASTER = "kind van de worker", "worker", "verbinding met de database", "postmaster"
BEAT, BROKER, QUEUE = "beat", "broker (Valkey)", "wachtrij geleegd"
HAS_A_WINDOW = (CHILD, WORKER, BACKEND, POSTMASTER)
"""Of the others a worker notices no more than that it is not woken."""


@dataclass
class Plugs:
    """`aims`: of the worker's children one is chosen that is in the window now."""

    site: Site
    world: World
    pulled: Counter[str] = field(default_factory=Counter)
    in_window: Counter[str] = field(default_factory=Counter)
    aims: bool = False
    _unsure: list[tuple[str, list[str]]] = field(default_factory=list)
    _last: list[str] = field(default_factory=list)

    def all(self) -> dict[str, tuple[Callable[[], bool], int]]:
        """By name: how, and how often of so many."""
        return {
            CHILD: (self.child, 40),
            WORKER: (self.worker, 14),
            BEAT: (self.beat, 10),
            BROKER: (lambda: self.program("valkey"), 8),
            QUEUE: (self.queue, 8),
            BACKEND: (self.backend, 12),
            POSTMASTER: (lambda: self.program("postgres"), 8),
        }

    def pull(self, name: str) -> None:
        how, _ = self.all()[name]
        deleting = self.deleting(self.site.worker.children())
        if not how():
            return
        self.pulled[name] += 1
        if name in HAS_A_WINDOW:
            self._unsure.append((name, deleting if name in (BACKEND, POSTMASTER) else self._last))
            self.settle()

    # --- each of them -----------------------------------------------------------------------------

    def child(self) -> bool:
        children = self.site.worker.children()
        if self.aims:
            children = [pid for pid in children if tried(partial(self.gone_unproven, self.deleting([pid])))]
        return bool(children) and self._kill([random.choice(children)])

    def worker(self) -> bool:
        """With its children, as a supervisor ends what is left of the group; now or a moment later."""
        if self.site.worker.has_ended():
            return False
        return self._kill([self.site.worker.pid, *self.site.worker.children()])

    def beat(self) -> bool:
        return self.program(random.choice(["beat-1", "beat-2"]))

    def program(self, name: str) -> bool:
        program = self.site.programs[name]
        if program.has_ended():
            return False
        pid = program.pid if isinstance(program, Forked) else program.process.pid if program.process else 0
        return self._kill([pid])

    def queue(self) -> bool:
        """Everything that waits for a worker is forgotten."""
        with suppress(heartbeat.Unreachable), heartbeat.broker() as broker:
            return bool(broker.flushall())
        return False

    def backend(self) -> bool:
        """The server process behind one connection of the application; PostgreSQL then recovers as a whole."""
        return self._kill(tried(backends) or [])

    def _kill(self, pids: list[int]) -> bool:
        self._last = self.deleting(pids)
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return bool(pids)

    # --- the window -------------------------------------------------------------------------------

    def deleting(self, pids: Iterable[int]) -> list[str]:
        """What these were last told to delete."""
        found: list[str] = []
        for pid in pids:
            with suppress(FileNotFoundError):
                found += json.loads(self.site.home.path("marks", str(pid)).read_text())
        return found

    @property
    def is_unsure(self) -> bool:
        """Whether of some kills it is not known yet, because the database does not answer."""
        return bool(self._unsure)

    def settle(self) -> None:
        """Decide about the last kills, as soon as the database answers. At that worst of moments somebody wants to hold
        what is gone and not proven.
        """
        while self._unsure:
            name, keys = self._unsure[0]
            found = tried(partial(self.gone_unproven, keys))
            if found is None:
                return
            self._unsure.pop(0)
            self.in_window[name] += bool(found)
            if found:
                self.world.hold(found[0])

    def gone_unproven(self, keys: list[str]) -> list[int]:
        gone = [key for key in keys if not (self.world.root / key).exists()]
        if not gone:
            return []
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'")
            cursor.execute(NOT_PROVEN, [gone])
            return [pk for (pk,) in cursor.fetchall()]


def backends() -> list[int]:
    """One of another process, at work if there is one."""
    with connection.cursor() as cursor:
        cursor.execute(BACKENDS)
        return [pid for (pid,) in cursor.fetchall()]
