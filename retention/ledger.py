"""The list of everything that was destroyed, kept outside the database (`DESTRUCTION_LEDGER`): whatever copy of the
database is ever put back, what it does not know to be destroyed is found here.

Each batch is one object that is written whole and never again: lines of JSON, each a tombstone and its proof, without
who wore the camera and without anybody's words. It is there before the proof is committed, so the list never knows
less than the database. A worker that was killed in between leaves lines whose proof another will write: twice in the
list does no harm. An object's name tells the newest point of no return in it, and its digest. Going through the list
after a restore is `replay.py`'s work.
"""

import gzip
import hashlib
import json
import logging
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from django.conf import settings
from django.db import connection

from retention.storage import Storage, StorageError, storage_at

log = logging.getLogger(__name__)

NAME = re.compile(r"([0-9a-f-]{36})/\d{4}/\d\d/\d\d/(\d{8}T\d{12}Z)-([0-9a-f]{64})\.jsonl\.gz")
MOMENT = "%Y%m%dT%H%M%S%fZ"

NOT_WRITTEN = (
    "De lijst van vernietigingen (DESTRUCTION_LEDGER) kan niet worden geschreven. Laat de beheerder kijken of die"
    " plaats er is en er ruimte is."
)
NOT_READ = (
    "De lijst van vernietigingen (DESTRUCTION_LEDGER) kan niet worden gelezen. Laat de beheerder kijken of die plaats"
    " er is."
)
DAMAGED = "In de lijst van vernietigingen is {} beschadigd. Zet dat bestand terug uit een kopie van die lijst."

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


class LedgerError(StorageError):
    """The list does not do what was asked of it; the message is a Dutch sentence that says what to do."""


def ledger() -> Storage:
    """Where this installation keeps its list. In a demonstration, and in the home of the register, it is made."""
    return storage_at(settings.DESTRUCTION_LEDGER, make=settings.DEMO or settings.LEDGER_IN_HOME)


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
        ledger().write(name_of(register, newest, digest), BytesIO(content), len(content), digest)
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
        found = [one.key for piece in ledger().listing(under) for one in piece]
    except StorageError as error:
        raise LedgerError(NOT_READ) from error
    return sorted(key for key in found if NAME.fullmatch(key))


def read(name: str) -> Iterator[dict[str, Any]]:
    """What one object lists, newest point of no return first. Raises `LedgerError` when it is not what was written."""
    try:
        pieces = ledger().open(name)
        content = b"".join(pieces) if pieces else b""
    except StorageError as error:
        raise LedgerError(NOT_READ) from error
    found = NAME.fullmatch(name)
    if found is None or hashlib.sha256(content).hexdigest() != found[3]:
        raise LedgerError(DAMAGED.format(name))
    for line in gzip.decompress(content).splitlines():
        yield json.loads(line)
