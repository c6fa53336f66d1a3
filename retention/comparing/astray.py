"""Files with which something is wrong: put on record when they are found, and ended when it is right again. One that is
open for a key is the only one, so finding it again changes no more than when it was last seen.

Comparing is `comparison.py`, destroying is `clearing.py`; the storage is not asked here.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from journal.models import Result
from journal.write import Told, record_each
from organisation.models import Person
from retention.choices import Astray, Ending
from retention.models import Comparison, StorageIncident
from retention.overdue import HOUR, Now
from retention.storage import Stored

DAY = timedelta(days=1)
FIND = """
INSERT INTO retention_storageincident (kind, key, size, written_at, recording_id, found_at, found_in_id, seen_in_id)
SELECT %(kind)s, found.key, found.size, found.at, found.recording, retention_now(), %(comparison)s, %(comparison)s
FROM unnest(%(keys)s::text[], %(sizes)s::bigint[], %(moments)s::timestamptz[], %(recordings)s::bigint[])
    AS found(key, size, at, recording)
WHERE {is_so}
ON CONFLICT (md5(key)) WHERE ended_at IS NULL DO UPDATE
SET size = EXCLUDED.size, written_at = EXCLUDED.written_at, seen_in_id = EXCLUDED.seen_in_id
WHERE retention_storageincident.kind = EXCLUDED.kind
RETURNING id, key, found_in_id = seen_in_id
"""
IS_SO = {
    Astray.UNKNOWN: """
        NOT EXISTS (SELECT FROM retention_recording r WHERE r.storage_key = found.key AND r.owns_file)
    """,
    Astray.RETURNED: "true",
    Astray.LOST: """
        EXISTS (SELECT FROM retention_recording r WHERE r.id = found.recording AND r.status <> 'vernietigd'
                AND NOT retention_begun(r.id))
    """,
}
"""Looked at in the statement that says it."""
SAID = {
    Astray.UNKNOWN: "In de opslag staat een bestand waarvan het register geen opname kent.",
    Astray.RETURNED: "Het bestand van een vernietigde opname staat weer in de opslag. Het register vernietigt het.",
    Astray.LOST: "Het bestand van een opname is weg, en niemand was begonnen het te vernietigen.",
}

KNOWN = """
SELECT i.key FROM unnest(%s::text[]) AS asked(key)
JOIN retention_storageincident i ON md5(i.key) = md5(asked.key) AND i.key = asked.key
WHERE i.ended_at IS NULL AND i.kind = 'onbekend'
"""
CLAIM = """
UPDATE retention_storageincident i SET ended_at = retention_now(), outcome = 'bij_opname', recording_id = r.id
FROM retention_recording r
WHERE i.ended_at IS NULL AND i.kind = 'onbekend' AND r.storage_key = i.key AND r.owns_file
RETURNING i.id, i.key
"""
FIND_BACK = """
UPDATE retention_storageincident i SET ended_at = retention_now(),
    outcome = CASE WHEN r.status = 'vernietigd' OR retention_begun(r.id) THEN 'overgenomen' ELSE 'teruggevonden' END
FROM retention_recording r
WHERE i.ended_at IS NULL AND i.kind = 'vermist' AND i.seen_in_id <> %s AND r.id = i.recording_id
RETURNING i.id, i.key
"""
END = """
UPDATE retention_storageincident i SET ended_at = retention_now(), outcome = went.outcome, last_error = ''
FROM unnest(%s::bigint[], %s::text[]) AS went(id, outcome) WHERE i.id = went.id AND i.ended_at IS NULL
RETURNING i.id, i.key, i.outcome
"""


def find(comparison: Comparison, kind: Astray, found: Sequence[tuple[Stored, int | None]]) -> int:
    """How many of these files, each with the recording that owns it, were not on record yet."""
    if not found:
        return 0
    given: dict[str, Any] = {
        "kind": kind,
        "comparison": comparison.pk,
        "keys": [one.key for one, _ in found],
        "sizes": [one.size for one, _ in found],
        "moments": [one.at for one, _ in found],
        "recordings": [recording for _, recording in found],
    }
    return _told_of_new(_rows(FIND.format(is_so=IS_SO[kind]), given), kind)


def miss(comparison: Comparison, found: Sequence[tuple[int, str]]) -> int:
    """How many of these recordings were not known to have lost their file."""
    if not found:
        return 0
    nothing = [None] * len(found)
    pks, keys = zip(*found, strict=True)
    given: dict[str, Any] = {"sizes": nothing, "moments": nothing, "recordings": list(pks), "keys": list(keys)}
    given |= {"kind": Astray.LOST, "comparison": comparison.pk}
    return _told_of_new(_rows(FIND.format(is_so=IS_SO[Astray.LOST]), given), Astray.LOST)


def _told_of_new(rows: Iterable[tuple[int, str, bool]], kind: Astray) -> int:
    new = [Told(pk, "", {"key": key, "kind": kind}) for pk, key, is_new in rows if is_new]
    journal("bestand_gevonden", SAID[kind], new, Result.FAILED)
    return len(new)


def known(keys: Sequence[str]) -> set[str]:
    """Those of which it is on record already that nobody knows them."""
    return {key for (key,) in _rows(KNOWN, [list(keys)])} if keys else set()


def claim() -> None:
    """A file that nobody knew got its recording."""
    _ended(_rows(CLAIM, []), Ending.CLAIMED)


def find_back(comparison: Comparison) -> None:
    """What was lost and was not missed this time is there again, or its destruction goes on with it."""
    _ended(_rows(FIND_BACK, [comparison.pk]), None)


def not_seen(comparison: Comparison, after: int, most: int) -> list[tuple[int, str]]:
    """Files that nobody knew, that were not listed this time: those with the next numbers."""
    found = open_ones(Astray.UNKNOWN).filter(sent_at=None, pk__gt=after).exclude(seen_in=comparison)
    return list(found.order_by("pk").values_list("pk", "key")[:most])


def end(how: Sequence[tuple[int, Ending]]) -> int:
    """End each in its own way, and say how many that were: another may have done so meanwhile."""
    if not how:
        return 0
    pks, endings = zip(*how, strict=True)
    rows = _rows(END, [list(pks), list(endings)])
    for ending in Ending:
        _ended([(pk, key) for pk, key, outcome in rows if outcome == ending], ending)
    return len(rows)


def _ended(rows: Sequence[tuple[int, str]], how: Ending | None) -> None:
    words = f": {how.label}" if how else ""
    journal(
        "bestand_afgesloten",
        f"Een melding over de opslag is voorbij{words}.",
        [Told(pk, "", {"key": key, **({"outcome": how} if how else {})}) for pk, key in rows],
    )


def journal(action: str, sentence: str, told: Sequence[Told], result: Result = Result.TAKEN) -> None:
    if told:
        system = Person.objects.get(number=Person.SYSTEM)
        record_each(action, sentence, told, about=StorageIncident, actor=system, role="systeem", result=result)


def _rows(statement: str, given: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.fetchall()


def open_ones(kind: Astray | None = None) -> "QuerySet[StorageIncident]":
    found = StorageIncident.objects.filter(ended_at=None)
    return found.filter(kind=kind) if kind else found


def overdue() -> "QuerySet[StorageIncident]":
    """Files that had to be gone: after their 28 days, or an hour after they were found to be back. What was found so
    late that it had to wait for the privacy officers, a day after that.
    """
    back = Q(kind=Astray.RETURNED, found_at__lte=Now() - HOUR)
    late = Q(kind=Astray.UNKNOWN, must_be_gone_by__lte=Now(), found_at__lte=Now() - DAY)
    return open_ones().filter(back | late)
