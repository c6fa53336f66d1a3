"""Writing the list of destructions anew when it is lost for good, from the database that served when it was lost: that
one knows of everything that was destroyed. No other may: one that was put back, or is older than what is left of the
list, would make a list in which something is missing, and then be opened by it.
"""

from collections.abc import Callable

from django.db import connection, transaction

from journal.write import record
from organisation.models import Person
from retention import caught_up, ledger
from retention.clock import now
from retention.destruction import BATCH
from retention.ledger import LedgerError
from retention.models import CaughtUp, Proof, Register

DONE = "vernietigingen_opnieuw_vermeld"
ANEW = "De lijst van vernietigingen was weg en is opnieuw geschreven uit de database."
ALONE = "LOCK TABLE retention_proof IN SHARE MODE"
"""Nobody proves anything until this is done."""


def relist(progress: Callable[[str], None] = lambda said: None) -> int:
    """List everything that this database knows to be destroyed, as the owner, on the connection of the block
    (`as_owner`), in objects of at most as many as are destroyed at once. Raises `LedgerError` when the database is not
    the one that may, or the list cannot be read or written.
    """
    listed = 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ALONE)
        if not CaughtUp.objects.exists():
            raise LedgerError(caught_up.PUT_BACK)
        ledger.make()
        if caught_up.is_behind(str(Register.objects.get().pk), now()):
            raise LedgerError(caught_up.BEHIND)
        pks = list(Proof.objects.order_by("pk").values_list("pk", flat=True))
        for first in range(0, len(pks), BATCH):
            ledger.write(pks[first : first + BATCH])
            listed = min(first + BATCH, len(pks))
            progress(f"{listed} van {len(pks)} vernietigingen vermeld.")
        record(DONE, ANEW, actor=Person.objects.get(number=Person.SYSTEM), role="systeem", data={"listed": listed})
    return listed
