"""The figures about the journal: what an entry costs, how fast it is sealed and checked, and how soon under load."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.databases import ROOT, Database, a_copy_of, with_rows
from bench.figures.pages import FILES, LEADER
from bench.measuring import Figure, Sizes, cpu_of, medians, one_after_the_other
from bench.servers import OUR_SETTINGS, Server, memory_of

MILLION = 1_000_000
MANY = """
INSERT INTO journal_entry (actor, role, unit, action, object_type, object_id, result, reason, origin, data)
SELECT '2001', 'projectleider', 'ON', 'goedkeuren', 'initiatives.initiative', n::text, 'genomen',
       'Het past in het beleid.', md5(n::text),
       jsonb_build_object('from', 'beoordeeld', 'to', 'goedgekeurd', 'sentence', 'De projectleider heeft goedgekeurd.')
FROM generate_series(1, {count}) n
"""
LAG = """
SELECT extract(epoch FROM s.sealed_at - e.at)::float8 FROM journal_link l
JOIN journal_seal s ON s.number = l.seal_id JOIN journal_entry e ON e.id = l.entry_id
WHERE e.action = 'dossier_ingezien' AND e.id > {after}
"""
EVERY = 5
"""Seconds between two sealings, as beat has them."""
UNDER_LOAD = 30


def figure_11(sizes: Sizes) -> Iterator[Figure]:
    """The page of a file with the journal, and with one that writes nothing."""
    database = a_copy_of(with_rows(sizes.rows))
    files = [f"/initiatieven/{pk}/" for (pk,) in database.run(FILES.format(condition="number IS NOT NULL", limit=40))]
    with Server(database, LEADER) as on, Server(database, LEADER, application="bench.silent:application") as off:
        cpu = medians(
            cpu_of(on, one_after_the_other(on, files), sizes.visits),
            cpu_of(off, one_after_the_other(off, files), sizes.visits),
            sizes.rounds,
        )
    yield Figure(11, "dossier met journaal, en zonder", "CPU-ms", *cpu, 1.15)


def figure_12(sizes: Sizes) -> Iterator[Figure]:
    """Sealing and checking, per million entries: the processor time of the process itself, not the database's."""
    database = a_copy_of(with_rows(sizes.small))
    database.run(MANY.format(count=sizes.entries))
    per_million = MILLION / sizes.entries
    with TemporaryDirectory() as folder:
        export = Path(folder) / "journaal.jsonl"
        manage = [sys.executable, str(ROOT / "manage.py")]
        for name, command, at_most in (
            ("verzegelen", [*manage, "seal_journal"], 120),
            ("controleren van binnen", [*manage, "verify_journal"], 120),
            ("exporteren", [*manage, "export_journal", str(export)], 120),
            ("controleren van buiten", [sys.executable, str(ROOT / "script/verify_journal.py"), str(export)], 60),
        ):
            cpu, memory = cost_of(database, command, folder)
            yield Figure(12, f"1.000.000 regels {name}", "CPU-s", cpu * per_million, None, at_most, of_ours=True)
        yield Figure(12, "geheugen van de controle van buiten", "MB", memory, None, 30, of_ours=True)


def cost_of(database: Database, command: list[str], home: str) -> tuple[float, float]:
    """Processor time in seconds, and the most memory in megabytes. A failure ends it all."""
    variables = {**environment(database), "BODYCAMS_HOME": home}
    process, memory = subprocess.Popen(command, env=variables, cwd=ROOT, stdout=subprocess.DEVNULL), 0.0
    while not (ended := os.wait4(process.pid, os.WNOHANG))[0]:
        with suppress(OSError, StopIteration):  # it ends at this very moment
            memory = max(memory, memory_of(process.pid))
        time.sleep(0.2)
    _, status, used = ended
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command} eindigt met {process.returncode}.")
    return used.ru_utime + used.ru_stime, memory


def figure_13(sizes: Sizes) -> Iterator[Figure]:
    """How long after it was written an entry is sealed, while somebody looks at one file after another."""
    database = a_copy_of(with_rows(sizes.rows))
    files = [f"/initiatieven/{pk}/" for (pk,) in database.run(FILES.format(condition="number IS NOT NULL", limit=40))]
    [[after]] = database.run("SELECT COALESCE(max(id), 0) FROM journal_entry")  # other figures looked at files too
    sealer = subprocess.Popen(
        [sys.executable, "-m", "bench.alone.sealer", str(EVERY)], env=environment(database), cwd=ROOT
    )
    with Server(database, LEADER) as server:
        visit, until = one_after_the_other(server, files), time.monotonic() + UNDER_LOAD
        while time.monotonic() < until:
            visit()
    time.sleep(2 * EVERY)
    sealer.terminate()
    sealer.wait()
    lags = [lag for (lag,) in database.run(LAG.format(after=after))]
    p95 = statistics.quantiles(lags, n=20)[-1]
    yield Figure(
        13, f"p95 tot verzegeld, elke {EVERY} s, bij {len(lags)} regels", "s", p95, None, 2 * EVERY, of_ours=True
    )


def environment(database: Database) -> dict[str, str]:
    return {**database.environment, **OUR_SETTINGS}


FIGURES = {11: figure_11, 12: figure_12, 13: figure_13}
"""Not among the aims of the whole: what the journal promises itself."""
