"""The application's own worker and beats, in which three things differ: the clock goes faster, the storage takes a
moment as a real one does, and who deleted leaves a note of it, by which is known afterwards where it was killed.
"""

import json
import os
import random
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from typing import Any

from bodycams.beat import SCHEDULE
from bodycams.celery import app
from retention import tasks
from retention.destroying import destruction, valve
from retention.storage import Outcome, StorageError
from retention.storage.folder import Folder
from retention.tests.chaos.clock import Clock
from retention.tests.chaos.draft import destroy_as_one_would_at_first

CHILDREN = 3
ASKED = ("review_recordings", "destroy_recordings", "declare_destructions", "seal_journal")
"""What beat has them do; of all else nothing is tried here."""


class Marking(Folder):
    """A folder that is as slow as a storage far away. `pace`: the seconds that deleting takes at most, shared by all
    processes.
    """

    def __init__(self, root: Path, marks: Path, pace: "Synchronized[float]") -> None:
        super().__init__(root, make=True)
        self.marks, self.pace = marks, pace
        self.last: deque[list[str]] = deque(maxlen=3)  # one is proven while the next is deleted

    def delete(self, keys: Iterable[str]) -> dict[str, Outcome | StorageError]:
        asked = list(keys)
        mark = self.marks / str(os.getpid())
        unfinished = mark.with_suffix(".unfinished")
        self.last.append(asked)
        unfinished.write_text(json.dumps([key for keys in self.last for key in keys]))
        unfinished.replace(mark)
        found = super().delete(asked)
        time.sleep(random.random() * self.pace.value)
        return found


@dataclass
class Workers:
    """How worker and beats are run."""

    home: Path
    clock: Clock
    pace: "Synchronized[float]"
    batch: int
    is_draft: bool = False

    def prepare(self) -> None:
        """Once, before the first of them is forked."""
        storage = Marking(self.home / "recordings", self.home / "marks", self.pace)
        valve.worker_clock = self.clock.now
        put = partial(setattr, tasks.destruction)
        put("recordings", lambda: storage)
        destroy = partial(destroy_as_one_would_at_first, storage) if self.is_draft else destruction.destroy
        put("destroy", partial(destroy, batch=self.batch))
        setattr(tasks.declaration_papers, "make_papers", lambda at: 0)  # noqa: B010  # costs a second each
        app.conf.beat_schedule = dict(self._schedule())
        app.loader.import_default_modules()

    def _schedule(self) -> Iterable[tuple[str, Any]]:
        for name in ASKED:
            given = SCHEDULE[name]
            every = given["schedule"] if name == "seal_journal" else given["schedule"] / self.clock.times
            every = max(every, timedelta(seconds=1))
            yield name, {**given, "schedule": every, "options": {"expires": 2 * every.total_seconds()}}

    def worker(self) -> None:
        quiet = ("--without-gossip", "--without-mingle", "--loglevel=INFO")
        app.worker_main(["worker", "--pool=prefork", f"--concurrency={CHILDREN}", *quiet])

    def beat(self, number: int) -> Callable[[], None]:
        schedule = self.home / f"beat-{number}"
        return lambda: app.start(["beat", "--pidfile=", f"--schedule={schedule}", "--loglevel=INFO"])
