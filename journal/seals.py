"""Sealing: entries that are certain are put in their order, chained, and closed off with a seal.

An entry gets its number while its transaction still runs, so entries do not become visible in the order of their
numbers: who goes on from the highest number misses what was committed late. Sealed is therefore only what was written
by transactions older than any that still runs, in the order of transaction and number; nothing can come in before that
any more. One sealer works at a time. A batch is one transaction: it is sealed whole or not at all.
"""

from typing import Any, NamedTuple

from django.db import connection, transaction

from journal import chain
from journal.models import Seal
from journal.texts import AS_TEXTS

LOCK = 20150220
"""The number of the lock in the database that lets in one sealer at a time."""

BATCH = 10_000

THE_NEWEST = """
SELECT number, first_seq + count - 1, head, hash, upto_tx::text, upto_id,
       upto_tx >= pg_snapshot_xmax(pg_current_snapshot())
FROM journal_seal ORDER BY number DESC LIMIT 1
"""
SINCE_THEN = f"""
SELECT {AS_TEXTS} FROM journal_entry e
WHERE (e.tx, e.id) > (%s::xid8, %s) AND e.tx < pg_snapshot_xmin(pg_current_snapshot())
ORDER BY e.tx, e.id LIMIT {BATCH}
"""  # noqa: S608  # constants
NOT_SEALED = f"""
SELECT {AS_TEXTS} FROM journal_entry e
WHERE NOT EXISTS (SELECT FROM journal_link l WHERE l.entry_id = e.id)
  AND (e.tx < pg_snapshot_xmin(pg_current_snapshot()) OR e.tx >= pg_snapshot_xmax(pg_current_snapshot()))
ORDER BY e.tx >= pg_snapshot_xmax(pg_current_snapshot()) DESC, e.tx, e.id LIMIT {BATCH}
"""  # noqa: S608  # constants
MOMENT = """
WITH moment AS (SELECT clock_timestamp() AS at) SELECT at, to_jsonb(at AT TIME ZONE 'UTC') #>> '{}' || 'Z' FROM moment
"""
LINK = """
INSERT INTO journal_link (entry_id, seq, hash, seal_id)
SELECT entry, %s + place, hash, %s FROM unnest(%s::bigint[], %s::bytea[]) WITH ORDINALITY AS made (entry, hash, place)
"""


class End(NamedTuple):
    """Where the chain ends: what the next seal goes on from. `is_elsewhere`: the last entry was written in another
    cluster, whose transactions had higher numbers; the database was moved since.
    """

    number: int = 0
    seq: int = 0
    head: bytes = chain.ZERO
    hash: bytes = chain.ZERO
    tx: str = "0"
    id: int = 0
    is_elsewhere: bool = False


def newest() -> Seal | None:
    """The last seal, for whoever prints it: number, `last_seq` and `hash`. None when nothing was sealed yet."""
    return Seal.objects.order_by("-number").first()


def seal(*, wait: bool = False, everything: bool = False) -> int:
    """Seal what can be sealed now, and answer with how many entries that was.

    Somebody else who seals at this moment does the work: then nothing is done here, unless `wait`. `everything` looks
    for entries that are not sealed in the whole journal instead of behind the last seal; needed once when a database
    was put back in another cluster long ago.
    """
    total = 0
    while True:
        with transaction.atomic(durable=True):
            sealed = _seal_batch(everything) if _is_our_turn(wait) else 0
        total += sealed
        if sealed < BATCH:
            return total


def _is_our_turn(wait: bool) -> bool:
    """Held until the transaction ends, however it ends. What is read after this was written before."""
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            return True
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        got: bool = cursor.fetchone()[0]
    return got


def _seal_batch(everything: bool) -> int:
    with connection.cursor() as cursor:
        end = _end(cursor)
        if everything or end.is_elsewhere:
            cursor.execute(NOT_SEALED)
        else:
            cursor.execute(SINCE_THEN, [end.tx, end.id])
        entries = cursor.fetchall()
        if entries:
            _close(cursor, end, entries)
    return len(entries)


def _end(cursor: Any) -> End:
    cursor.execute(THE_NEWEST)
    row = cursor.fetchone()
    if row is None:
        return End()
    number, seq, head, hashed, tx, pk, is_elsewhere = row
    return End(number, seq, bytes(head), bytes(hashed), tx, pk, is_elsewhere)


def _close(cursor: Any, end: End, entries: list[tuple[str, ...]]) -> None:
    """Chain these entries to the end, and close them off with the next seal."""
    leaves = [chain.leaf(seq, fields) for seq, fields in enumerate(entries, start=end.seq + 1)]
    hashes, head = [], end.head
    for leaf in leaves:
        head = chain.link(head, leaf)
        hashes.append(head)
    cursor.execute(MOMENT)
    sealed_at, moment = cursor.fetchone()
    number, first, count, root = end.number + 1, end.seq + 1, len(entries), chain.root(leaves)
    told = (str(number), str(first), str(count), head.hex(), root.hex(), moment, end.hash.hex())
    Seal.objects.create(
        number=number,
        first_seq=first,
        count=count,
        head=head,
        root=root,
        sealed_at=sealed_at,
        previous=end.hash,
        hash=chain.seal(told),
        upto_tx=entries[-1][1],
        upto_id=int(entries[-1][0]),
    )
    cursor.execute(LINK, [end.seq, number, [int(fields[0]) for fields in entries], hashes])
