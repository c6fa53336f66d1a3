"""The figures of documents: what a long PDF costs beside WeasyPrint alone, and beside what anybody would write first.

Each document is made in a process of its own (`bench/alone/sheet.py`), so that one does not warm up the other.
"""

import json
import statistics
from collections.abc import Iterator

from bench.databases import POSTGRES, python, with_rows
from bench.measuring import Figure, Sizes, twice
from bench.servers import Server

AUDITOR = "2004"
USUAL, LONG = 1_000, 5_000
"""Rows of the documents: the first is made in one go, the other in parts."""

Cost = dict[str, float]


def cost_of(kind: str, rows: int) -> Cost:
    """What `bench/alone/sheet.py` says of it: `seconds` of processor time and `megabytes`."""
    answer: Cost = json.loads(python(POSTGRES, ["-m", "bench.alone.sheet", kind, str(rows)]).splitlines()[-1])
    return answer


def in_turns(*documents: tuple[str, int], sizes: Sizes) -> list[Cost]:
    """The medians of each, made in turns: there and back again. Half as often as a page is visited."""
    found: dict[tuple[str, int], list[Cost]] = {document: [] for document in documents}
    for document in [*documents, *reversed(documents)] * max(1, sizes.rounds // 2):
        found[document].append(cost_of(*document))
    return [{name: statistics.median(cost[name] for cost in costs) for name in costs[0]} for costs in found.values()]


def figure_8(sizes: Sizes) -> Iterator[Figure]:
    """From the rows to the last byte, beside WeasyPrint that is handed the same HTML."""
    ours, bare = in_turns(("ours", USUAL), ("bare", USUAL), sizes=sizes)
    yield Figure(8, f"overzicht van {USUAL} als PDF", "CPU-s", *seconds(ours, bare), 1.05)
    with Server(with_rows(sizes.small), AUDITOR) as server:
        [[asked, _]] = server.probe([twice("/overzicht/")])["queries"]
    yield Figure(8, "vragen van het overzicht aan de database", "SQL", asked, None, 5, of_ours=True)


def figure_9(sizes: Sizes) -> Iterator[Figure]:
    """What the way it is drawn gains, and that it stays so when it is long."""
    ours, naive, untagged = in_turns(("finished", USUAL), ("naive", USUAL), ("untagged", USUAL), sizes=sizes)
    yield Figure(9, f"tekenen van {USUAL} naast de tabel van tien kolommen", "CPU-s", *seconds(ours, naive), 0.43)
    yield Figure(9, f"tekenen van {USUAL} met tags naast zonder", "CPU-s", *seconds(ours, untagged), 1.1)
    long, usual = in_turns(("ours", LONG), ("ours", USUAL), sizes=sizes)
    yield Figure(9, f"overzicht van {LONG} naast dat van {USUAL}", "CPU-s", *seconds(long, usual), 5.3)
    memory = long["megabytes"], usual["megabytes"]
    yield Figure(9, f"geheugen voor {LONG} naast dat voor {USUAL}", "MB", *memory, 300, of_ours=True)


def seconds(ours: Cost, baseline: Cost) -> tuple[float, float]:
    return ours["seconds"], baseline["seconds"]


FIGURES = {8: figure_8, 9: figure_9}
