"""The figure of the search in the register: what somebody waits for, and what it takes of a web process.

Beside it the bare project looks for the same word in title and description, newest first, as anybody would begin: no
word's other forms, no order by how well a file answers, no marks.
"""

import statistics
from collections.abc import Iterator
from itertools import chain

from bench.databases import with_rows
from bench.figures.pages import BARE_LIST, LEADER, LIST
from bench.measuring import Figure, Sizes, alternately, cpu_of, medians, one_after_the_other, seconds_of
from bench.servers import Server

WORDS = "horeca", "hondengeleiders", "geweld", "bodycams", "zeehond"
"""In some titles, in fewer, in many texts, in nearly all, nowhere."""


def figure_15(sizes: Sizes) -> Iterator[Figure]:
    """The first page of what is found, by several words in turn."""
    database = with_rows(sizes.rows)
    with Server(database, LEADER) as ours, Server(database, "bench", bare=True) as bare:
        visits = one_after_the_other(ours, [f"{LIST.format(size=50)}&q={word}" for word in WORDS])
        bare_visits = one_after_the_other(bare, [f"{BARE_LIST.format(size=50)}&q={word}" for word in WORDS])
        took = alternately(seconds_of(visits, sizes.visits), seconds_of(bare_visits, sizes.visits), sizes.rounds)
        waited, baseline = (statistics.quantiles(chain(*found), n=20)[-1] * 1000 for found in took)
        yield Figure(15, f"p95 van zoeken in {sizes.rows}", "ms", waited, baseline, 1.0)
        cpu = medians(cpu_of(ours, visits, sizes.visits), cpu_of(bare, bare_visits, sizes.visits), sizes.rounds)
        yield Figure(15, "wat zoeken het web-proces kost", "CPU-ms", *cpu, 1.5)


FIGURES = {15: figure_15}
