"""Plans and destroys what is due in a database, says how long that took, and which part took what.

`python -m bench.alone.destroyer WAY …` answers with one JSON object. `review` takes one review, `quiet NUMBER` that
many with nothing to find. `destroy` and `unlink FOLDER` say `ready`, wait for a line, and then destroy what was
planned, or remove the files of a folder as fast as anybody can: eight threads, five hundred files at a time.
"""

import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import django

THREADS, CHUNK = 8, 500


def review() -> dict[str, Any]:
    from retention.destroying import review as room

    chunks: list[float] = []
    planned = room._planned

    def timed(*given: Any, **named: Any) -> Iterator[int]:
        began = time.perf_counter()
        for number in planned(*given, **named):
            chunks.append(time.perf_counter() - began)
            yield number
            began = time.perf_counter()

    setattr(room, "_planned", timed)  # noqa: B010  # an assignment that types allow
    began = time.perf_counter()
    report = room.review()
    if report is None:
        raise SystemExit("Er loopt al een controle.")
    return {"seconds": time.perf_counter() - began, "longest": max(chunks, default=0), "planned": report.planned}


def quiet(number: str) -> dict[str, Any]:
    """The first one is told of reminders and fills what is remembered."""
    found = [review() for _ in range(int(number) + 1)]
    return {"seconds": [one["seconds"] for one in found[1:]], "planned": sum(one["planned"] for one in found)}


def destroy() -> dict[str, Any]:
    from django.db import connection

    from retention import ledger
    from retention.destroying import destruction

    took: dict[str, float] = defaultdict(float)

    def timed(room: Any, name: str) -> None:
        work: Callable[..., Any] = getattr(room, name)

        def measured(*given: Any, **named: Any) -> Any:
            began = time.perf_counter()
            try:
                return work(*given, **named)
            finally:
                took[name] += time.perf_counter() - began

        setattr(room, name, measured)

    for room, name in ((destruction, "claim"), (destruction, "_deleted"), (destruction, "settle"), (ledger, "write")):
        timed(room, name)
    connection.ensure_connection()
    go()
    began = time.perf_counter()
    number = destruction.destroy()
    return {"seconds": time.perf_counter() - began, "destroyed": number, "took": took}


def unlink(folder: str) -> dict[str, Any]:
    names = [entry.path for entry in os.scandir(folder) if entry.is_file() and not entry.name.startswith("~")]
    go()
    began = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(removed, [names[at : at + CHUNK] for at in range(0, len(names), CHUNK)]))
    return {"seconds": time.perf_counter() - began, "destroyed": len(names), "took": {}}


def removed(names: list[str]) -> None:
    for name in names:
        os.unlink(name)


def go() -> None:
    print("ready", flush=True)
    sys.stdin.readline()


WAYS: dict[str, Callable[..., dict[str, Any]]] = {f.__name__: f for f in (review, quiet, destroy, unlink)}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bodycams.settings")
    django.setup()
    print(json.dumps(WAYS[sys.argv[1]](*sys.argv[2:])))
