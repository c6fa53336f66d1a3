"""Going through the list of destructions: what it says was destroyed and this database does not know of becomes a
tombstone with its proof again, also what arrived after the copy was made that this database comes from. A dock that
delivers it once more then hears that it was destroyed.

The owner does this, past the guards that keep the application from it, in one transaction that ends with the mark
without which nothing is served (`caught_up.py`): it is done whole or not at all, and done again it changes nothing.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.db import connection, transaction

from bodycams import serving
from journal.write import Told, record, record_each
from organisation.models import Person
from retention import ledger
from retention.ledger import caught_up
from retention.models import Recording, Register, Run
from retention.overdue import Now
from retention.requests import services

TABLES = ("retention_recording", "retention_destruction", "retention_proof")
ALONE = f"LOCK TABLE {', '.join(TABLES)} IN ACCESS EXCLUSIVE MODE"
"""Whoever was proving something comes first, and then nobody does until this is done."""
CHUNK = 10_000

DONE = "vernietiging_overgenomen"
THROUGH = "vernietigingen_nagelopen"
AGAIN = "De opname was al vernietigd: dat staat in de lijst van vernietigingen, en is overgenomen na het terugzetten."
DECLARED = "Verklaard voordat het register werd teruggezet; de verklaring zelf staat niet in de reservekopie."

TYPES = {
    "source": "varchar", "source_id": "varchar", "unit": "varchar", "camera": "varchar", "used_from": "timestamptz",
    "used_to": "timestamptz", "shift_end": "timestamptz", "uploaded_at": "timestamptz", "arrived_at": "timestamptz",
    "true_from": "timestamptz", "file_seen_at": "timestamptz", "size": "bigint", "sha256": "varchar",
    "storage_key": "varchar", "owns_file": "boolean", "place": "varchar", "exception": "varchar",
    "announced": "boolean", "begun_at": "timestamptz", "destroyed_at": "timestamptz", "ground": "varchar",
    "how": "varchar",
}  # fmt: skip
COLUMNS = ", ".join(f"{name} {kind}" for name, kind in TYPES.items())
NAMES = ", ".join(f"l.{name}" for name in TYPES)

LOST = f"CREATE TEMPORARY TABLE retention_lost ({COLUMNS}, PRIMARY KEY (source, source_id)) ON COMMIT DROP"
FIND = f"""
INSERT INTO retention_lost SELECT DISTINCT ON (l.source, l.source_id) {NAMES}
FROM jsonb_to_recordset(%s::jsonb) AS l({COLUMNS})
WHERE NOT EXISTS (
    SELECT FROM retention_recording r
    WHERE r.source = l.source AND r.source_id = l.source_id AND r.status = 'vernietigd'
)
ORDER BY l.source, l.source_id, l.destroyed_at DESC
ON CONFLICT (source, source_id) DO UPDATE SET
    destroyed_at = excluded.destroyed_at, begun_at = excluded.begun_at, how = excluded.how, ground = excluded.ground
    WHERE excluded.destroyed_at > retention_lost.destroyed_at
"""  # noqa: S608  # names of columns that stand above
UNITS = """
INSERT INTO organisation_unit (code, name, sort_name, kind, valid_from)
SELECT l.unit, l.unit, lower(l.unit), 'dienst', min(l.arrived_at)::date FROM retention_lost l
WHERE NOT EXISTS (SELECT FROM organisation_unit u WHERE u.code = l.unit) GROUP BY l.unit RETURNING code
"""
"""A unit that came after the copy was made, by its code alone: a tombstone is always of a unit."""
ARRIVE = """
INSERT INTO retention_recording (
    status, source, source_id, camera_serial, unit_id, wearer, used_from, used_to, shift_end, uploaded_at, arrived_at,
    true_from, size, sha256, storage_key, place, exception, announced, owns_file, file_seen_at
)
SELECT 'vernietigd', l.source, l.source_id, l.camera, u.id, '', l.used_from, l.used_to, l.shift_end, l.uploaded_at,
    l.arrived_at, l.true_from, l.size, l.sha256, l.storage_key, l.place, l.exception, l.announced, mine.is_mine,
    CASE WHEN mine.is_mine THEN l.file_seen_at END
FROM retention_lost l JOIN organisation_unit u ON u.code = l.unit,
LATERAL (SELECT l.owns_file AND NOT EXISTS (
    SELECT FROM retention_recording o WHERE o.storage_key = l.storage_key AND o.owns_file
) AS is_mine) AS mine
WHERE NOT EXISTS (SELECT FROM retention_recording r WHERE r.source = l.source AND r.source_id = l.source_id)
"""
FOUND = "retention_lost l JOIN retention_recording r ON r.source = l.source AND r.source_id = l.source_id"
INTEND = f"""
INSERT INTO retention_destruction AS d (
    recording_id, run_id, why, planned_at, attempts, point_of_no_return_at, delete_sent_at, done_at
)
SELECT r.id, %s, l.ground, l.begun_at, 1, l.begun_at, l.begun_at, l.destroyed_at FROM {FOUND}
ON CONFLICT (recording_id) DO UPDATE SET
    run_id = excluded.run_id, lease_until = NULL, missing_at = NULL, last_error = '', done_at = excluded.done_at,
    point_of_no_return_at = COALESCE(d.point_of_no_return_at, excluded.point_of_no_return_at)
"""  # noqa: S608
PROVE = f"""
INSERT INTO retention_proof (recording_id, run_id, sha256, ground, how, destroyed_at, by_id, reasons)
SELECT r.id, %(run)s, r.sha256, l.ground, l.how, l.destroyed_at, CASE WHEN l.how = 'verklaard' THEN %(by)s END,
    CASE WHEN l.how = 'verklaard' THEN %(reasons)s ELSE '' END
FROM {FOUND}
"""  # noqa: S608
BURY = f"""
UPDATE retention_recording SET status = 'vernietigd', wearer = '', not_announced_reason = ''
WHERE id IN (SELECT r.id FROM {FOUND})
"""  # noqa: S608
TELL = f"""
SELECT r.id, u.code, l.ground, l.how, l.destroyed_at FROM {FOUND} JOIN organisation_unit u ON u.id = r.unit_id
ORDER BY r.id
"""  # noqa: S608
SESSIONS = "DELETE FROM django_session"
MARK = """
INSERT INTO retention_caughtup (id, at) VALUES (1, retention_now()) ON CONFLICT (id) DO UPDATE SET at = excluded.at
"""


class Replayed(NamedTuple):
    """How many the list tells of in how many objects, and of those how many this database did not know to be destroyed:
    known as something else, or not at all. `units` were made for those.
    """

    objects: int
    listed: int
    known: int
    unknown: int
    forgotten: int
    units: tuple[str, ...]

    @property
    def lost(self) -> int:
        return self.known + self.unknown


def replay(because: str, progress: Callable[[str], None] = lambda said: None) -> Replayed:
    """Go through the whole list, as the owner, on the connection of the block (`as_owner`). `because` is the sentence
    of the journal. Raises `LedgerError`; then nothing has changed.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ALONE)
        ledger.refuse_if_it_lacks()
        cursor.execute(LOST)
        objects = listed = 0
        for objects, name in enumerate(ledger.names(str(Register.objects.get().pk)), start=1):
            lines = list(ledger.read(name))
            cursor.execute(FIND, [json.dumps(lines)])
            listed += len(lines)
            if objects % 100 == 0:
                progress(f"{listed} regels van de lijst van vernietigingen nagelopen.")
        known, unknown, units = _bury(cursor)
        cursor.execute(SESSIONS)
        found = Replayed(objects, listed, known, unknown, services.forget(), units)
        told = {name: value for name, value in found._asdict().items() if name != "units"}
        record(THROUGH, because, actor=_system(), role="systeem", data={**told, "units": list(units)})
        cursor.execute(MARK)
    caught_up.forget()
    serving.forget()
    return found


def _bury(cursor: Any) -> tuple[int, int, tuple[str, ...]]:
    """Tombstones, proofs and entries for what was lost, in a run of its own."""
    cursor.execute("SELECT count(*) FROM retention_lost")
    (lost,) = cursor.fetchone()
    if not lost:
        return 0, 0, ()
    run = Run.objects.create(began_at=Now(), ended_at=Now(), by=_system(), planned=lost)
    cursor.execute(UNITS)
    units = tuple(code for (code,) in cursor.fetchall())
    with _past_the_guards(cursor):
        cursor.execute(ARRIVE)
        unknown = cursor.rowcount
        cursor.execute(INTEND, [run.pk])
        cursor.execute(PROVE, {"run": run.pk, "by": _system().pk, "reasons": DECLARED})
        cursor.execute(BURY)
    cursor.execute(TELL)
    while rows := cursor.fetchmany(CHUNK):
        told = [
            Told(pk, unit, {"run": run.pk, "ground": ground, "how": how, "destroyed_at": at.isoformat()})
            for pk, unit, ground, how, at in rows
        ]
        record_each(DONE, AGAIN, told, about=Recording, actor=_system(), role="systeem")
    return lost - unknown, unknown, units


@contextmanager
def _past_the_guards(cursor: Any) -> Iterator[None]:
    """What the guards refuse is what has to be done: a recording that comes in as a tombstone. Back within the same
    transaction, so that no other ever writes without them.
    """
    for table in TABLES:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in TABLES:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def _system() -> Person:
    return Person.objects.get(number=Person.SYSTEM)
