"""A seal in a test that runs beside others: the sealer waits for every transaction of the cluster, this does not."""

from django.db import connection

from journal import seals
from journal.models import Seal
from journal.texts import AS_TEXTS
from journal.write import record

UNSEALED = f"""
SELECT {AS_TEXTS} FROM journal_entry e
WHERE NOT EXISTS (SELECT FROM journal_link l WHERE l.entry_id = e.id) ORDER BY e.tx, e.id
"""


def sealed() -> Seal:
    """The next seal: of everything that was written and not sealed yet, and of one entry more."""
    record("proef", "Er is iets gebeurd.")
    with connection.cursor() as cursor:
        cursor.execute(UNSEALED)
        entries = cursor.fetchall()
        seals._close(cursor, seals._end(cursor), entries)
    return Seal.objects.latest("number")
