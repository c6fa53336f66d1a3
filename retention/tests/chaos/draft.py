"""Destroying as one would write it at first: ask what is due, and then one after the other delete, and write down. Here
so that it is shown, each time again, that the oracle finds what it does wrong. It also mends the journal, which nobody
should.
"""

from contextlib import suppress
from typing import Any

from django.db import IntegrityError, connection

from bodycams.roles import as_owner
from journal.models import Entry
from retention.clock import now
from retention.models import Destruction, Proof, Recording, Run
from retention.storage import Storage

DUE = """
SELECT id, storage_key, sha256 FROM retention_recording
WHERE next_at <= retention_now() AND status IN ('te_beoordelen', 'niet_noodzakelijk') AND NOT retention_is_held(id)
ORDER BY random()
"""


def destroy_as_one_would_at_first(storage: Storage, **_: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(DUE)
        due = cursor.fetchall()
    run = Run.objects.order_by("pk").latest("pk")
    for pk, key, digest in due:
        storage.delete([key])
        at = now()
        with suppress(IntegrityError):
            Destruction.objects.filter(pk=pk).update(point_of_no_return_at=at, done_at=at)
            Proof.objects.create(
                recording_id=pk, run=run, ground="termijn_verstreken", how="verwijderd", sha256=digest, destroyed_at=at
            )
            Entry.objects.create(
                action="vernietigen", object_type="retention.recording", object_id=str(pk), result="genomen"
            )
            Recording.objects.filter(pk=pk).update(status="vernietigd", wearer="", not_announced_reason="")


def mend_the_journal() -> None:
    """Past every trigger, as only the owner's role can."""
    with as_owner() as owner, owner.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER USER")
        cursor.execute("UPDATE journal_entry SET reason = 'x' WHERE id = (SELECT min(entry_id) FROM journal_link)")
