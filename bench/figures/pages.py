"""The figures of pages and steps, and of the web process that answers them (1 to 4 and 10)."""

import re
import statistics
from collections.abc import Iterator
from html import unescape
from itertools import chain, cycle

from bench.databases import Database, a_copy_of, with_rows
from bench.measuring import Figure, Sizes, alternately, cpu_of, medians, one_after_the_other, seconds_of, twice
from bench.servers import Server, start

LEADER = "2001"
LIST = "/initiatieven/?status=goedgekeurd&aantal={size}"
BARE_LIST = "/rows/?state=goedgekeurd&aantal={size}"
FILES = "SELECT id FROM initiatives_initiative WHERE {condition} ORDER BY hashint8(id) LIMIT {limit}"


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
