"""The journal as it leaves the house: lines of JSON, each a list of texts, described in docs/journal.md.

What was sealed goes out as it stands in the database now; whether that is as it was sealed is for the reader to find.
Read in pieces by the place in the chain, so that a journal of any length takes no more memory than a short one.
"""

import json
from collections.abc import Iterator

from django.db import connection

from journal.texts import AS_TEXTS

PIECE = 5_000

UP_TO = "SELECT (SELECT COALESCE(max(seq), 0) FROM journal_link), (SELECT COALESCE(max(number), 0) FROM journal_seal)"
ENTRIES = f"""
SELECT 'entry', l.seq::text, {AS_TEXTS}, encode(l.hash, 'hex')
FROM journal_link l JOIN journal_entry e ON e.id = l.entry_id
WHERE l.seq > %s AND l.seq <= %s ORDER BY l.seq LIMIT {PIECE}
"""  # noqa: S608  # constants
SEALS = f"""
SELECT 'seal', s.number::text, first_seq::text, count::text, encode(head, 'hex'), encode(root, 'hex'),
       to_jsonb(sealed_at AT TIME ZONE 'UTC') #>> '{{}}' || 'Z', encode(previous, 'hex'), encode(hash, 'hex')
FROM journal_seal s WHERE s.number > %s AND s.number <= %s ORDER BY s.number LIMIT {PIECE}
"""  # noqa: S608  # constants

Line = tuple[str | None, ...]


def lines() -> Iterator[Line]:
    """Every line up to the newest seal: the entries of a seal, then the seal; at the end how many of both."""
    with connection.cursor() as cursor:
        cursor.execute(UP_TO)
        last_seq, last_number = cursor.fetchone()
    yield "journal", "1"
    counted = {"seal": 0, "entry": 0}
    for line in _in_order(_pieces(ENTRIES, last_seq), _pieces(SEALS, last_number)):
        counted[str(line[0])] += 1
        yield line
    yield "end", str(counted["seal"]), str(counted["entry"])


def as_text(found: Iterator[Line]) -> Iterator[str]:
    return (json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in found)


def _in_order(entries: Iterator[Line], seals: Iterator[Line]) -> Iterator[Line]:
    """Each seal behind the last entry that it closes; what no seal closes comes last."""
    entry = next(entries, None)
    for seal in seals:
        last = int(seal[2] or 0) + int(seal[3] or 0) - 1
        while entry and int(entry[1] or 0) <= last:
            yield entry
            entry = next(entries, None)
        yield seal
    while entry:
        yield entry
        entry = next(entries, None)


def _pieces(statement: str, last: int) -> Iterator[Line]:
    """The rows of a statement that goes on from a number."""
    after = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(statement, [after, last])
            rows = cursor.fetchall()
        yield from rows
        if len(rows) < PIECE:
            return
        after = int(rows[-1][1])
