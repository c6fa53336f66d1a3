"""The figures of files for a spreadsheet: that a long one takes no more memory than a short one, and what it costs
beside the library that anybody would take.

Each is made in a process of its own (`bench/alone/table.py`).
"""

import json
from collections.abc import Callable, Iterator

from bench.databases import Database, python, with_rows
from bench.measuring import Figure, Sizes, medians
from bodycams.spreadsheets.formats import FORMATS

BESIDE = {"csv": 1.5, "xlsx": 1.0}
"""How much of the library's processor time ours may take: a `csv` that makes nothing harmless does less."""


def cost_of(database: Database, way: str, kind: str) -> dict[str, float]:
    answer: dict[str, float] = json.loads(python(database, ["-m", "bench.alone.table", way, kind]).splitlines()[-1])
    return answer


def seconds_of(database: Database, way: str, kind: str) -> Callable[[], float]:
    return lambda: cost_of(database, way, kind)["seconds"]


def figure_14(sizes: Sizes) -> Iterator[Figure]:
    """The whole register as a file, beside a short one, and beside the library."""
    long, short = with_rows(sizes.rows), with_rows(sizes.small)
    for kind, file in FORMATS.items():
        most, little = (cost_of(database, "ours", kind)["megabytes"] for database in (long, short))
        yield Figure(14, f"geheugen voor {sizes.rows} als {file.label} naast {sizes.small}", "MB", most, little, 1.1)
    for kind, at_most in BESIDE.items():
        ways = seconds_of(long, "ours", kind), seconds_of(long, "library", kind)
        cpu = medians(*ways, max(1, sizes.rounds // 3))
        yield Figure(14, f"{sizes.rows} als {FORMATS[kind].label} naast de bibliotheek", "CPU-s", *cpu, at_most)


FIGURES = {14: figure_14}
