"""Destroying what was planned. The intents in the database are the truth; whoever wakes a worker, and how often, does
not matter. Any number of workers share the work, and one that is killed leaves what the next goes on from.

Claim a few with a lease; in the same transaction, with the recordings locked, take back what is held or no longer due
and pass the point of no return with the rest; delete in the storage, which looks again; then proof, tombstone and
journal in one commit. Nothing is called destroyed that the storage did not say is gone, and a file that was gone before
its destruction had begun is a loss to be explained, not a proof.
"""

import logging
import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, NamedTuple

from django.db import connection, transaction

from bodycams.serving import why_not
from journal.models import Result
from journal.write import Told, record_each, record_found
from organisation.models import Person
from retention import ledger
from retention.choices import How
from retention.destroying import valve
from retention.destroying.due import BY_INDEX, HELD, READY_AT, by_the_clock
from retention.ledger import BATCH, LedgerError
from retention.models import Recording
from retention.storage import Outcome, Storage, StorageError, Untouched, recordings

log = logging.getLogger(__name__)

SHOWN_AFTER = 5
"""After so many tries somebody must look."""

CLAIM = """
SELECT r.id, r.storage_key, r.file_seen_at IS NOT NULL, d.attempts + 1, r.owns_file, d.delete_sent_at IS NOT NULL
FROM retention_destruction d JOIN retention_recording r ON r.id = d.recording_id
WHERE d.done_at IS NULL AND d.missing_at IS NULL
AND (d.lease_until IS NULL OR d.lease_until <= (SELECT retention_now()))
ORDER BY d.run_id, d.recording_id LIMIT %s FOR UPDATE OF r, d SKIP LOCKED
"""
TAKE_BACK = f"""
DELETE FROM retention_destruction d USING retention_recording r
WHERE d.recording_id = ANY(%s::bigint[]) AND r.id = d.recording_id AND d.point_of_no_return_at IS NULL
AND ({HELD} OR NOT ({READY_AT.format(at="(SELECT retention_now())")}))
RETURNING r.id
"""  # noqa: S608  # made of constants
BEGIN = """
UPDATE retention_destruction SET
    point_of_no_return_at = COALESCE(point_of_no_return_at, (SELECT retention_now())),
    lease_until = (SELECT retention_later(retention_now(), interval '5 minutes')),
    attempts = attempts + 1,
    delete_sent_at = COALESCE(delete_sent_at, (SELECT retention_now()))
WHERE recording_id = ANY(%s::bigint[])
"""
OPEN = """
SELECT d.recording_id, d.attempts, d.run_id, unit.code
FROM retention_destruction d JOIN retention_recording r ON r.id = d.recording_id
JOIN organisation_unit unit ON unit.id = r.unit_id
WHERE d.recording_id = ANY(%s::bigint[]) AND d.done_at IS NULL ORDER BY d.recording_id FOR UPDATE OF r, d
"""
PROVE = """
INSERT INTO retention_proof (recording_id, run_id, sha256, ground, how, destroyed_at)
SELECT r.id, d.run_id, r.sha256, CASE gone.how WHEN 'nooit_ontvangen' THEN gone.how ELSE d.why END, gone.how,
    (SELECT retention_now())
FROM unnest(%s::bigint[], %s::text[]) AS gone(id, how)
JOIN retention_destruction d ON d.recording_id = gone.id JOIN retention_recording r ON r.id = gone.id
"""
PROVEN = """
SELECT r.id::text AS pk, unit.code AS unit,
    jsonb_build_object('run', p.run_id, 'ground', p.ground, 'how', p.how) AS data
FROM retention_proof p JOIN retention_recording r ON r.id = p.recording_id
JOIN organisation_unit unit ON unit.id = r.unit_id
WHERE p.recording_id = ANY(%(gone)s::bigint[])
"""
TOMBSTONE = """
UPDATE retention_recording SET status = 'vernietigd', wearer = '', not_announced_reason = ''
WHERE id = ANY(%s::bigint[])
"""
DONE = """
UPDATE retention_destruction SET done_at = (SELECT retention_now()), lease_until = NULL, last_error = ''
WHERE recording_id = ANY(%s::bigint[])
"""
FAILED = """
UPDATE retention_destruction d SET last_error = went.error,
    delete_sent_at = CASE WHEN NOT went.is_untouched THEN d.delete_sent_at END,
    lease_until = retention_later(retention_now(), interval '1 minute' * LEAST(60, 2 ^ LEAST(d.attempts - 1, 6)))
FROM unnest(%s::bigint[], %s::text[], %s::boolean[]) AS went(id, error, is_untouched) WHERE d.recording_id = went.id
"""
MISSING = """
UPDATE retention_destruction SET missing_at = retention_now(), lease_until = NULL WHERE recording_id = ANY(%s)
"""


class Claimed(NamedTuple):
    """A recording that this worker may destroy now, for the `attempt`-th time that somebody tries. `was_sent`: one
    before may have deleted the file. What does not own the file that it names (`owns`), never had one.
    """

    pk: int
    key: str
    was_seen: bool
    attempt: int
    owns: bool
    was_sent: bool


class Open(NamedTuple):
    """One of which that is still to be settled, as it stands under its lock."""

    pk: int
    attempts: int
    run: int
    unit: str


Outcomes = Mapping[str, Outcome | StorageError]


def destroy(storage: Storage | None = None, *, seconds: float | None = None, batch: int = BATCH) -> int:
    """Destroy what was planned until there is nothing left that may be tried now, or `seconds` are over. Answers with
    how many were destroyed.

    A batch is claimed when the storage has answered about the one before, so that it is deleted at once: what is
    written as sent, under a lease, does not wait for its turn. That one is settled while the storage deletes, or when
    nothing more could be claimed, for whatever reason.
    """
    place, ends = storage or recordings(), None if seconds is None else time.monotonic() + seconds
    done, claimed, outcomes = 0, list[Claimed](), Future[Outcomes]()
    with ThreadPoolExecutor(1) as deleter:
        while True:
            answered = outcomes.result() if claimed else {}
            before, claimed = claimed, []
            try:
                if ends is None or time.monotonic() < ends:
                    claimed = claim(batch)
                if claimed:
                    outcomes = deleter.submit(_deleted, place, claimed)
            finally:
                done += settle(before, answered) if before else 0
            if not claimed:
                return done


def claim(limit: int) -> list[Claimed]:
    """The next few, past the point of no return. None when the clock is not trusted, the database does not know of
    everything that was destroyed, or nothing can be tried now.
    """
    while not why_not() and not valve.is_stopped_by_the_clock():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(BY_INDEX)
            cursor.execute(CLAIM, [limit])
            found = [Claimed(*row) for row in cursor.fetchall()]
            if not found:
                break
            cursor.execute(TAKE_BACK, [_array(one.pk for one in found)])
            if back := {pk for (pk,) in cursor.fetchall()}:
                found = [one for one in found if one.pk not in back]
            cursor.execute(BEGIN, [_array(one.pk for one in found)])
        if found:
            return found
    return []


def _array(values: Iterable[int | str]) -> str:
    """Numbers, or words of our own, as PostgreSQL reads them fastest."""
    return "{" + ",".join(map(str, values)) + "}"


def _deleted(storage: Storage, claimed: Sequence[Claimed]) -> Outcomes:
    """What became of each file that they own."""
    return storage.delete(one.key for one in claimed if one.owns)


def settle(claimed: Sequence[Claimed], outcomes: Outcomes) -> int:
    """Write down what the storage said, in one commit. What another worker settled meanwhile is left alone. What cannot
    be listed outside the database is not proven, and tried again.
    """
    try:
        return _settle(claimed, outcomes)
    except LedgerError as error:
        return _settle(claimed, outcomes, error)


def _settle(claimed: Sequence[Claimed], outcomes: Outcomes, unlisted: LedgerError | None = None) -> int:
    known = {one.pk: one for one in claimed}
    gone: list[tuple[Open, How]] = []
    failed: list[tuple[Open, StorageError, bool]] = []
    missing: list[Open] = []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(BY_INDEX)
        cursor.execute(OPEN, [_array(known)])
        for found in (Open(*row) for row in cursor.fetchall()):
            mine = known[found.pk]
            outcome = outcomes[mine.key] if mine.owns else Outcome.ABSENT
            if outcome == Outcome.DELETED:
                gone.append((found, How.DELETED))
            elif outcome == Outcome.ABSENT and mine.was_seen and mine.was_sent:
                gone.append((found, How.ABSENT))
            elif found.attempts > mine.attempt:
                continue  # the lease ran out: whoever has it now will say
            elif isinstance(outcome, StorageError):
                failed.append((found, outcome, isinstance(outcome, Untouched) and not mine.was_sent))
            elif mine.was_seen:
                missing.append(found)
            else:
                gone.append((found, How.NEVER_CAME))
        if unlisted:
            failed += [(found, unlisted, False) for found, _ in gone]
            gone = []
        _prove(cursor, gone)
        _try_later(cursor, failed)
        _miss(cursor, missing)
    return len(gone)


def _prove(cursor: Any, gone: Sequence[tuple[Open, How]]) -> None:
    """Proof, entry, tombstone and the end of the intent: together or not at all."""
    if not gone:
        return
    pks = _array(found.pk for found, _ in gone)
    cursor.execute(PROVE, [pks, _array(how for _, how in gone)])
    words = by_the_clock("vernietigen")
    record_found("vernietigen", words, PROVEN, {"gone": pks}, about=Recording, actor=_system(), role="systeem")
    cursor.execute(TOMBSTONE, [pks])
    cursor.execute(DONE, [pks])
    ledger.write([found.pk for found, _ in gone])


def _try_later(cursor: Any, failed: Sequence[tuple[Open, StorageError, bool]]) -> None:
    """Later and later, up to an hour; told when it has failed so often that somebody must look."""
    if not failed:
        return
    found, errors, untouched = zip(*failed, strict=True)
    cursor.execute(FAILED, [[one.pk for one in found], [str(error) for error in errors], list(untouched)])
    often = [
        Told(found.pk, found.unit, {"run": found.run, "error": str(error)})
        for found, error, _ in failed
        if found.attempts == SHOWN_AFTER
    ]
    _record("vernietigen", "De opname kan niet worden vernietigd. Het wordt opnieuw geprobeerd.", often, Result.FAILED)


def _miss(cursor: Any, missing: Sequence[Open]) -> None:
    """A file that was there and is gone, while nobody had begun to destroy it."""
    if not missing:
        return
    cursor.execute(MISSING, [[found.pk for found in missing]])
    told = [Told(found.pk, found.unit, {"run": found.run}) for found in missing]
    _record("vermissen", "Het bestand van de opname is weg, en niemand had het vernietigd.", told, Result.FAILED)


def _record(action: str, sentence: str, told: Sequence[Told], result: Result = Result.TAKEN) -> None:
    if told:
        record_each(action, sentence, told, about=Recording, actor=_system(), role="systeem", result=result)


def _system() -> Person:
    return Person.objects.get(number=Person.SYSTEM)
