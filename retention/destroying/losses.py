"""A file that was there and is gone while nobody had begun to destroy it: an incident, that a privacy officer closes by
declaring it (T-34). Until then the recording is not destroyed, and counts as overdue.

The storage is asked again first. Only when it says once more that nothing is there, proof, tombstone and journal follow
in one commit; what it finds after all is left to the workers (`destruction.py`), as if it had never been missed.
"""

from django.db import connection, transaction

from journal.write import record
from organisation.models import Person
from organisation.permissions import capacity_with
from organisation.refusals import OrganisationRefused, must_hold
from organisation.roles import Perm
from retention import ledger
from retention.choices import How
from retention.clock import now
from retention.destroying.destruction import DONE, TOMBSTONE
from retention.models import Destruction, Proof, Recording
from retention.storage import Storage, StorageError, recordings

DECLARE, FOUND = "vermissing_verklaren", "vermissing_vervallen"
NOT_YOURS = "Alleen de privacyfunctionaris kan een vermissing afsluiten."
OWN_RECORDING = "U droeg de camera van deze opname. Een andere privacyfunctionaris sluit de vermissing af."
NOT_MISSING = "Deze opname wordt niet vermist, of niet meer. Er is niets te verklaren."
NO_ANSWER = "De opslag kan nu niet zeggen of het bestand weg is. Probeer het later opnieuw."


def is_missing(recording: Recording) -> bool:
    return Destruction.objects.filter(recording=recording, missing_at__isnull=False, done_at=None).exists()


def why_not(recording: Recording, person: Person) -> str:
    """Why this privacy officer cannot declare it; empty when they can."""
    if not is_missing(recording):
        return NOT_MISSING
    return OWN_RECORDING if recording.is_of(person) else ""


def declare(recording: Recording, reasons: str, *, by: Person, storage: Storage | None = None) -> bool:
    """Whether the loss was declared; else the file is there after all, and is destroyed as usual. Raises
    `OrganisationRefused`.
    """
    must_hold(by, Perm.GUARD_PRIVACY, NOT_YOURS)
    _refuse_if(why_not(recording, by))
    is_gone = _is_gone(storage or recordings(), recording.storage_key)
    with transaction.atomic():
        found = Recording.objects.select_for_update().get(pk=recording.pk)
        intent = Destruction.objects.select_for_update().get(recording=found)
        _refuse_if(why_not(found, by))
        if is_gone:
            _prove(found, intent, reasons, by)
            _list(found)
        else:
            _go_on(found, intent, by)
    return is_gone


def _refuse_if(why: str) -> None:
    if why:
        raise OrganisationRefused(why)


def _is_gone(storage: Storage, key: str) -> bool:
    try:
        return storage.size(key) is None
    except StorageError as error:
        raise OrganisationRefused(NO_ANSWER) from error


def _prove(found: Recording, intent: Destruction, reasons: str, by: Person) -> None:
    Proof.objects.create(
        recording=found,
        run_id=intent.run_id,
        sha256=found.sha256,
        ground=intent.why,
        how=How.DECLARED,
        destroyed_at=now(),
        by=by,
        reasons=reasons,
    )
    data = {"run": intent.run_id, "ground": intent.why, "how": str(How.DECLARED)}
    _record(DECLARE, "{title} heeft verklaard dat het bestand van de opname weg is.", found, by, data, reasons)
    with connection.cursor() as cursor:
        cursor.execute(TOMBSTONE, [[found.pk]])
        cursor.execute(DONE, [[found.pk]])


def _list(found: Recording) -> None:
    """Last of all, before it is committed."""
    try:
        ledger.write([found.pk])
    except ledger.LedgerError as error:
        raise OrganisationRefused(str(error)) from error


def _go_on(found: Recording, intent: Destruction, by: Person) -> None:
    Destruction.objects.filter(pk=intent.pk).update(missing_at=None)
    _record(FOUND, "{title} liet de opslag nog eens kijken: het bestand is er.", found, by, {"run": intent.run_id})


def _record(
    action: str, sentence: str, found: Recording, by: Person, data: dict[str, object], reasons: str = ""
) -> None:
    capacity = capacity_with(by, Perm.GUARD_PRIVACY)
    words = sentence.format(title=capacity.title)
    record(action, words, actor=by, role=capacity.role, about=found, unit=found.unit.code, reason=reasons, data=data)
