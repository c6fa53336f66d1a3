"""The figures of the 28 days: planning what is due beside the single statement that would do, a review with nothing to
find among millions, and destroying many small files beside removing as many.

Each is done by processes of their own (`bench/alone/destroyer.py`), on a copy of the database of recordings in which
the owner makes some of what was destroyed due again, past the guards.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.databases import ROOT, Database, a_copy_of, python
from bench.figures.recordings import with_recordings
from bench.measuring import Figure, Sizes, medians

QUIET = 10
"""Reviews with nothing to find."""
PARTS = {
    "claim": "opeisen en voorbij het punt zonder terugkeer",
    "_deleted": "verwijderen en nog eens kijken",
    "settle": "bewijs, grafsteen, journaal en lijst, in één keer",
    "write": "daarvan de lijst buiten de databank",
}

MAKE_DUE = """
ALTER TABLE retention_recording DISABLE TRIGGER USER;
UPDATE retention_recording SET status = 'te_beoordelen', status_before = '', judged_at = NULL, wearer = '100001',
    file_seen_at = used_to
WHERE id IN (
    SELECT id FROM retention_recording WHERE status = 'vernietigd' AND judging_closes_at <= now()
    ORDER BY id LIMIT {number}
);
ALTER TABLE retention_recording ENABLE TRIGGER USER;
"""
TIDY = "VACUUM (ANALYZE) retention_recording", "VACUUM (ANALYZE) retention_destruction"
DUE = "SELECT count(*) FROM retention_recording WHERE next_at <= retention_now()"

BARE_PLAN = """
CREATE TABLE bench_plan (LIKE retention_destruction INCLUDING ALL);
ALTER TABLE bench_plan SET (fillfactor = 100);
"""
SINGLE = """
INSERT INTO bench_plan (recording_id, run_id, why, planned_at)
SELECT r.id, 1, 'termijn_verstreken', now() FROM retention_recording r
WHERE r.next_at <= now() AND r.status IN ('te_beoordelen', 'niet_noodzakelijk', 'verwijderd')
AND NOT EXISTS (SELECT FROM bench_plan d WHERE d.recording_id = r.id)
AND NOT EXISTS (SELECT FROM retention_hold h WHERE h.recording_id = r.id)
"""
"""What anybody would write, into a table of the same columns and indexes that guards nothing."""

PLAN_SOME = """
INSERT INTO retention_destruction (recording_id, run_id, why, planned_at)
SELECT r.id, (SELECT max(id) FROM retention_run), 'termijn_verstreken', retention_now() FROM retention_recording r
WHERE r.status = 'te_beoordelen' AND r.next_at <= retention_now()
AND NOT EXISTS (SELECT FROM retention_destruction d WHERE d.recording_id = r.id)
ORDER BY r.next_at, r.id LIMIT {number}
"""
TO_DO = """
SELECT r.storage_key FROM retention_destruction d JOIN retention_recording r ON r.id = d.recording_id
WHERE d.done_at IS NULL
"""


def figure_5(sizes: Sizes) -> Iterator[Figure]:
    """Planning all that is due, as a review does it; and a review that finds nothing."""
    database = a_copy_of(with_recordings(sizes))
    took = answer_of(database, "quiet", str(QUIET))
    name = f"controle waarin niets hoeft, van {sizes.recordings} opnamen"
    yield Figure(5, name, "ms", statistics.median(took["seconds"]) * 1000, None, 50, of_ours=True)
    make_due(database, min(sizes.due, sizes.recordings // 5))
    [[due]] = database.run(DUE)
    database.run(BARE_PLAN)
    longest: list[float] = []

    def ours() -> float:
        database.run("TRUNCATE retention_destruction")
        os.sync()
        answer = answer_of(database, "review", DESTRUCTION_VALVE=str(2 * due))
        if answer["planned"] != due:
            raise SystemExit(f"Er zijn {due} opnamen aan de beurt, en {answer['planned']} gepland.")
        longest.append(answer["longest"])
        return float(answer["seconds"])

    def single() -> float:
        database.run("TRUNCATE bench_plan")
        return seconds_of(lambda: database.run(SINGLE))

    planning = medians(ours, single, max(1, sizes.rounds // 3))
    yield Figure(5, f"{due} van {sizes.recordings} plannen naast één opdracht", "s", *planning, 1.3)
    yield Figure(5, "langste transactie daarvan", "ms", statistics.median(longest) * 1000, None, 150, of_ours=True)


def figure_6(sizes: Sizes) -> Iterator[Figure]:
    """Destroying many small files, proven one by one, beside removing as many."""
    rounds = max(1, sizes.rounds // 3)
    database = a_copy_of(with_recordings(sizes))
    files = min(sizes.files, sizes.recordings // 10)
    make_due(database, files * 2 * (1 + 2 * rounds))
    database.run("INSERT INTO retention_run (began_at) VALUES (now())")
    with TemporaryDirectory(dir=ROOT / ".cache") as folder:
        place = Place(database, Path(folder), files)
        for workers in (1, 2):
            place.parts = []
            took = medians(lambda: place.destroyed(workers), place.unlinked, rounds)  # noqa: B023  # called at once
            who = "één worker" if workers == 1 else f"{workers} workers"
            yield Figure(6, f"{files} bestanden vernietigen met bewijs, {who}", "s", *took, 1.67)
            for part, meaning in PARTS.items():
                seconds = statistics.median(one.get(part, 0) for one in place.parts)
                yield Figure(6, f"  {meaning}", "s", seconds, None, None)


class Place:
    """The folder in which the files are, and who takes them away."""

    def __init__(self, database: Database, folder: Path, files: int) -> None:
        self.database, self.files = database, files
        self.root, self.ledger, self.other = folder / "recordings", folder / "ledger", folder / "other"
        self.parts: list[dict[str, float]] = []
        for one in (self.root, self.ledger, self.other):
            one.mkdir()
            (one / "~bodycamregister").touch()

    def destroyed(self, workers: int) -> float:
        """The seconds from the first claim to the last proof."""
        self.database.run(PLAN_SOME.format(number=self.files))
        self.database.alone(*TIDY)
        keys = [key for (key,) in self.database.run(TO_DO)]
        put([self.root / key for key in keys])
        [[before]] = self.database.run("SELECT count(*) FROM retention_proof")
        where = {"RECORDINGS_STORAGE": f"file://{self.root}", "DESTRUCTION_LEDGER": f"file://{self.ledger}"}
        seconds, answers = at_once(self.database, [["destroy"]] * workers, **where)
        [[after]] = self.database.run("SELECT count(*) FROM retention_proof")
        left = sum((self.root / key).exists() for key in keys)
        if (after - before, sum(one["destroyed"] for one in answers), left) != (self.files, self.files, 0):
            raise SystemExit(f"Van {self.files} bestanden zijn er {after - before} bewezen, en {left} nog daar.")
        self.parts.append({part: max(one["took"].get(part, 0) for one in answers) for part in PARTS})
        return seconds

    def unlinked(self) -> float:
        put([self.other / str(number) for number in range(self.files)])
        return at_once(self.database, [["unlink", str(self.other)]])[0]


def put(paths: list[Path]) -> None:
    """Small files, on the disk before anything is measured."""
    for folder in {path.parent for path in paths}:
        folder.mkdir(parents=True, exist_ok=True)
    for path in paths:
        path.write_bytes(b"beeld en geluid")
    os.sync()


def make_due(database: Database, number: int) -> None:
    database.run(MAKE_DUE.format(number=number))
    database.alone(*TIDY)


def seconds_of(work: Callable[[], object]) -> float:
    """Once what was prepared is on the disk."""
    os.sync()
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def answer_of(database: Database, *way: str, **environment: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(
        python(database, ["-m", "bench.alone.destroyer", *way], **environment).splitlines()[-1]
    )
    return answer


def at_once(database: Database, ways: list[list[str]], **environment: str) -> tuple[float, list[dict[str, Any]]]:
    """Processes that begin together: how long until the last was done, and what each answers."""
    with ExitStack() as stack:
        processes = [stack.enter_context(begun(database, way, environment)) for way in ways]
        for process in processes:
            if not process.stdout or process.stdout.readline() != "ready\n":
                raise SystemExit("Een worker kwam niet op gang.")
        began = time.perf_counter()
        for process in processes:
            if process.stdin:
                process.stdin.write("go\n")
                process.stdin.flush()
        lines = [process.stdout.readline() if process.stdout else "" for process in processes]
        seconds = time.perf_counter() - began
    return seconds, [json.loads(line) for line in lines]


def begun(database: Database, way: list[str], environment: dict[str, str]) -> "subprocess.Popen[str]":
    command, variables = [sys.executable, "-m", "bench.alone.destroyer", *way], {**database.environment, **environment}
    return subprocess.Popen(command, env=variables, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


FIGURES = {5: figure_5, 6: figure_6}
