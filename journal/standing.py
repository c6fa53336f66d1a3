"""Whether a seal that was printed somewhere is still in the chain: looked at without going through all of it.

The seal itself is worked out anew, with the entries that it closes, and held against the one before and after it. That
the whole chain is sound is what the daily check says (`verify.py`).
"""

import re

from django.db import connection

from journal import chain
from journal.models import Seal
from journal.texts import AS_TEXTS

LINE = re.compile(r"zegel (\d{1,18}) (\d{1,18}) ([0-9a-f]{64})")
TOLD = """
SELECT number::text, first_seq::text, count::text, encode(head, 'hex'), encode(root, 'hex'),
       to_jsonb(sealed_at AT TIME ZONE 'UTC') #>> '{}' || 'Z', encode(previous, 'hex')
FROM journal_seal WHERE number = %s
"""
ENTRIES = f"""
SELECT l.seq, {AS_TEXTS} FROM journal_link l JOIN journal_entry e ON e.id = l.entry_id
WHERE l.seq BETWEEN %s AND %s ORDER BY l.seq
"""  # noqa: S608  # constants


def why_not_standing(anchor: str) -> str:
    """What is wrong with the seal that this line names (`anchors.anchor_of`), in a sentence; empty when it stands."""
    found = LINE.fullmatch(anchor)
    number = int(found[1]) if found else 0
    seal = Seal.objects.filter(number=number).first()
    if found is None or seal is None:
        return "Dit zegel staat niet in het journaal."
    if (int(found[2]), found[3]) != (seal.last_seq, bytes(seal.hash).hex()):
        return f"Zegel {number} in het journaal is een ander."
    if not _is_itself(seal) or not _goes_on(seal):
        return f"Zegel {number} past niet meer in de keten van het journaal."
    if not _closes_its_entries(seal):
        return f"De regels die zegel {number} afsluit, zijn veranderd."
    return ""


def _is_itself(seal: Seal) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(TOLD, [seal.number])
        told = cursor.fetchone()
    return chain.seal(told) == bytes(seal.hash)


def _goes_on(seal: Seal) -> bool:
    """From the seal before it; and the next one goes on from this."""
    before = Seal.objects.filter(number=seal.number - 1).first()
    after = Seal.objects.filter(number=seal.number + 1).first()
    goes_on = bytes(seal.previous) == (bytes(before.hash) if before else chain.ZERO)
    return goes_on and (after is None or bytes(after.previous) == bytes(seal.hash))


def _closes_its_entries(seal: Seal) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(ENTRIES, [seal.first_seq, seal.last_seq])
        entries = cursor.fetchall()
    before = Seal.objects.filter(number=seal.number - 1).first()
    head = bytes(before.head) if before else chain.ZERO
    leaves = [chain.leaf(seq, fields) for seq, *fields in entries]
    for leaf in leaves:
        head = chain.link(head, leaf)
    return len(leaves) == seal.count and head == bytes(seal.head) and chain.root(leaves) == bytes(seal.root)
