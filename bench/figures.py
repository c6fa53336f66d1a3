"""The figures: what is visited, how often, and what is made of it. What they mean stands in docs/bench.md."""

import re
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from itertools import chain, cycle
from typing import Any

from bench.databases import Database, a_copy_of, with_rows
from bench.servers import Server, start

LEADER = "2001"
LIST = "/initiatieven/?status=goedgekeurd&aantal={size}"
BARE_LIST = "/rows/?state=goedgekeurd&aantal={size}"
FILES = "SELECT id FROM initiatives_initiative WHERE {condition} ORDER BY hashint8(id) LIMIT {limit}"


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


def one_after_the_other(server: Server, addresses: list[str]) -> Callable[[], object]:
    turns = cycle(addresses)
    return lambda: server.get(next(turns))


def twice(address: str) -> list[Any]:
    """Visited before it is counted: a first visit fills what is remembered."""
    return [(address, None), (address, None)]


def others(server: Server, address: str) -> list[str]:
    """The addresses of the page after this one and of the last one, to which its last two links lead."""
    page = server.get(address).decode()
    return ["/initiatieven/" + unescape(link) for link in re.findall(r'href="([^"]*pagina=[^"]*)"', page)[-2:]]


def figure_1(sizes: Sizes) -> Iterator[Figure]:
    """A page of the register: filtered, sorted, paged and as far as one may see."""
    database = with_rows(sizes.rows)
    with Server(database, LEADER) as ours, Server(database, "bench", bare=True) as bare:
        visits = one_after_the_other(ours, lists(ours))
        bare_visits = one_after_the_other(bare, [BARE_LIST.format(size=50)])
        cpu = medians(cpu_of(ours, visits, sizes.visits), cpu_of(bare, bare_visits, sizes.visits), sizes.rounds)
        yield Figure(1, f"lijst van 50 uit {sizes.rows}", "CPU-ms", *cpu, 1.15)
        counts = [count for count, _ in ours.probe([twice(LIST.format(size=n)) for n in (10, 50, 100)])["queries"]]
        [[plain, _]] = bare.probe([twice(BARE_LIST.format(size=50))])["queries"]
        grows = max(counts) - min(counts)
        yield Figure(1, "vragen van die lijst aan de database", "SQL", max(counts), plain, 5, of_ours=True)
        yield Figure(1, "hoeveel vragen 100 rijen meer kosten dan 10", "SQL", grows, None, 0, of_ours=True)


def lists(server: Server) -> list[str]:
    """Several pages of the register, each through another index."""
    first = LIST.format(size=50)
    oldest, most = f"{first}&sortering=aangemeld", f"{first}&sortering=-cameras"
    unit, since = "/initiatieven/?eenheid=ON", "/initiatieven/?van=2016-01-01"
    return [first, *others(server, first), oldest, most, unit, since]


def figure_2(sizes: Sizes) -> Iterator[Figure]:
    """The same page, however large the register is."""
    with Server(with_rows(sizes.large), LEADER) as large, Server(with_rows(sizes.small), LEADER) as small:
        took = alternately(
            seconds_of(one_after_the_other(large, lists(large)), sizes.visits),
            seconds_of(one_after_the_other(small, lists(small)), sizes.visits),
            sizes.rounds,
        )
        ours, baseline = (statistics.quantiles(chain(*found), n=20)[-1] * 1000 for found in took)
        yield Figure(2, f"p95 van de lijst uit {sizes.large} naast die uit {sizes.small}", "ms", ours, baseline, 1.1)


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


def figure_3(sizes: Sizes) -> Iterator[Figure]:
    """The page of one file."""
    database = with_rows(sizes.rows)
    files = [pk for (pk,) in database.run(FILES.format(condition="number IS NOT NULL", limit=40))]
    with Server(database, LEADER) as ours, Server(database, "bench", bare=True) as bare:
        cpu = medians(
            cpu_of(ours, one_after_the_other(ours, [f"/initiatieven/{pk}/" for pk in files]), sizes.visits),
            cpu_of(bare, one_after_the_other(bare, [f"/rows/{pk}/" for pk in files]), sizes.visits),
            sizes.rounds,
        )
        yield Figure(3, "bladzijde van een dossier", "CPU-ms", *cpu, 2.0)
        [[every, about_who]] = ours.probe([twice(f"/initiatieven/{files[0]}/")])["queries"]
        [[plain, plain_who]] = bare.probe([twice(f"/rows/{files[0]}/")])["queries"]
        counts = every - about_who, plain - plain_who
        yield Figure(3, "vragen van dat dossier, zonder die over rechten", "SQL", *counts, 6, of_ours=True)


def figure_4(sizes: Sizes) -> Iterator[Figure]:
    """A step taken: locked, judged, recorded, told and written down."""
    database = a_copy_of(with_rows(sizes.rows))
    files = enough_files(database, 2 + (1 + 2 * sizes.rounds) * (sizes.visits // 2))
    rows = cycle([pk for (pk,) in database.run(FILES.format(condition="status = 'goedgekeurd'", limit=500))])
    reasons = {"reasons": "De noodzaak blijkt niet uit de stukken."}
    visits = sizes.visits // 2
    with Server(database, LEADER) as ours, Server(database, "bench", bare=True) as bare:
        cpu = medians(
            cpu_of(ours, lambda: ours.post(f"/initiatieven/{next(files)}/stap/afwijzen/", reasons), visits),
            cpu_of(bare, lambda: bare.post(f"/rows/{next(rows)}/step/", {"state": "goedgekeurd"}), visits),
            sizes.rounds,
        )
        yield Figure(4, "een stap gezet", "CPU-ms", *cpu, 2.5)
        steps = [(f"/initiatieven/{next(files)}/stap/afwijzen/", reasons) for _ in range(2)]
        bare_steps = [(f"/rows/{next(rows)}/step/", {"state": "goedgekeurd"}) for _ in range(2)]
        [[every, about_who]], [[plain, plain_who]] = ours.probe([steps])["queries"], bare.probe([bare_steps])["queries"]
        counts = every - about_who, plain - plain_who
        yield Figure(4, "vragen van die stap, zonder die over rechten", "SQL", *counts, 10, of_ours=True)


def enough_files(database: Database, needed: int) -> Iterator[int]:
    """Files that wait for a decision; each is decided once."""
    found = [pk for (pk,) in database.run(FILES.format(condition="status = 'beoordeeld'", limit=needed))]
    if len(found) < needed:
        raise SystemExit(
            f"Figuur 4 zet {needed} stappen, en er wachten maar {len(found)} dossiers op een besluit. "
            "Neem meer --rows, of minder --visits of --rounds."
        )
    return iter(found)


def figure_10(sizes: Sizes) -> Iterator[Figure]:
    """What a web worker takes, and how long until it works."""
    database = with_rows(sizes.rows)
    with Server(database, LEADER) as ours, Server(database, "bench", bare=True) as bare:
        for visit in (one_after_the_other(ours, lists(ours)), lambda: bare.get(BARE_LIST.format(size=50))):
            for _ in range(100):
                visit()
        yield Figure(10, "geheugen van een web-proces", "MB", ours.memory(), bare.memory(), 1.4)
    cpu = medians(lambda: start(database, bare=False), lambda: start(database, bare=True), sizes.rounds)
    yield Figure(10, "starten van een web-proces", "CPU-ms", *cpu, 1.6)


FIGURES = {1: figure_1, 2: figure_2, 3: figure_3, 4: figure_4, 10: figure_10}
"""The numbers are those of the aims; 5 to 9 come with the parts that they measure."""
