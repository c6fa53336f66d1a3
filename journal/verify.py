"""The check from within: the script that auditors run outside, over what stands in the database, with our own anchors.

On top of that it looks for entries that stand in the journal but not in the chain. What came of it is kept.
"""

from time import monotonic

from django.db import connection

from journal import anchors
from journal.export import lines
from journal.models import Check, Entry
from script.verify_journal import Checker, Wrong, read_anchors

OUTSIDE_THE_CHAIN = """
SELECT e.id FROM journal_entry e, (SELECT upto_tx, upto_id FROM journal_seal ORDER BY number DESC LIMIT 1) newest
WHERE ((e.tx, e.id) <= (upto_tx, upto_id) OR e.tx >= pg_snapshot_xmax(pg_current_snapshot()))
  AND upto_tx < pg_snapshot_xmax(pg_current_snapshot())
  AND NOT EXISTS (SELECT FROM journal_link l WHERE l.entry_id = e.id)
ORDER BY e.id LIMIT 1
"""
RESTORED = "register_teruggezet"
"""The action of the entry that tells from where the journal went on after a backup was put back."""
LAST = "SELECT finding, clock_timestamp() - at > interval '2 days' FROM journal_check ORDER BY id DESC LIMIT 1"


def check() -> Check:
    """Go through the whole chain, and keep the outcome: what was found first, or nothing."""
    began = monotonic()
    checker, finding = Checker({}), ""
    try:
        checker.anchors = _own_anchors()  # read first: seals that come meanwhile have none yet
        checker.check(lines())
        _nothing_stands_outside()
    except Wrong as wrong:
        finding = str(wrong)
    return Check.objects.create(
        entries=checker.seq, seals=checker.seals, finding=finding, seconds=round(monotonic() - began, 3)
    )


def latest() -> Check | None:
    """The last check, or None when there never was one."""
    return Check.objects.order_by("-id").first()


def restores() -> list[Entry]:
    """Where the journal went on from a backup; a seal of before that, kept outside, may be of another branch."""
    return list(Entry.objects.filter(action=RESTORED).order_by("id"))


def alarm() -> str:
    """What must be known of the last check: what it found, or that it was too long ago. Empty when all is well."""
    with connection.cursor() as cursor:
        cursor.execute(LAST)
        found = cursor.fetchone()
    if found is None or not (found[0] or found[1]):
        return ""
    return found[0] or "Het journaal is al meer dan twee dagen niet gecontroleerd. Waarschuw wie het systeem beheert."


def _own_anchors() -> dict[int, tuple[int, str]]:
    if not anchors.path().exists():
        return {}
    with anchors.path().open(errors="replace") as kept:
        return read_anchors(kept)


def _nothing_stands_outside() -> None:
    """Whoever puts an entry between those that were sealed long ago, leaves it without a place in the chain."""
    with connection.cursor() as cursor:
        cursor.execute(OUTSIDE_THE_CHAIN)
        found = cursor.fetchone()
    if found:
        raise Wrong(f"De regel met id {found[0]} staat in het journaal, maar niet in de keten: later ingevoegd.")
