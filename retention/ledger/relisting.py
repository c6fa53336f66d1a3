"""What the list of destructions lost, wherever in it, and writing that in it once more: from the database that served
when it was lost, which knows of everything that was destroyed. No other may: one that was put back, or is older than
what is left of the list, would make a list in which something is missing, and then be opened by it.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Min

from journal.write import record
from organisation.models import Person
from retention import ledger
from retention.clock import now
from retention.ledger import BATCH, KEPT_FOR, LedgerError, caught_up
from retention.ledger.bits import Bits
from retention.models import CaughtUp, Proof, Register

DONE = "vernietigingen_opnieuw_vermeld"
ANEW = "Wat in de lijst van vernietigingen ontbrak, is er opnieuw in geschreven uit de database."
ALONE = "LOCK TABLE retention_proof IN SHARE MODE"
"""Nobody proves anything until this is done."""
NAMED = """
SELECT r.id FROM unnest(%s::varchar[], %s::varchar[]) AS line(source, source_id)
JOIN retention_recording r ON r.source_id = line.source_id AND r.source = line.source
"""
CHUNK = 10_000
DAY = timedelta(days=1)
LATELY = KEPT_FOR + 2 * DAY
"""A backup that may be there until the end of its last day is younger, and knows of all that was destroyed before."""


def lately_unlisted() -> list[int]:
    """The same of what a backup that may still be there does not know of, in no more of the list than tells of it."""
    return unlisted(max(_first_listed(), now() - LATELY), in_all=False)


def unlisted(since: datetime | None = None, *, in_all: bool = True) -> list[int]:
    """The recordings of which this database knows that they were destroyed (since then), and the list does not: all of
    it, or as much as can tell of those. Raises `LedgerError`, also when something that is read is damaged.
    """
    listed, from_then = Bits(), None if in_all else since
    known = _names(from_then)
    _read(known, listed)
    lacking = [pk for pk in _proven(listed.last, since) if pk not in listed]
    if lacking:  # what was proven while the list was read stands in an object that came meanwhile
        _read(sorted(set(_names(from_then)).difference(known)), listed)
    return [pk for pk in lacking if pk not in listed]


def refuse_if_it_lacks() -> None:
    """Raises `LedgerError` when the list lacks anything of which the database of this connection knows that it was
    destroyed since there is a list.
    """
    ledger.refuse_if_it_lacks()
    if lacking := len(unlisted(_first_listed())):
        raise LedgerError(ledger.GAPS.format(lacking))


def _names(since: datetime | None) -> list[str]:
    """All, or those that tell of what was destroyed since: an object has the name of the newest point of no return in
    it, so nothing stands in one of an earlier day (UTC).
    """
    mine = str(Register.objects.get().pk)
    if since is None:
        return ledger.names(mine)
    begun = Min("recording__destruction__point_of_no_return_at")
    found = Proof.objects.filter(destroyed_at__gte=since).aggregate(begun=begun)["begun"]
    if found is None:
        return []
    first = found.astimezone(UTC).date()
    days = (now().astimezone(UTC).date() + DAY - first).days
    return [name for n in range(days + 1) for name in ledger.names(mine, first + n * DAY)]


def _first_listed() -> datetime:
    since: datetime = ledger.ask(ledger.SINCE)[0]
    return since


def _read(names: Iterable[str], listed: Bits) -> None:
    for name in names:
        lines = [(line["source"], line["source_id"]) for line in ledger.read(name)]
        with connection.cursor() as cursor:
            cursor.execute(NAMED, list(map(list, zip(*lines, strict=True))))
            for (pk,) in cursor.fetchall():
                listed.add(pk)


def _proven(last: int, since: datetime | None) -> Iterator[int]:
    found = Proof.objects.filter(pk__lte=last).order_by("pk")
    if since:
        found = found.filter(destroyed_at__gte=since)
    return found.values_list("pk", flat=True).iterator(chunk_size=CHUNK)


def relist(progress: Callable[[str], None] = lambda said: None) -> int:
    """List what the list lacks, also of before there was one, as the owner, on the connection of the block
    (`as_owner`), in objects of at most as many as are destroyed at once. How many those were. Raises `LedgerError` when
    the database is not the one that may, or the list cannot be read or written.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ALONE)
        if not CaughtUp.objects.exists():
            raise LedgerError(caught_up.PUT_BACK)
        ledger.make()
        if caught_up.is_behind(str(Register.objects.get().pk), now()):
            raise LedgerError(caught_up.BEHIND)
        pks = unlisted()
        for first in range(0, len(pks), BATCH):
            ledger.write(pks[first : first + BATCH])
            progress(f"{min(first + BATCH, len(pks))} van {len(pks)} vernietigingen vermeld.")
        if pks:
            system = Person.objects.get(number=Person.SYSTEM)
            record(DONE, ANEW, actor=system, role="systeem", data={"listed": len(pks)})
    return len(pks)
