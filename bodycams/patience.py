"""Doing again what failed: soon, and then later and later. What is done, and what is said of it, is for the callers."""

import logging
from collections.abc import Callable, Hashable, Iterable
from datetime import datetime, timedelta
from typing import TypeVar

log = logging.getLogger(__name__)

FIRST, LONGEST = timedelta(seconds=10), timedelta(hours=1)
ALL = "all"
"""What fails when none of a kind can be made, for want of a key or of Pango."""
Thing = TypeVar("Thing", bound=Hashable)


class Patience:
    """From when each thing that failed may be tried again: twice as long after as the time before.

    In the memory of a process, so that a worker that is started anew tries everything at once.
    """

    def __init__(self) -> None:
        self._waits: dict[Hashable, tuple[datetime, timedelta]] = {}

    def is_up(self, what: Hashable, at: datetime) -> bool:
        """Whether it may be tried (again)."""
        return what not in self._waits or at >= self._waits[what][0]

    def failed(self, what: Hashable, at: datetime) -> None:
        _, before = self._waits.get(what, (at, FIRST / 2))
        wait = min(2 * before, LONGEST)
        self._waits[what] = (at + wait, wait)

    def worked(self, what: Hashable) -> None:
        self._waits.pop(what, None)

    def make(
        self,
        waiting: Iterable[Thing],
        make: Callable[[Thing, datetime], bool],
        at: datetime,
        *,
        hopeless: type[Exception] | tuple[type[Exception], ...],
        most: int | None = None,
    ) -> int:
        """Make what waits and may be tried now, `most` of it; answers with how many `make` made. One that fails does
        not stop the rest, unless its failure is `hopeless` for all of them.
        """
        made = 0
        if not self.is_up(ALL, at):
            return made
        for one in waiting:
            if made == most:
                break
            if not self.is_up(one, at):
                continue
            try:
                made += make(one, at)
            except hopeless as failure:
                self.failed(ALL, at)
                log.warning("nothing can be made by %s: %s", make.__module__, failure)
                break
            except Exception:
                self.failed(one, at)
                log.exception("%s could not be made by %s", one, make.__module__)
            else:
                self.worked(ALL)
                self.worked(one)
        return made
