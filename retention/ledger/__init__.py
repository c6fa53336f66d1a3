"""The list of everything that was destroyed, kept outside the database (`DESTRUCTION_LEDGER`): whatever copy of the
database is ever put back, what it does not know to be destroyed is found here.

Each batch is one object that is written whole and never again: lines of JSON, each a tombstone and its proof, without
who wore the camera and without anybody's words. It is there before the proof is committed, so the list never knows
less than the database. A worker that was killed in between leaves lines whose proof another will write: twice in the
list does no harm. An object's name tells the newest point of no return in it, and its digest. Here is writing and
reading it.

    caught_up   whether this database knows of everything that is in the list; without that nothing is served
    replay      going through the list after a restore
    relisting   finding what the list lost, and writing that in it once more
    bits        which recordings were met on the way
"""

import gzip
import hashlib
import json
import logging
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any, NamedTuple, TypeVar

from django.conf import settings
from django.db import connection

from retention.storage import Storage, StorageError, storage_at

log = logging.getLogger(__name__)

BATCH = 2_000
"""So many are destroyed at once, and stand in one object."""

NAME = re.compile(r"([0-9a-f-]{36})/\d{4}/\d\d/\d\d/(\d{8}T\d{12}Z)-([0-9a-f]{64})\.jsonl\.gz")
MOMENT = "%Y%m%dT%H%M%S%fZ"

KEPT_FOR = timedelta(days=28)
"""A backup, or what served before a restore, may be there as long: within as many days what is in it is destroyed."""

NOT_WRITTEN = (
    "De lijst van vernietigingen (DESTRUCTION_LEDGER) kan niet worden geschreven. Laat de beheerder kijken of die"
    " plaats er is en er ruimte is."
)
NOT_READ = (
    "De lijst van vernietigingen (DESTRUCTION_LEDGER) kan niet worden gelezen. Laat de beheerder kijken of die plaats"
    " er is."
)
LACKS = (
    "In de lijst van vernietigingen (DESTRUCTION_LEDGER) staat niet wat dit register als laatste vernietigde: het is"
    " een andere, een lege of een oudere lijst. Zet de lijst terug zoals zij was. Zonder haar zou leesbaar kunnen"
    " worden wat vernietigd is. Is zij voorgoed weg: script/manage relist_destructions."
)
GAPS = (
    "Aantal vernietigingen dat niet meer in de lijst van vernietigingen (DESTRUCTION_LEDGER) staat: {}. Na het"
    " terugzetten van een reservekopie zou zo’n opname weer leesbaar kunnen zijn. De beheerder zet de lijst terug zoals"
    " zij was. Kan dat niet: script/manage relist_destructions."
)
DAMAGED = (
    "In de lijst van vernietigingen is {} beschadigd. Zet dat bestand terug uit een kopie van die lijst. Is er geen"
    " kopie: haal het bestand weg, en doe script/manage relist_destructions."
)

LINES = """
SELECT (SELECT id::text FROM retention_register), max(d.point_of_no_return_at), string_agg(json_build_object(
    'source', r.source, 'source_id', r.source_id, 'unit', unit.code, 'camera', r.camera_serial,
    'used_from', r.used_from, 'used_to', r.used_to, 'shift_end', r.shift_end, 'uploaded_at', r.uploaded_at,
    'arrived_at', r.arrived_at, 'true_from', r.true_from, 'file_seen_at', r.file_seen_at, 'size', r.size,
    'sha256', r.sha256, 'storage_key', r.storage_key, 'owns_file', r.owns_file, 'place', r.place,
    'exception', r.exception, 'announced', r.announced, 'begun_at', d.point_of_no_return_at,
    'destroyed_at', p.destroyed_at, 'ground', p.ground, 'how', p.how, 'run', p.run_id
)::text, E'\\n' ORDER BY d.point_of_no_return_at DESC, r.id)
FROM retention_proof p
JOIN retention_recording r ON r.id = p.recording_id
JOIN retention_destruction d ON d.recording_id = p.recording_id
JOIN organisation_unit unit ON unit.id = r.unit_id
WHERE p.recording_id = ANY(%s)
"""

MADE = "SELECT to_regclass('retention_register') IS NOT NULL"
SINCE = "SELECT min(applied) AS at FROM django_migrations WHERE app = 'retention' AND name LIKE '0027\\_%%'"
"""Before that migration there was no list."""
KNOWN = f"""
WITH since AS ({SINCE}),
last AS (
    SELECT run.id FROM retention_run run WHERE EXISTS (
        SELECT FROM retention_proof p
        WHERE p.run_id = run.id AND p.destroyed_at >= (SELECT at FROM since)
        AND p.recording_id <> ALL(%(but)s::bigint[])
    ) ORDER BY run.id DESC LIMIT 1
)
SELECT (SELECT id::text FROM retention_register), d.point_of_no_return_at, r.source, r.source_id
FROM retention_proof p
JOIN retention_destruction d ON d.recording_id = p.recording_id
JOIN retention_recording r ON r.id = p.recording_id
WHERE p.run_id = (SELECT id FROM last) AND p.recording_id <> ALL(%(but)s::bigint[])
ORDER BY p.destroyed_at DESC, d.point_of_no_return_at DESC LIMIT 1
"""  # noqa: S608  # made of constants
"""Of the last run that destroyed anything what it destroyed last."""

Answer = TypeVar("Answer")


class LedgerError(StorageError):
    """The list does not do what was asked of it; the message is a Dutch sentence that says what to do."""


class Known(NamedTuple):
    """What the database knows to be destroyed: its register, its point of no return, its source and its id there."""

    register: str
    at: datetime
    source: str
    source_id: str


def ask(question: str, given: Any = None) -> Any:
    """One row of the database, asked past Django: it is not one of the queries of a page."""
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.cursor() as cursor:
        cursor.execute(question, given)
        return cursor.fetchone()


def newest_known(but: Sequence[int] = ()) -> Known | None:
    """What this database knows to be destroyed last, `but` these recordings; None when it knows of nothing."""
    (is_made,) = ask(MADE)
    found = ask(KNOWN, {"but": list(but)}) if is_made else None
    return Known(*found) if found else None


def lacks() -> bool:
    """Whether the list does not even have what the database of this connection knows to be destroyed last: another
    list, an empty one, or one of before. Raises `LedgerError`.
    """
    known = newest_known()
    if known is None:
        return False
    at = known.at.astimezone(UTC)
    if any(moment_of(name) == at.strftime(MOMENT) for name in names(known.register, at.date())):
        return False
    return not any(
        (line["source"], line["source_id"]) == known[2:]
        for name in names(known.register)
        if moment_of(name) >= at.strftime(MOMENT)
        for line in read(name)
    )


def reaches(of: str, moment: str) -> bool:
    """Whether the list of this register tells of what passed the point of no return at that moment, as a name says it,
    also when it was written anew since. Raises `LedgerError`.
    """
    later = [name for name in names(of) if moment_of(name) >= moment]
    return any(moment_of(name) == moment for name in later) or any(
        datetime.fromisoformat(line["begun_at"]).astimezone(UTC).strftime(MOMENT) == moment
        for name in later
        for line in read(name)
    )


def refuse_if_it_lacks() -> None:
    """Raises `LedgerError` when the list lacks what the database of this connection knows to be destroyed.

    `replay` asks it of the database that it brings up to date. `restore` asks more of the one that serves, before
    anything is put in its place: `relisting.refuse_if_it_lacks`.
    """
    if lacks():
        raise LedgerError(LACKS)


def moment_of(name: str) -> str:
    found = NAME.fullmatch(name)
    return found[2] if found else ""


def _of_the_list(asked: Callable[[Storage], Answer], but: Sequence[int] = ()) -> Answer:
    """What the place of the list answers. In a demonstration, and in the home of the register, that place is made with
    the first destruction; one that was there and is gone, is not made again.
    """
    try:
        return asked(storage_at(settings.DESTRUCTION_LEDGER))
    except StorageError:
        if not (settings.DEMO or settings.LEDGER_IN_HOME) or newest_known(but):
            raise
        return asked(storage_at(settings.DESTRUCTION_LEDGER, make=True))


def make() -> None:
    """Make the place of a list that is gone, where it is ours to make; elsewhere whoever runs the register does so."""
    if settings.DEMO or settings.LEDGER_IN_HOME:
        try:
            storage_at(settings.DESTRUCTION_LEDGER, make=True).size("-")
        except StorageError as error:
            raise LedgerError(NOT_READ) from error


def write(pks: Sequence[int]) -> None:
    """List these recordings, in the transaction that has just proven their destruction and did not commit that yet.
    Raises `LedgerError`; then nothing may be proven.
    """
    with connection.cursor() as cursor:
        cursor.execute(LINES, [list(pks)])
        register, newest, lines = cursor.fetchone()
    content = gzip.compress(lines.encode(), compresslevel=1, mtime=0)
    digest = hashlib.sha256(content).hexdigest()
    try:
        name = name_of(register, newest, digest)
        _of_the_list(lambda there: there.write(name, BytesIO(content), len(content), digest), but=pks)
    except (StorageError, OSError) as error:
        log.exception("%s destructions could not be listed", len(pks))
        raise LedgerError(NOT_WRITTEN) from error


def name_of(register: str, newest: datetime, digest: str) -> str:
    """Names sort as moments do."""
    at = newest.astimezone(UTC)
    return f"{register}/{at:%Y/%m/%d}/{at.strftime(MOMENT)}-{digest}.jsonl.gz"


def names(of: str, on: date | None = None) -> list[str]:
    """The objects of this register, oldest first; of one day (UTC) only, when one is given. Raises `LedgerError`."""
    under = f"{of}/{on:%Y/%m/%d}" if on else of
    try:
        found = _of_the_list(lambda there: [one.key for piece in there.listing(under) for one in piece])
    except StorageError as error:
        raise LedgerError(NOT_READ) from error
    return sorted(key for key in found if NAME.fullmatch(key))


def read(name: str) -> Iterator[dict[str, Any]]:
    """What one object lists, newest point of no return first. Raises `LedgerError` when it is not what was written."""
    try:
        content = _of_the_list(lambda there: b"".join(there.open(name) or ()))
    except StorageError as error:
        raise LedgerError(NOT_READ) from error
    found = NAME.fullmatch(name)
    if found is None or hashlib.sha256(content).hexdigest() != found[3]:
        raise LedgerError(DAMAGED.format(name))
    for line in gzip.decompress(content).splitlines():
        yield json.loads(line)
