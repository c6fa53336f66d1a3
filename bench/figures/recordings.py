"""The list of recordings among millions: what it costs a judge, beside the bare page; and the numbers per unit.

The recordings are put in by the owner, past the guards and without indexes, by one statement: spread evenly over three
years up to now, in the order in which they came, so that a unit gets some hundreds a day out of five million. What is
older than the 28 days was destroyed, or is kept; of the others most wait.
"""

from collections.abc import Iterator

from bench.databases import HINDERS, POSTGRES, ROOM, Database, fingerprint, with_rows
from bench.figures.pages import BARE_LIST
from bench.measuring import Figure, Sizes, cpu_of, medians, one_after_the_other, seconds_of, twice
from bench.servers import Server

JUDGE, LEADER = "1023", "2001"
LIST = "/opnamen/?aantal={size}"
MADE_BY = ("retention/migrations", "bench/figures/recordings.py")

FILL = """
ALTER TABLE retention_recording DISABLE TRIGGER USER;
INSERT INTO retention_recording (
    source, source_id, camera_serial, unit_id, wearer, used_from, used_to, shift_end, uploaded_at, arrived_at, size,
    sha256, storage_key, place, exception, announced, not_announced_reason, file_seen_at, status, status_before,
    judged_at, ground, purpose, case_reference, keep_until
)
SELECT 'dock', 'B-' || n, 'ZC-' || n % 2000, unit.ids[1 + n % cardinality(unit.ids)],
       CASE WHEN state.is = 'vernietigd' THEN '' ELSE (100000 + n % 5000)::text END,
       used, used + interval '12 minutes', used + interval '5 hours', used + interval '6 hours',
       used + interval '7 hours', 200000000, encode(sha256(n::text::bytea), 'hex'), 'bench/' || n,
       CASE n % 40 WHEN 0 THEN 'woning' WHEN 1 THEN 'openbaar_gebouw' ELSE 'openbare_weg' END,
       CASE WHEN n % 80 = 0 THEN 'heterdaad' ELSE '' END, n % 25 <> 0, '', used + interval '8 hours', state.is,
       CASE state.is WHEN 'te_beoordelen' THEN '' ELSE 'te_beoordelen' END,
       CASE WHEN state.is = 'te_beoordelen' OR n % 3 = 0 AND state.is = 'vernietigd' THEN NULL
            ELSE used + interval '2 days' END,
       CASE state.is WHEN 'noodzakelijk' THEN '8' ELSE '' END,
       CASE state.is WHEN 'noodzakelijk' THEN 'strafzaak' ELSE '' END,
       CASE state.is WHEN 'noodzakelijk' THEN 'PL-' || n ELSE '' END,
       CASE state.is WHEN 'noodzakelijk' THEN (used + interval '4 years')::date END
FROM generate_series(1, {rows}) AS n
CROSS JOIN (SELECT array_agg(id ORDER BY id) AS ids FROM organisation_unit WHERE kind = 'regionale_eenheid') AS unit
CROSS JOIN LATERAL (
    SELECT now() - interval '9 hours' - interval '1095 days' * (1 - n::float8 / {rows}) AS used
) AS moment
CROSS JOIN LATERAL (
    SELECT CASE WHEN n % 12 = 0 THEN 'noodzakelijk' WHEN used < now() - interval '26 days' THEN 'vernietigd'
                ELSE 'te_beoordelen' END AS is
) AS state;
ALTER TABLE retention_recording ENABLE TRIGGER USER;
"""
IS_STALE = "SELECT EXISTS (SELECT FROM retention_recording WHERE next_at <= retention_now())"
"""A day later the first are due; when it was filled nothing was."""


def with_recordings(sizes: Sizes) -> Database:
    """A database with so many recordings beside the few initiatives, made when it is not there or not the same."""
    original, database = with_rows(sizes.small), Database(f"bench_recordings_{sizes.recordings}")
    made_by = fingerprint(*MADE_BY)
    asked = f"SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '{database.name}'"
    if POSTGRES.run(asked) != [(made_by,)] or database.run(IS_STALE) == [(True,)]:
        POSTGRES.alone(
            f"DROP DATABASE IF EXISTS {database.name} WITH (FORCE)",
            f"CREATE DATABASE {database.name} TEMPLATE {original.name} STRATEGY file_copy",
        )
        hinders = database.run(HINDERS.format(table="retention_recording"))
        filled = FILL.format(rows=sizes.recordings)
        database.run(ROOM, *(away for away, _ in hinders), filled, *(back for _, back in hinders))
        database.alone("VACUUM (ANALYZE) retention_recording")
        POSTGRES.alone(f"COMMENT ON DATABASE {database.name} IS '{made_by}'")
    return database


def figure_16(sizes: Sizes) -> Iterator[Figure]:
    """The list of a judge, due first, and the numbers of all units."""
    database = with_recordings(sizes)
    with Server(database, JUDGE) as ours, Server(database, "bench", bare=True) as bare:
        visits = one_after_the_other(ours, [LIST.format(size=50)])
        bare_visits = one_after_the_other(bare, [BARE_LIST.format(size=50)])
        cpu = medians(cpu_of(ours, visits, sizes.visits), cpu_of(bare, bare_visits, sizes.visits), sizes.rounds)
        yield Figure(16, f"werklijst van 50 uit {sizes.recordings} opnamen", "CPU-ms", *cpu, 1.15)
        took = sorted(seconds_of(visits, sizes.visits)())
        yield Figure(16, "hoe lang die werklijst duurt (p95)", "ms", took[-len(took) // 20] * 1000, None, 250)
        counts = [count for count, _ in ours.probe([twice(LIST.format(size=n)) for n in (10, 50, 100)])["queries"]]
        yield Figure(16, "vragen van die werklijst aan de database", "SQL", max(counts), None, 5)
        yield Figure(16, "hoeveel vragen 100 rijen meer kosten dan 10", "SQL", max(counts) - min(counts), None, 0)
    with Server(database, LEADER) as ours:
        took = sorted(seconds_of(one_after_the_other(ours, ["/opnamen/cijfers/"]), sizes.visits // 2)())
        yield Figure(16, "cijfers van alle eenheden (p95)", "ms", took[-len(took) // 20] * 1000, None, 500)


FIGURES = {16: figure_16}
