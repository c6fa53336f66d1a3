"""What may never be, whatever was killed, and how often it is. It asks disk, rows and journal by itself, and holds them
against the notes of what was promised; nothing of the engine is used.
"""

import gzip
import hashlib
import io
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection

from bodycams.embedded.bootstrap import ROOT
from retention.tests.chaos.world import Known, Notes

DAMAGED = "bestand beschadigd"
HELD = "opgeschort en toch vernietigd"
TOO_EARLY = "te vroeg vernietigd"
STILL_THERE = "bewezen en er nog"
NOT_PROVEN = "weg zonder één bewijs"
FORGOTTEN = "vergeten"
STATUS = "status en bewijs verschillen"
TOLD = "niet één regel in het journaal per bewijs"
WEARER = "drager bewaard"
OTHER_FILE = "bewijs van een ander bestand"
OPEN = "begonnen en niet afgemaakt"
HOLD_LOST = "opschorting kwijt"
PROOF_LOST = "bewijs kwijt"
UNKNOWN = "bestand dat niemand kent"
TWICE = "twee controles in één uur"
DECLARED = "verklaring en bewijzen verschillen"
UNLISTED = "bewezen en niet op de lijst"
LISTED = "op de lijst en er nog"
LIST = "lijst van vernietigingen beschadigd"
CHAIN = "keten van het journaal gebroken"

SEEN = """
SELECT r.id, r.status, r.wearer <> '' OR r.not_announced_reason <> '', p.sha256, p.destroyed_at,
    (SELECT count(*) FROM retention_proof o WHERE o.recording_id = r.id),
    (SELECT count(*) FROM journal_entry e WHERE e.object_type = 'retention.recording' AND e.object_id = r.id::text
        AND e.action = 'vernietigen' AND e.result = 'genomen'),
    EXISTS (SELECT FROM retention_hold h WHERE h.recording_id = r.id),
    d.recording_id IS NOT NULL AND d.done_at IS NULL
FROM retention_recording r LEFT JOIN retention_proof p ON p.recording_id = r.id
LEFT JOIN retention_destruction d ON d.recording_id = r.id
"""
RUNS_TWICE = """
SELECT count(*) FROM (SELECT FROM retention_run WHERE by_id IS NULL AND ended_at IS NOT NULL
GROUP BY date_trunc('hour', began_at, 'UTC') HAVING count(*) > 1) twice
"""
DECLARED_OTHERWISE = """
SELECT count(*) FROM retention_declaration d
WHERE d.run_id IS NOT NULL AND d.count <> (SELECT count(*) FROM retention_proof p WHERE p.run_id = d.run_id)
"""


@dataclass(frozen=True)
class Seen:
    """What the database says of one."""

    pk: int
    status: str
    names_somebody: bool
    digest: str | None
    destroyed_at: datetime | None
    proofs: int
    entries: int
    was_held: bool
    is_open: bool


def seen() -> dict[int, Seen]:
    return {row[0]: Seen(*row) for row in _rows(SEEN)}


def violations(
    notes: Notes, rows: dict[int, Seen], root: Path, at: datetime, outside: Path | None = None
) -> Counter[str]:
    """Each with how often it is. `at`: the moment from which on everything that had to go had the time to; `outside`:
    where the list of destructions is.
    """
    wrong: Counter[str] = Counter()
    for pk, one in notes.known.items():
        wrong.update(_of(one, rows[pk], notes, root / one.key, at))
    if outside:
        wrong.update(_of_the_list(notes, rows, root, outside))
    keys = {one.key for one in notes.known.values()}
    files = (str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())
    wrong[UNKNOWN] = sum(1 for key in files if key not in keys and not key.startswith("~bodycamregister"))
    wrong[TWICE], wrong[DECLARED] = (_rows(question)[0][0] for question in (RUNS_TWICE, DECLARED_OTHERWISE))
    return +wrong


def _of(one: Known, seen: Seen, notes: Notes, path: Path, at: datetime) -> Iterator[str]:
    is_there = path.exists()
    gone_at = seen.destroyed_at or at
    found = {
        DAMAGED: is_there and hashlib.sha256(path.read_bytes()).hexdigest() != one.digest,
        HELD: one.pk in notes.held and (not is_there or seen.proofs),
        TOO_EARLY: (not is_there or seen.proofs) and gone_at < one.may_go_from,
        STILL_THERE: is_there and seen.proofs,
        NOT_PROVEN: not is_there and seen.proofs != 1,
        FORGOTTEN: is_there and one.must_go_from <= at and one.pk not in notes.left_alone(),
        STATUS: (seen.status == "vernietigd") != bool(seen.proofs),
        TOLD: seen.entries != seen.proofs,
        WEARER: seen.proofs and seen.names_somebody,
        OTHER_FILE: seen.proofs and seen.digest != one.digest,
        OPEN: seen.is_open,
        HOLD_LOST: one.pk in notes.held and not seen.was_held,
        PROOF_LOST: one.pk in notes.proven and not seen.proofs,
    }
    yield from (name for name, is_wrong in found.items() if is_wrong)


def _of_the_list(notes: Notes, rows: dict[int, Seen], root: Path, outside: Path) -> Iterator[str]:
    """Whatever the database knows to be destroyed is on the list outside it, and nothing on it can be read any more."""
    listed: set[tuple[str, str]] = set()
    for path in outside.rglob("*.jsonl.gz"):
        try:
            lines = [json.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]
        except (OSError, EOFError, ValueError):
            yield LIST
        else:
            listed |= {(line["source_id"], line["sha256"]) for line in lines}
    for pk, one in notes.known.items():
        is_listed = (one.name, one.digest) in listed
        if rows[pk].proofs and not is_listed:
            yield UNLISTED
        if is_listed and (root / one.key).exists():
            yield LISTED


def chain_is_broken(folder: Path) -> bool:
    """Whether the sealed journal is not what was written: asked of the database, and of the checker outside it."""
    export = folder / "journal.txt"
    call_command("export_journal", str(export), stdout=io.StringIO())
    try:
        call_command("verify_journal", stdout=io.StringIO())
    except SystemExit:
        return True
    checker = [sys.executable, str(ROOT / "script" / "verify_journal.py"), str(export)]
    return subprocess.run(checker, stdout=subprocess.DEVNULL, check=False).returncode != 0


def _rows(question: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return list(cursor.fetchall())
