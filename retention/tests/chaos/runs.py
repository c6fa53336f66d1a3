"""A run: at random for as long as was asked, or short, with each plug pulled once and on purpose. Then all is left in
peace until what had to go is gone, and the oracle is asked.
"""

import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from multiprocessing import Value
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from bodycams.embedded.signals import pause
from journal import seals
from retention.tests.chaos import oracle
from retention.tests.chaos.clock import Clock
from retention.tests.chaos.draft import mend_the_journal
from retention.tests.chaos.plugs import CHILD, HAS_A_WINDOW, Plugs
from retention.tests.chaos.site import Site, say
from retention.tests.chaos.worker import Workers
from retention.tests.chaos.world import World, tried

GLANCE, MORE = 0.05, 60
BUSY_WITHIN = 3.0
"""Seconds that a plug waits at most for something to be destroyed; after that it is pulled while nothing is."""

PATIENCE = 180.0
"""Seconds in which what had to go must be gone, once nothing is killed any more."""


@dataclass(frozen=True)
class Asked:
    objects: int
    minutes: float
    kills: int
    seed: int
    times: float
    batch: int
    pace: float
    is_short: bool
    is_draft: bool


class Run:
    def __init__(self, site: Site, asked: Asked) -> None:
        self.site, self.asked = site, asked
        self.clock = Clock(datetime.now(UTC), asked.times)
        self.clock.replace_the_databases()
        self.world = World(site.home.path("recordings"), asked.seed)
        self.plugs = Plugs(site, self.world)
        self.pace: Any = Value("d", asked.pace)
        self.began = time.monotonic()
        workers = Workers(site.home.folder, self.clock, self.pace, asked.batch, asked.is_draft)
        workers.prepare()
        site.add("worker", workers.worker)
        for number in (1, 2):
            site.add(f"beat-{number}", workers.beat(number))

    # --- at random --------------------------------------------------------------------------------

    def at_random(self) -> None:
        asked = self.asked
        ends = self.began + asked.minutes * 60
        every = asked.minutes * 60 / asked.kills
        held_a_second = asked.objects / 10 / (asked.minutes * 60)
        next_kill, next_word = self.began + every, self.began
        while time.monotonic() < ends:
            share = min(1.0, (time.monotonic() - self.began) / (0.9 * asked.minutes * 60) + 0.02)
            self.tick(bring=int(asked.objects * share) - self.world.number, holds=held_a_second)
            late = time.monotonic() - next_kill
            if late >= BUSY_WITHIN or (late >= 0 and self._is_deleting()):
                self.plugs.pull(self._any())
                next_kill = time.monotonic() + random.uniform(0.2, 1.4) * every
            if time.monotonic() >= next_word:
                self.say()
                next_word += 15

    def _any(self) -> str:
        plugs = self.plugs.all()
        return self.world.random.choices(list(plugs), [weight for _, weight in plugs.values()])[0]

    def tick(self, *, bring: int = 0, holds: float = 0.0) -> None:
        """A moment of an ordinary day, in which whatever fell over is started again."""
        world = self.world
        if bring >= 20:
            world.bring(bring)
        world.arrive()
        world.judge_some()
        if world.random.random() < holds * GLANCE:
            world.hold_one()
        if world.random.random() < holds * GLANCE / 5:
            world.undo_one()
        if world.random.random() < GLANCE:
            world.look()
        self.site.keep()
        self.plugs.settle()
        pause(GLANCE)

    # --- each once, on purpose --------------------------------------------------------------------

    def on_purpose(self) -> None:
        """Each plug is pulled while something is being destroyed, and those that can be within the window. The draft
        is caught by the first.
        """
        self.world.bring(self.asked.objects)
        self.plugs.aims = True
        for name in [CHILD] if self.asked.is_draft else self.plugs.all():
            self.until(partial(self._pulled, name), f"er op tijd is getrokken: {name}")
        self.pace.value = 0.0

    def _pulled(self, name: str) -> bool:
        """Whether it was, this time, and within the window where there is one."""
        self.until(self._is_deleting, "er iets wordt vernietigd")
        self.plugs.pull(name)
        self.until(lambda: not self.plugs.is_unsure, "de database weer antwoordt")
        return bool(self.plugs.in_window[name] if name in HAS_A_WINDOW else self.plugs.pulled[name])

    def _is_deleting(self) -> bool:
        """Whether a living child was told to delete what is gone, and did not prove it yet."""
        keys = self.plugs.deleting(self.site.worker.children())
        return bool(tried(lambda: self.plugs.gone_unproven(keys)))

    def until(self, holds: Callable[[], bool], what: str) -> None:
        ends = time.monotonic() + PATIENCE
        while not holds():
            if time.monotonic() > ends:
                raise TimeoutError(f"Er is te lang gewacht tot {what}.")
            more = 0 if self.world.is_coming or not self.world.is_done(self.clock.now()) else MORE
            self.tick(bring=more, holds=2.0)

    # --- and then ---------------------------------------------------------------------------------

    def in_peace(self) -> None:
        """Nothing is killed any more. What had to go by now is gone within `PATIENCE`, or was forgotten."""
        self.pace.value = 0.0
        while self.world.is_coming:
            self.tick()
        self.due_at = self.clock.now()
        ends = time.monotonic() + (0 if self.asked.is_draft else PATIENCE)
        while not self.world.is_done(self.due_at) and time.monotonic() < ends:
            self.tick()
        self.world.look()

    def say(self) -> None:
        notes, plugs = self.world.notes, self.plugs
        say(
            f"{time.monotonic() - self.began:5.0f} s: {len(notes.known)} opnamen, {len(notes.proven)} vernietigd, "
            f"{plugs.pulled.total()} stekkers, {plugs.in_window.total()} in het venster, {len(notes.held)} opgeschort"
        )

    def violations(self) -> Counter[str]:
        for name in ("beat-1", "beat-2", "worker"):
            self.site.programs.pop(name).kill()
        outside = Path(urlsplit(settings.DESTRUCTION_LEDGER).path)
        wrong = oracle.violations(self.world.notes, oracle.seen(), self.world.root, self.due_at, outside)
        if self.asked.is_draft:
            seals.seal(wait=True)
            mend_the_journal()
        wrong[oracle.CHAIN] = int(oracle.chain_is_broken(self.site.home.folder))
        return +wrong
