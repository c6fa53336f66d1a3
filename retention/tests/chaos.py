"""Pulling plugs: real worker processes that are killed with -9, at random and between the file that is gone and its
proof, while holds are placed; and an oracle that looks at disk, rows and journal with none of the engine's words.
"""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.db import IntegrityError, connection, connections, transaction

from journal.models import Entry
from organisation.models import Person
from retention import destruction
from retention.clock import now
from retention.models import Destruction, Hold, Proof, Recording
from retention.storage import Outcome, StorageError
from retention.storage.folder import Folder
from retention.tests.engine import hold
from retention.tests.factories import CONTENT, facts

Work = Callable[["Dying"], None]
DIES_IN_THE_WINDOW = 0.3


class Dying(Folder):
    """A folder that now and then does not come back from deleting: the process is killed, and the files are gone."""

    def __init__(self, root: Path, pipe: int) -> None:
        super().__init__(root, make=True)
        self.pipe = pipe

    def delete_some(self, keys: Sequence[str]) -> dict[str, Outcome | StorageError]:
        gone = super().delete_some(keys)
        time.sleep(random.random() / 500)
        if random.random() < DIES_IN_THE_WINDOW:
            os.write(self.pipe, b"x")
            os.kill(os.getpid(), signal.SIGKILL)
        return gone


@dataclass
class Chaos:
    """Some recordings with their files, and what was done to them. `held` is what somebody was told is held."""

    root: Path
    by: Person
    due: list[Recording] = field(default_factory=list)
    young: list[Recording] = field(default_factory=list)
    held: set[int] = field(default_factory=set)
    refused: int = 0
    killed: int = 0
    in_window: int = 0

    def fill(self, due: int, young: int, seed: int = 28) -> None:
        random.seed(seed)
        Folder(self.root, make=True).size("x")
        self.due, self.young = self._stored(due, 27), self._stored(young, 26)

    def _stored(self, number: int, days_ago: int) -> list[Recording]:
        seen = now()
        rows = Recording.objects.bulk_create(Recording(**facts(days_ago, file_seen_at=seen)) for _ in range(number))
        for one in rows:
            path = self.root / one.storage_key
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(CONTENT)
        return rows

    def run(self, work: Work, *, workers: int, until: Callable[[], bool], kill: float) -> None:
        """Keep so many workers going until it is done, killing one every `kill` seconds or so and placing holds."""
        reads, writes = os.pipe()
        os.set_blocking(reads, False)
        alive: set[int] = set()
        while not until():
            while len(alive) < workers:
                alive.add(self._forked(work, writes))
            self._place_a_hold()
            time.sleep(random.random() * kill)
            if alive and random.random() < 0.5:
                self._kill(random.choice(sorted(alive)))
            alive -= self._ended(alive)
            self._free()
        for pid in alive:
            self._kill(pid)
            os.waitpid(pid, 0)
        with suppress(BlockingIOError):
            self.in_window = len(os.read(reads, 65536))
        os.close(reads)
        os.close(writes)

    def _free(self) -> None:
        """What a killed worker had is free again; what a living one has locked is left, so that nobody waits."""
        with transaction.atomic():
            todo = Destruction.objects.filter(done_at=None).select_for_update(skip_locked=True)
            Destruction.objects.filter(pk__in=[one.pk for one in todo]).update(lease_until=None)

    def _forked(self, work: Work, pipe: int) -> int:
        """A process of its own, with a connection of its own; it never comes back into the tests."""
        connections.close_all()
        pid = os.fork()
        if pid:
            return pid
        try:
            random.seed(os.urandom(8))
            work(Dying(self.root, pipe))
        finally:
            os._exit(0)

    def _kill(self, pid: int) -> None:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
            self.killed += 1

    def _ended(self, alive: set[int]) -> set[int]:
        return {pid for pid in alive if os.waitpid(pid, os.WNOHANG)[0]}

    def _place_a_hold(self) -> None:
        found = random.choice(self.due)
        try:
            hold(found, self.by)
            self.held.add(found.pk)
        except IntegrityError:
            self.refused += 1

    def violations(self) -> Counter[str]:
        """What may never be, each with how often it is."""
        proofs, status, told = _facts()
        wrong: Counter[str] = Counter()
        for one in [*self.due, *self.young]:
            path = self.root / one.storage_key
            is_there = path.exists()
            keeps = one.pk in self.held or one in self.young
            wrong["lost"] += is_there and path.read_bytes() != CONTENT
            wrong["held destroyed"] += one.pk in self.held and not is_there
            wrong["young destroyed"] += one in self.young and not is_there
            wrong["proven and still there"] += bool(proofs[one.pk]) and is_there
            wrong["gone without proof"] += not is_there and proofs[one.pk] != 1
            wrong["forgotten"] += not keeps and is_there
            wrong["proof and status disagree"] += (status[one.pk] == "vernietigd") != bool(proofs[one.pk])
            wrong["told otherwise than once"] += told[one.pk] != proofs[one.pk]
        return +wrong

    def is_done(self) -> bool:
        """Nothing is left to do but what is held."""
        todo = Recording.objects.filter(pk__in=[one.pk for one in self.due]).exclude(status="vernietigd")
        return not todo.exclude(pk__in=Hold.objects.values("recording")).exists()


def _facts() -> tuple[Counter[int], dict[int, str], Counter[int]]:
    proofs = Counter(Proof.objects.values_list("recording", flat=True))
    entries = Entry.objects.filter(object_type="retention.recording", action="vernietigen", result="genomen")
    told = Counter(int(pk) for pk in entries.values_list("object_id", flat=True))
    return proofs, dict(Recording.objects.values_list("pk", "status")), told


def as_it_is_done(storage: Dying) -> None:
    destruction.destroy(storage, batch=7)


def as_one_would_at_first(storage: Dying) -> None:
    """An ordinary draft: ask what is due, and then one after the other look, delete, and write down."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, storage_key FROM retention_recording r WHERE next_at <= retention_now()"
            " AND status = 'te_beoordelen' AND NOT retention_is_held(id) ORDER BY random()"
        )
        due = cursor.fetchall()
    for pk, key in due:
        storage.delete([key])
        moment = now()
        with suppress(IntegrityError):
            Destruction.objects.filter(pk=pk).update(point_of_no_return_at=moment, done_at=moment)
            Proof.objects.create(recording_id=pk, run_id=1, ground="x", how="x", sha256="0" * 64, destroyed_at=moment)
            Entry.objects.create(
                action="vernietigen", object_type="retention.recording", object_id=str(pk), result="genomen"
            )
            Recording.objects.filter(pk=pk).update(status="vernietigd", wearer="", not_announced_reason="")
