"""What the figures share: how many rows and how much patience, a line of the outcome, and how two things are measured
beside each other.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle
from typing import Any

from bench.servers import Server


@dataclass(frozen=True)
class Sizes:
    """How many rows and how much patience."""

    rows: int = 100_000
    small: int = 1_000
    large: int = 1_000_000
    rounds: int = 5
    visits: int = 60
    entries: int = 1_000_000
    recordings: int = 5_000_000
    due: int = 1_000_000
    files: int = 100_000


@dataclass(frozen=True)
class Figure:
    """One line of the outcome. A ratio is ours divided by the baseline; `at_most` is its limit, or that of `ours`. One
    without a limit only tells where the time goes.
    """

    number: int
    name: str
    unit: str
    ours: float
    baseline: float | None
    at_most: float | None
    of_ours: bool = False

    @property
    def ratio(self) -> float | None:
        return self.ours / self.baseline if self.baseline else None

    @property
    def is_met(self) -> bool:
        value = self.ours if self.of_ours or self.ratio is None else self.ratio
        return self.at_most is None or value <= self.at_most


def alternately(first: Callable[[], Any], second: Callable[[], Any], rounds: int) -> tuple[list[Any], list[Any]]:
    """What each of both answers in rounds A B B A, after one round that does not count."""
    answers: tuple[list[Any], list[Any]] = ([], [])
    first(), second()
    for _ in range(rounds):
        for place, measure in ((0, first), (1, second), (1, second), (0, first)):
            answers[place].append(measure())
    return answers


def medians(first: Callable[[], float], second: Callable[[], float], rounds: int) -> tuple[float, float]:
    ours, baseline = alternately(first, second, rounds)
    return statistics.median(ours), statistics.median(baseline)


def cpu_of(server: Server, visit: Callable[[], object], visits: int) -> Callable[[], float]:
    """Milliseconds of processor time in the web server for one visit."""

    def measure() -> float:
        before = server.cpu()
        for _ in range(visits):
            visit()
        return (server.cpu() - before) / visits * 1000

    return measure


def seconds_of(visit: Callable[[], object], visits: int) -> Callable[[], list[float]]:
    """How long each visit takes, for who waits for it."""

    def measure() -> list[float]:
        took = []
        for _ in range(visits):
            began = time.perf_counter()
            visit()
            took.append(time.perf_counter() - began)
        return took

    return measure


def one_after_the_other(server: Server, addresses: list[str]) -> Callable[[], object]:
    turns = cycle(addresses)
    return lambda: server.get(next(turns))


def twice(address: str) -> list[Any]:
    """Visited before it is counted: a first visit fills what is remembered."""
    return [(address, None), (address, None)]
