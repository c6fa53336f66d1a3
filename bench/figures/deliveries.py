"""The figures of taking recordings in: a validated CSV file beside COPY of rows that are known to be right, and batches
through the API with the memory that they take.

A file is taken in by a process of its own (`bench/alone/arrivals.py`); the API by the web server as it runs.
"""

import http.client
import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bench.alone.arrivals import items
from bench.databases import Database, a_copy_of, python, with_rows
from bench.measuring import Figure, Sizes, medians
from bench.servers import Server

ROWS, BATCH = 20_000, 1000
TOGETHER = 2
"""Docks that deliver at the same time."""
WARM, BATCHES = 10, 60


def figure_7(sizes: Sizes) -> Iterator[Figure]:
    database = a_copy_of(with_rows(sizes.small))
    took = medians(took_by(database, "ours"), took_by(database, "copy"), max(1, sizes.rounds // 2))
    name = f"CSV van {ROWS} opnamen, nagekeken, naast COPY"
    yield Figure(7, name, "s", *took, 2.0)
    token = python(database, ["manage.py", "create_api_token", "bench", "--role", "dock"]).split()[-1]
    with Server(database, "2001") as server:
        deliver(server, token, WARM)
        before = server.memory()
        seconds = deliver(server, token, BATCHES)
        after = server.memory()
    a_thousand = 1000 * seconds / BATCHES
    yield Figure(7, f"{BATCH} opnamen door de API, door {TOGETHER} tegelijk", "ms", a_thousand, None, 200, of_ours=True)
    yield Figure(7, f"geheugen na {BATCHES} keer {BATCH} naast na {WARM}", "MB", after, before, 1.1)


def took_by(database: Database, way: str) -> Callable[[], float]:
    def measure() -> float:
        answer = json.loads(python(database, ["-m", "bench.alone.arrivals", way, str(ROWS)]).splitlines()[-1])
        return float(answer["seconds"])

    return measure


def deliver(server: Server, token: str, batches: int) -> float:
    """The seconds that so many batches took, made beforehand."""
    bodies = [json.dumps(items(BATCH)).encode() for _ in range(batches)]
    began = time.perf_counter()
    with ThreadPoolExecutor(TOGETHER) as pool:
        list(pool.map(lambda mine: send(server.port, token, mine), [bodies[n::TOGETHER] for n in range(TOGETHER)]))
    return time.perf_counter() - began


def send(port: int, token: str, bodies: list[bytes]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    for body in bodies:
        connection.request("POST", "/api/v1/recordings", body, headers)
        answer: Any = connection.getresponse()
        answer.read()
        if answer.status != 201:
            raise SystemExit(f"De API antwoordt {answer.status}.")
    connection.close()


FIGURES = {7: figure_7}
