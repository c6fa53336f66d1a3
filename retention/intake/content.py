"""The file of a recording comes in: streamed to the storage, never in memory, and only while the recording may have
one.

Nobody is kept waiting by a slow dock: the recording is locked when the last byte has come in, just before the storage
shows the file, and only then is looked whether its destruction has begun. So no file appears after its proof.
"""

from collections.abc import Callable

from django.db import connection, transaction

from retention.models import Recording
from retention.storage import StorageError, WrongContent, recordings
from retention.storage.interface import Readable

LOCKED = """
SELECT status = 'vernietigd' OR retention_begun(id)
       OR (status <> 'noodzakelijk' AND next_at <= retention_now() AND NOT retention_is_held(id))
FROM retention_recording WHERE id = %s FOR UPDATE
"""
SEEN = "UPDATE retention_recording SET file_seen_at = retention_now() WHERE id = %s AND file_seen_at IS NULL"

GONE = "Deze opname is vernietigd, of moet nu worden vernietigd. Lever geen bestand meer aan."
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
            with connection.cursor() as cursor:
                cursor.execute(SEEN, [recording.pk])
            tell()
    except WrongContent as error:
        raise NotReceived(409, str(error)) from error
    except StorageError as error:
        raise NotReceived(503, str(error)) from error
    return True


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
