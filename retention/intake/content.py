"""The file of a recording comes in: streamed to the storage, never in memory, and only while the recording may have
one. Or it was put in the storage by other means, and is seen there. What was never seen is shown to nobody.

Nobody is kept waiting by a slow dock: the recording is locked when the last byte has come in, just before the storage
shows the file, and only then is looked whether its destruction has begun. So no file appears after its proof.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

from journal.models import Entry, Result
from journal.write import record
from retention.models import Recording
from retention.procedure import Status
from retention.storage import StorageError, WrongContent, recordings
from retention.storage.interface import Readable

LOCKED = """
SELECT status = 'vernietigd' OR retention_begun(id)
       OR (status <> 'noodzakelijk' AND next_at <= retention_now() AND NOT retention_is_held(id))
FROM retention_recording WHERE id = %s FOR UPDATE
"""
SEEN = """
UPDATE retention_recording SET file_seen_at = retention_now()
WHERE id = %s AND file_seen_at IS NULL AND NOT retention_is_leaving(storage_key)
RETURNING file_seen_at
"""
IS_LEAVING = "SELECT retention_is_leaving(%s)"
IS_OPEN = "SELECT status <> 'vernietigd' AND NOT retention_begun(id) FROM retention_recording WHERE id = %s FOR UPDATE"
LOOKED_AT = 2000
"""Recordings without a file that are looked for in an hour; which ones is left to chance, so that none is forgotten."""

log = logging.getLogger(__name__)

GONE = "Deze opname is vernietigd, of moet nu worden vernietigd. Lever geen bestand meer aan."
LEAVING = "Een bestand onder deze naam, dat bij geen opname hoorde, wordt nu vernietigd. Stuur het later opnieuw."
OF_ANOTHER = (
    "Deze naam in de opslag is van een andere opname, die haar eerder noemde. Lever de opname aan met een eigen kenmerk"
    " en een andere opslagsleutel."
)
OTHER = "Dit is niet het bestand dat bij de opname is opgegeven. Kijk na welk bestand bij deze opname hoort."


class NotReceived(Exception):
    """Why a file is not taken: the status by which the API says so, and the sentence."""

    def __init__(self, code: int, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


class UntilItsEnd:
    """What comes in, and what is done once all of it has."""

    def __init__(self, content: Readable, then: Callable[[], None]) -> None:
        self._content, self._then = content, then

    def read(self, size: int = -1, /) -> bytes:
        piece = self._content.read(size)
        if not piece:
            self._then()
        return piece


def may_come(recording: Recording, size: int, sha256: str) -> None:
    """Whether the file that is announced may be sent at all. Raises `NotReceived`."""
    with transaction.atomic():
        _lock(recording)
    if not recording.owns_file:
        raise NotReceived(409, OF_ANOTHER)
    if (size, sha256) != (recording.size, recording.sha256):
        raise NotReceived(409, OTHER)


def receive(recording: Recording, content: Readable, tell: Callable[[], None]) -> bool:
    """Keep the file, and say whether it is new. `tell` writes the journal, in the transaction in which it was seen.
    Raises `NotReceived`.
    """
    storage = recordings()
    try:
        there = storage.size(recording.storage_key)
        if there is not None and not _is_the_file(recording, there):
            raise NotReceived(409, OTHER)
        if there is not None and recording.file_seen_at:
            return False
        with transaction.atomic():
            if there is None:
                whole = UntilItsEnd(content, lambda: _lock(recording))
                storage.write(recording.storage_key, whole, recording.size, recording.sha256)
            _lock(recording)
            if not mark_seen(recording):
                _refuse_what_leaves(recording)
                return False
            tell()
    except WrongContent as error:
        raise NotReceived(409, str(error)) from error
    except StorageError as error:
        raise NotReceived(503, str(error)) from error
    return True


def look_for(recording: Recording) -> bool:
    """Whether it has its file. One that was never seen is looked for in the storage: it may have come by other means.
    Raises `StorageError`.
    """
    if recording.file_seen_at or not recording.owns_file:
        return bool(recording.file_seen_at)
    there = recordings().size(recording.storage_key)
    if there is None:
        return False
    is_it = _is_the_file(recording, there)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(IS_OPEN, [recording.pk])
        if cursor.fetchone()[0]:
            if is_it:
                _tell_found(recording)
            elif there >= recording.size:  # a smaller one may still be coming in
                _tell_other(recording)
    return bool(recording.file_seen_at)


def look_for_all() -> int:
    """Look for files that were never seen. How many there are now."""
    waiting = Recording.objects.filter(file_seen_at=None, owns_file=True).exclude(status=Status.VERNIETIGD)
    found = 0
    for one in waiting.select_related("unit").order_by("?")[:LOOKED_AT]:
        try:
            found += look_for(one)
        except StorageError:
            log.exception("the file of recording %s could not be looked for", one.pk)
    return found


def _tell_found(recording: Recording) -> None:
    if mark_seen(recording):
        _record("opname_ontvangen", "Het bestand van de opname stond in de opslag.", recording)


def _tell_other(recording: Recording) -> None:
    """Once: it is looked for every hour."""
    about = {"object_type": "retention.recording", "object_id": str(recording.pk)}
    if not Entry.objects.filter(**about, action="bestand_wijkt_af").exists():
        sentence = "In de opslag staat een ander bestand dan bij de opname is opgegeven. Het wordt niet getoond."
        _record("bestand_wijkt_af", sentence, recording, result=Result.FAILED)


def _record(action: str, sentence: str, recording: Recording, **more: Any) -> None:
    record(action, sentence, role="systeem", unit=recording.unit.code, about=recording, **more)


def mark_seen(recording: Recording) -> bool:
    """Whether this is the first time."""
    with connection.cursor() as cursor:
        cursor.execute(SEEN, [recording.pk])
        if found := cursor.fetchone():
            (recording.file_seen_at,) = found
    return bool(found)


def _refuse_what_leaves(recording: Recording) -> None:
    """What stood under its key before it came is being destroyed; raises `NotReceived`."""
    with connection.cursor() as cursor:
        cursor.execute(IS_LEAVING, [recording.storage_key])
        if cursor.fetchone()[0]:
            raise NotReceived(503, LEAVING)


def _is_the_file(recording: Recording, size: int) -> bool:
    """Whether what is in the storage is what was announced; once it was seen its bytes are not digested again."""
    if size != recording.size:
        return False
    return bool(recording.file_seen_at) or recordings().sha256(recording.storage_key) == recording.sha256


def _lock(recording: Recording) -> None:
    """From here to the end of the transaction its destruction cannot begin; raises `NotReceived` when it has."""
    with connection.cursor() as cursor:
        cursor.execute(LOCKED, [recording.pk])
        if cursor.fetchone()[0]:
            raise NotReceived(410, GONE)
