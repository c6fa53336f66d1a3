"""Destroying files that are astray: what nobody knew for 27 days, what came back after it was destroyed, and what a
privacy officer does not want to wait for.

First is written down that the storage is told to delete, with no recording that owns the file and none that can get it
from then on; then it deletes and looks again; then how that was established. A storage address may point at somebody
else's files, and the register cannot always know. So what nobody knew goes by itself only when the privacy officers
could act on the mail that told of it (`WAITS`), and more than `DESTRUCTION_VALVE` files at once wait for one of them,
however long. So does everything that rests on a clock that is not trusted.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max, QuerySet

from journal.models import Result
from journal.write import Told, record
from organisation.models import Person
from organisation.permissions import capacity_with
from organisation.refusals import OrganisationRefused, must_hold
from organisation.roles import Perm
from retention.choices import Astray, Ending
from retention.clock import now
from retention.comparing import astray
from retention.destroying import valve
from retention.destroying.destruction import SHOWN_AFTER
from retention.models import Comparison, ComparisonRelease, StorageIncident
from retention.overdue import Now
from retention.storage import Outcome, Storage, StorageError, Untouched, recordings
from retention.storage.interface import is_key

BATCH = 4_000
LOCK = "SELECT pg_advisory_xact_lock(20282028)"
"""Taken before looking whose the files are: whoever sees one for its recording waits (migration 0030)."""
SEND = """
WITH ready AS MATERIALIZED (
    SELECT i.id, i.sent_at IS NOT NULL AS was_sent FROM retention_storageincident i
    WHERE i.ended_at IS NULL AND i.kind <> 'vermist' AND (i.tried_at IS NULL OR i.tried_at < %(since)s)
    AND (%(only)s IS NULL OR i.id = %(only)s)
    AND (i.kind = 'teruggekomen' OR i.ordered_at IS NOT NULL OR i.sent_at IS NOT NULL
         OR i.destroy_from <= retention_now() AND i.found_at <= %(free_until)s)
    AND NOT EXISTS (
        SELECT FROM retention_recording r
        WHERE r.storage_key = i.key AND r.owns_file AND r.status <> 'vernietigd'
    )
    ORDER BY i.id LIMIT %(most)s FOR UPDATE
)
UPDATE retention_storageincident i
SET sent_at = COALESCE(i.sent_at, retention_now()), tried_at = retention_now(), attempts = i.attempts + 1
FROM ready WHERE ready.id = i.id
RETURNING i.id, i.key, i.attempts, ready.was_sent
"""
FAILED = """
UPDATE retention_storageincident i
SET last_error = went.error, sent_at = CASE WHEN NOT went.is_untouched THEN i.sent_at END
FROM unnest(%s::bigint[], %s::text[], %s::boolean[]) AS went(id, error, is_untouched)
WHERE i.id = went.id AND i.ended_at IS NULL
"""

WAITS = timedelta(hours=20)
"""So long after it was found; what the night finds on its last day is then still gone in time. Migration 0037 says the
same.
"""

NOT_YOURS = "Alleen de privacyfunctionaris kan een bestand zonder opname laten vernietigen."
NOT_OPEN = "Dit bestand is er niet meer, of het heeft nu een opname. Er is niets te vernietigen."
ORDERED = "Er is al besloten dit bestand te vernietigen. Het register probeert het tot het lukt."
NOTHING_WAITS = "Er wachten geen bestanden op vrijgave, of niet meer."
NO_NAME = "Het register kan een bestand met deze naam niet vernietigen. Laat de beheerder het weghalen."


class Sent(NamedTuple):
    """A file that the storage may be told to delete now, for the `attempt`-th time."""

    pk: int
    key: str
    attempt: int
    was_sent: bool


def due() -> "QuerySet[StorageIncident]":
    """What has to go by its term, and nobody decided about."""
    found = astray.open_ones(Astray.UNKNOWN).filter(ordered_at=None, sent_at=None, destroy_from__lte=Now())
    released = _released_until()
    return found.filter(found_at__gt=released) if released else found


def waiting() -> int:
    """How many wait for a privacy officer, because they are too many; else none."""
    count = due().count()
    return count if settings.DESTRUCTION_VALVE is not None and count > settings.DESTRUCTION_VALVE else 0


def _released_until() -> datetime | None:
    """Whatever was found until then may go."""
    at: datetime | None = ComparisonRelease.objects.aggregate(at=Max("at"))["at"]
    return at


def clear(storage: Storage | None = None, *, only: int | None = None) -> int:
    """Destroy what may go, each tried once; or only this one. How many are gone."""
    astray.claim()
    since, done = now(), 0
    given = {"since": since, "only": only, "most": BATCH, "free_until": _free_until(since)}
    while sent := _send(given):
        done += _settle(sent, _deleted(storage or recordings(), sent))
    return done


def _free_until(at: datetime) -> Any:
    """Found until then goes by its term."""
    if valve.is_stopped_by_the_clock():
        return "-infinity"
    released = _released_until()
    if waiting():
        return released or "-infinity"
    return max(at - WAITS, released or at - WAITS)


def _send(given: dict[str, Any]) -> list[Sent]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(LOCK)
        cursor.execute(SEND, given)
        return [Sent(*row) for row in cursor.fetchall()]


def _deleted(storage: Storage, sent: Sequence[Sent]) -> dict[str, Outcome | StorageError]:
    """What became of each file."""
    nameless: dict[str, Outcome | StorageError] = {one.key: Untouched(NO_NAME) for one in sent if not is_key(one.key)}
    return nameless | storage.delete(one.key for one in sent if one.key not in nameless)


def _settle(sent: Sequence[Sent], outcomes: dict[str, Outcome | StorageError]) -> int:
    gone: list[tuple[int, Ending]] = []
    failed: list[tuple[Sent, StorageError]] = []
    for one in sent:
        outcome = outcomes[one.key]
        if isinstance(outcome, StorageError):
            failed.append((one, outcome))
        elif outcome == Outcome.DELETED:
            gone.append((one.pk, Ending.DELETED))
        else:
            gone.append((one.pk, Ending.ABSENT if one.was_sent else Ending.GONE))
    with transaction.atomic():
        ended = astray.end(gone)
        _try_later(failed)
    return ended


def _try_later(failed: Sequence[tuple[Sent, StorageError]]) -> None:
    if not failed:
        return
    untouched = [isinstance(error, Untouched) and not one.was_sent for one, error in failed]
    with connection.cursor() as cursor:
        cursor.execute(FAILED, [[one.pk for one, _ in failed], [str(error) for _, error in failed], untouched])
    often = [Told(one.pk, "", {"error": str(error)}) for one, error in failed if one.attempt == SHOWN_AFTER]
    sentence = "Een bestand in de opslag kan niet worden vernietigd. Het wordt opnieuw geprobeerd."
    astray.journal("bestand_vernietigen", sentence, often, Result.FAILED)


def why_not(incident: StorageIncident) -> str:
    """Why nobody can have it destroyed now; empty when a privacy officer can."""
    if incident.ended_at or incident.kind != Astray.UNKNOWN:
        return NOT_OPEN
    return ORDERED if incident.ordered_at or incident.sent_at else ""


def order(incident: StorageIncident, reasons: str, *, by: Person, storage: Storage | None = None) -> str:
    """Have a file that nobody knows destroyed before its time. How that ended; empty when it is tried again. Raises
    `OrganisationRefused`.
    """
    must_hold(by, Perm.GUARD_PRIVACY, NOT_YOURS)
    astray.claim()
    with transaction.atomic():
        found = StorageIncident.objects.select_for_update().get(pk=incident.pk)
        if why := why_not(found):
            raise OrganisationRefused(why)
        found.ordered_by, found.ordered_at, found.reasons = by, now(), reasons
        found.save(update_fields=["ordered_by", "ordered_at", "reasons"])
        _record("bestand_vernietigen", "{title} laat een bestand zonder opname vernietigen.", found, reasons, by)
    clear(storage, only=incident.pk)
    return StorageIncident.objects.get(pk=incident.pk).outcome


def release(comparison: Comparison, reasons: str, *, by: Person) -> None:
    """Let all go that was found until now, however many; within minutes. Raises `OrganisationRefused`."""
    must_hold(by, Perm.GUARD_PRIVACY, NOT_YOURS)
    with transaction.atomic():
        found = Comparison.objects.select_for_update().get(pk=comparison.pk)
        if not waiting() or ComparisonRelease.objects.filter(comparison=found).exists():
            raise OrganisationRefused(NOTHING_WAITS)
        ComparisonRelease.objects.create(comparison=found, by=by, reasons=reasons, at=Now())
        _record("vrijgeven", "{title} heeft de vernietiging van bestanden vrijgegeven.", found, reasons, by)


def _record(action: str, sentence: str, about: Comparison | StorageIncident, reasons: str, by: Person) -> None:
    capacity = capacity_with(by, Perm.GUARD_PRIVACY)
    words = sentence.format(title=capacity.title)
    record(action, words, actor=by, role=capacity.role, about=about, reason=reasons)
