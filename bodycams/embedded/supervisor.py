"""Watching over programs: start, wait until ready, restart what falls over, stop in order.

A program that ends before it is ready ends the whole start, with the end of its log. One that ends later is
started again; when it does so too often, everything stops with a sentence. Not here: which programs there
are.
"""

import contextlib
import signal
import time
from collections.abc import Callable
from typing import NoReturn

from bodycams.embedded.bootstrap import Failure, say
from bodycams.embedded.processes import Program
from bodycams.embedded.signals import pause

RESTARTS = 5
WITHIN = 60.0
GLANCE = 1.0


class Supervisor:
    """The programs of this process, in the order in which they were started."""

    def __init__(self) -> None:
        self.programs: list[Program] = []
        self._restarts: dict[str, list[float]] = {}

    def start(self, program: Program) -> None:
        self.programs.append(program)
        program.start()

    def drop(self, program: Program) -> None:
        """Forgets a program that did not come to life."""
        program.stop()
        self.programs.remove(program)

    def complete(self, program: Program) -> None:
        """Runs a program to its end; it has to end well."""
        self.start(program)
        while not program.has_ended():
            pause(GLANCE)
        self.programs.remove(program)
        if program.process is not None and (code := program.process.returncode):
            how = f"is afgebroken ({signal.Signals(-code).name})" if code < 0 else "is niet gelukt"
            raise Failure(f"{program.tail(1)}\nHet klaarzetten {how}. Zie {program.log}.")

    def wait_until(self, lacks: Callable[[], str], what: str, *, patience: float = 90.0) -> None:
        """Waits until it lacks nothing; a program that ends meanwhile, or too long a wait, ends the start."""
        until = time.monotonic() + patience
        while lack := lacks():
            for program in self.programs:
                if program.has_ended():
                    raise Failure(f"{program.tail()}\n{program.name} stopte bij het starten. Zie {program.log}.")
            if time.monotonic() > until:
                raise Failure(
                    f"{what} is na {patience:.0f} seconden nog niet klaar: {lack}. Zie {self.programs[-1].log.parent}."
                )
            pause(0.1)

    def watch(self) -> NoReturn:
        """Keeps everything running until somebody asks to stop."""
        while True:
            for program in self.programs:
                if program.has_ended():
                    self.restart(program)
            pause(GLANCE)

    def restart(self, program: Program) -> None:
        """Starts a fallen program again, a limited number of times."""
        now = time.monotonic()
        recent = [moment for moment in self._restarts.get(program.name, []) if now - moment < WITHIN]
        if len(recent) >= RESTARTS:
            raise Failure(f"{program.tail()}\n{program.name} valt steeds om; alles stopt. Zie {program.log}.")
        self._restarts[program.name] = [*recent, now]
        say(f"{program.name} was gestopt en wordt opnieuw gestart.")
        program.kill()
        program.start()

    def stop(self) -> None:
        """Stops everything, last started first; signals that arrive meanwhile change nothing."""
        for program in reversed(self.programs):
            with contextlib.suppress(OSError):
                program.stop()
        self.programs.clear()
