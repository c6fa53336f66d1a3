"""Storage and register compared, every night: each file has its recording, each recording that had its file still has
it, and nothing that was destroyed is back or missing in the list of destructions (`ledger/relisting.py`).

The list of the storage is read once, piece by piece, and each piece is held against the register by one query; which
recordings were seen is one bit each. Nothing is concluded of what was not seen: a list that breaks off leaves the
comparison unfinished, and before something is called astray or lost the storage is asked again. What becomes of what is
astray is `clearing.py`'s question.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from django.db import connection, transaction

from bodycams.alone import alone
from journal.models import Result
from journal.write import record
from organisation.models import Person
from retention.choices import Astray, Ending
from retention.clock import now
from retention.comparing import astray, clearing
from retention.ledger import relisting
from retention.ledger.bits import Bits
from retention.models import Comparison
from retention.overdue import Now
from retention.reminders import alarms
from retention.storage import Storage, StorageError, Stored, Untouched, recordings
from retention.storage.interface import THREADS, chunked, is_key

log = logging.getLogger(__name__)

LOCK = 20282027
"""The lock in the database that lets one comparison at a time."""
CHUNK = 5_000
YOUNG = timedelta(hours=48)
"""A file may come before its metadata; a dock delivers within this time."""
CLOCKS_DIFFER = timedelta(minutes=5)
ENOUGH = 10
"""A storage in which none of so many recordings has its file is another one; of fewer, when it has files of others."""

COUNTED = ("files", "size", "young", "unknown", "returned", "lost", "unlisted")
COMPARED = "De opslag en het register zijn vergeleken."
UNFINISHED = "De opslag en het register konden niet helemaal worden vergeleken. Het wordt opnieuw geprobeerd."
LIST_NOT_READ = "De lijst van vernietigingen kon niet worden nagekeken."
UNKNOWN_ERROR = "De vergelijking is afgebroken door een onbekende fout. Laat de beheerder het logboek nakijken."
ANOTHER = (
    "In de opslag staat geen enkel bestand van dit register. Er is niets vergeleken en niets vernietigd. Kijk na of"
    " RECORDINGS_STORAGE de goede opslag noemt."
)

IS_DUE = """
SELECT NOT EXISTS (
    SELECT FROM retention_comparison c WHERE c.ended_at IS NOT NULL AND c.error = ''
    AND retention_day(retention_later(c.began_at, interval '-1 hour'))
        >= retention_day(retention_later(retention_now(), interval '-1 hour'))
) AND NOT EXISTS (
    SELECT FROM retention_comparison c WHERE c.began_at > retention_later(retention_now(), interval '-55 minutes')
    AND c.began_at <= retention_now()
)
"""
"""From one o'clock in the Dutch night on, until one was finished; after one that was not, again an hour later."""
HAS_A_FILE = """
r.next_at IS NOT NULL AND r.owns_file AND r.file_seen_at < %(began)s
AND NOT EXISTS (
    SELECT FROM retention_destruction d WHERE d.recording_id = r.id AND d.point_of_no_return_at IS NOT NULL
)
"""
"""What is not destroyed has a next moment, and an index on it."""
SAMPLE = f"""
(SELECT r.storage_key FROM retention_recording r WHERE {HAS_A_FILE} ORDER BY r.next_at LIMIT %(n)s)
UNION (SELECT r.storage_key FROM retention_recording r WHERE {HAS_A_FILE} ORDER BY r.next_at DESC LIMIT %(n)s)
"""  # noqa: S608  # made of constants
OWNERS = """
SELECT r.id, r.status = 'vernietigd', p.destroyed_at < %(began)s
FROM unnest(%(keys)s::text[]) WITH ORDINALITY AS listed(key, n)
LEFT JOIN retention_recording r ON r.storage_key = listed.key AND r.owns_file
LEFT JOIN retention_proof p ON p.recording_id = r.id AND r.status = 'vernietigd'
ORDER BY listed.n
"""
NEXT = f"""
SELECT r.next_at, r.id, r.storage_key FROM retention_recording r
WHERE {HAS_A_FILE} AND (r.next_at, r.id) > (%(moment)s, %(id)s) ORDER BY r.next_at, r.id LIMIT %(chunk)s
"""  # noqa: S608  # made of constants


def is_due() -> bool:
    """Whether this night's comparison is still to be made."""
    return bool(_value(IS_DUE))


def compare(storage: Storage | None = None) -> Comparison | None:
    """Compare all there is, now, and destroy what may no longer be there; nothing when another is at it. What went
    wrong stands in its `error`.
    """
    with alone(LOCK) as mine:
        return _compare(storage or recordings()) if mine else None


def compare_by_the_clock() -> Comparison | None:
    """The same, once a night: whether it is due is asked when nobody else can be at it. When it is not, what was found
    earlier goes as soon as it may no longer be there.
    """
    with alone(LOCK) as mine:
        if mine and is_due():
            return _compare(recordings())
        if mine:
            _clear(recordings())
    return None


def _compare(storage: Storage) -> Comparison:
    began = Comparison.objects.create(began_at=Now())
    comparison = Comparison.objects.get(pk=began.pk)
    try:
        _refuse_another(storage, comparison)
        seen = Bits()
        for listed in chunked(chain.from_iterable(storage.listing()), CHUNK):
            _hold_against(storage, comparison, listed, seen)
        _miss(storage, comparison, seen)
        _end_what_went(storage, comparison)
    except Exception as error:
        log.exception("storage and register could not be compared")
        comparison.error = _in_words(error)
    _look_at_the_list(comparison)
    _end(comparison)
    _clear(storage)
    alarms.tell_of_comparison(comparison, astray.overdue().count())
    return comparison


def _look_at_the_list(comparison: Comparison) -> None:
    """What is wrong with it is no reason to compare the storage again."""
    try:
        comparison.unlisted = len(relisting.lately_unlisted())
    except Exception as error:
        log.exception("the list of destructions could not be looked at")
        comparison.list_error = _in_words(error)


def _in_words(error: Exception) -> str:
    return str(error) if isinstance(error, StorageError) else UNKNOWN_ERROR


def _clear(storage: Storage) -> int:
    """Nothing, for as long as the storage was last found to be another one."""
    if Comparison.objects.filter(error=ANOTHER, pk=Comparison.objects.values("pk")[:1]).exists():
        return 0
    if number := clearing.waiting():
        alarms.tell_of_waiting_files(number)
    return clearing.clear(storage)


def _refuse_another(storage: Storage, comparison: Comparison) -> None:
    """A wrong address, or a disk that is empty, would make everything lost, and what is there nobody's."""
    with connection.cursor() as cursor:
        cursor.execute(SAMPLE, {"began": comparison.began_at, "n": ENOUGH})
        keys = [key for (key,) in cursor.fetchall()]
    if not keys or len(_absent(storage, keys)) < len(keys):
        return
    if len(keys) >= ENOUGH or _is_of_others(storage, comparison):
        raise StorageError(ANOTHER)


def _is_of_others(storage: Storage, comparison: Comparison) -> bool:
    """Whether there are files, and the first of them are nobody's here."""
    listed = next(filter(None, storage.listing()), ())
    return bool(listed) and all(pk is None for pk, _, _ in _owners(listed, comparison))


def _owners(listed: Sequence[Stored], comparison: Comparison) -> list[tuple[int | None, bool, bool]]:
    """Of each file the recording that owns it, whether that is a tombstone, and was before the comparison began."""
    with connection.cursor() as cursor:
        cursor.execute(OWNERS, {"keys": [one.key for one in listed], "began": comparison.began_at})
        return cursor.fetchall()


def _hold_against(storage: Storage, comparison: Comparison, listed: Sequence[Stored], seen: Bits) -> None:
    """One piece of the list."""
    unknown: dict[str, Stored] = {}
    returned: dict[str, tuple[Stored, int]] = {}
    for one, (pk, is_tombstone, was_before) in zip(listed, _owners(listed, comparison), strict=True):
        if pk is None:
            unknown[one.key] = one
        elif not is_tombstone:
            seen.add(pk)
        elif was_before:  # destroyed while the list was read: it is gone, and was seen to be
            returned[one.key] = (one, pk)
    old = [one for one in unknown.values() if not _is_young(one.at, comparison.began_at)]
    there = _still_there(storage, [*old, *(one for one, _ in returned.values())])
    strange = [(one, None) for one in there if one.key in unknown]
    back = [returned[one.key] for one in there if one.key in returned]
    with transaction.atomic():
        comparison.files += len(listed)
        comparison.size += sum(one.size for one in listed)
        comparison.young += len(unknown) - len(old)
        comparison.unknown += astray.find(comparison, Astray.UNKNOWN, strange)
        comparison.returned += astray.find(comparison, Astray.RETURNED, back)
        comparison.save(update_fields=["files", "size", "young", "unknown", "returned"])


def _is_young(at: datetime, began: datetime) -> bool:
    """A moment that has not come yet tells nothing: such a file is not waited for."""
    return began - YOUNG < at <= began + CLOCKS_DIFFER


def _still_there(storage: Storage, found: Sequence[Stored]) -> list[Stored]:
    """Without those that went since the list was read. What is on record already is not asked again."""
    known = astray.known([one.key for one in found])
    gone = _absent(storage, [one.key for one in found if one.key not in known])
    return [one for one in found if one.key not in gone]


def _absent(storage: Storage, keys: Iterable[str]) -> set[str]:
    """Those that the storage, asked again, does not have. Raises `StorageError`."""

    def is_absent(key: str) -> bool:
        try:
            return is_key(key) and storage.size(key) is None
        except Untouched:  # no plain file, so something is there
            return False

    asked = list(keys)
    if not asked:
        return set()
    with ThreadPoolExecutor(THREADS) as pool:
        return {key for key, absent in zip(asked, pool.map(is_absent, asked), strict=True) if absent}


def _miss(storage: Storage, comparison: Comparison, seen: Bits) -> None:
    """Recordings whose file had been seen and was not listed, nor is there when it is asked for."""
    for chunk in _with_a_file(comparison):
        missed = {key: pk for pk, key in chunk if pk not in seen}
        absent = [(missed[key], key) for key in _absent(storage, missed)]
        with transaction.atomic():
            comparison.lost += astray.miss(comparison, absent)
            comparison.save(update_fields=["lost"])


def _with_a_file(comparison: Comparison) -> Iterator[list[tuple[int, str]]]:
    after: dict[str, Any] = {"moment": "-infinity", "id": 0}
    while True:
        with connection.cursor() as cursor:
            cursor.execute(NEXT, {"began": comparison.began_at, "chunk": CHUNK, **after})
            rows = cursor.fetchall()
        if not rows:
            return
        yield [(pk, key) for _, pk, key in rows]
        after = {"moment": rows[-1][0], "id": rows[-1][1]}


def _end_what_went(storage: Storage, comparison: Comparison) -> None:
    """All was seen, so what was found earlier and is not there any more, went by itself or is right again."""
    astray.find_back(comparison)
    last = 0
    while chunk := astray.not_seen(comparison, last, CHUNK):
        absent = _absent(storage, [key for _, key in chunk])
        astray.end([(pk, Ending.GONE) for pk, key in chunk if key in absent or not is_key(key)])
        last = chunk[-1][0]


def _end(comparison: Comparison) -> None:
    comparison.ended_at = now()
    found = {name: getattr(comparison, name) for name in COUNTED}
    said = UNFINISHED if comparison.error else COMPARED
    with transaction.atomic():
        comparison.save(update_fields=["ended_at", "error", "list_error", "unlisted"])
        record(
            "vergelijken",
            f"{said} {LIST_NOT_READ}" if comparison.list_error else said,
            actor=Person.objects.get(number=Person.SYSTEM),
            role="systeem",
            about=comparison,
            result=Result.FAILED if comparison.error or comparison.list_error else Result.TAKEN,
            data={**found, "error": comparison.error, "list_error": comparison.list_error},
        )


def _value(question: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]
