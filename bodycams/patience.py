"""Doing again what failed: soon, and then later and later. What is done, and what is said of it, is for the callers."""

from collections.abc import Hashable
from datetime import datetime, timedelta

FIRST, LONGEST = timedelta(seconds=10), timedelta(hours=1)


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
