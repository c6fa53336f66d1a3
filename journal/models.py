"""What was done, when, by whom, in which role, on what, and why; and the chain in which that is sealed.

A row is added and never touched again: the application's role has no right to change or remove one
(`bodycams/roles.py`), and an entry's moment and transaction are the database's, whatever is asked for. Nothing here
points at another app: an entry outlives what it tells of. Writing is in `write.py`, sealing in `seals.py`, checking in
`verify.py`, reading back in `read.py`.
"""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Func, Q
from django.db.models.fields.json import KT

from journal.origin import DEMONSTRATION


class TransactionIdField(models.Field):
    """PostgreSQL's `xid8`: the transaction that wrote the row, by which entries are put in order when they are
    sealed.
    """

    def db_type(self, connection: Any) -> str:
        return "xid8"


class CurrentTransaction(Func):
    function = "pg_current_xact_id"
    template = "%(function)s()"
    output_field = TransactionIdField()


class ClockTimestamp(Func):
    """The database's clock now, not at the start of the transaction."""

    function = "clock_timestamp"
    template = "%(function)s()"
    output_field = models.DateTimeField()


class Part(Func):
    """The app whose things an entry is about: what stands before the dot in `object_type`."""

    template = "split_part(%(expressions)s, '.', 1)"
    output_field = models.CharField()


class Result(models.TextChoices):
    TAKEN = "genomen", "genomen"
    REFUSED = "geweigerd", "geweigerd"
    FAILED = "mislukt", "mislukt"
    SEEN = "ingezien", "ingezien"


class Entry(models.Model):
    """One line of the journal. People appear by their number as text, objects by type and id, never by a foreign
    key.
    """

    tx = TransactionIdField(db_default=CurrentTransaction(), editable=False)
    at = models.DateTimeField(db_default=ClockTimestamp(), editable=False)
    actor = models.CharField(max_length=80, blank=True)
    role = models.CharField(max_length=80, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    action = models.CharField(max_length=80)
    object_type = models.CharField(max_length=80, blank=True)
    object_id = models.CharField(max_length=80, blank=True)
    result = models.CharField(max_length=20, choices=Result)
    reason = models.TextField(blank=True)
    origin = models.CharField(max_length=80, blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        default_permissions = ()
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["object_type", "object_id", "result", "id"], name="journal_of_an_object"),
            models.Index(fields=["actor", "id"], name="journal_of_actor"),
            models.Index(fields=["action", "id"], name="journal_of_action"),
            models.Index(Part("object_type"), "id", name="journal_of_part"),
            models.Index(fields=["at"], name="journal_at"),
            models.Index(fields=["tx", "id"], name="journal_in_order"),
            models.Index(KT("data__sha256"), condition=Q(data__has_key="sha256"), name="journal_of_digest"),
        ]

    def __str__(self) -> str:
        return str(self.data.get("sentence", self.action))

    @property
    def tells_history(self) -> bool:
        """Whether this was written when demonstration data were loaded, about a moment before."""
        return self.origin == DEMONSTRATION and "happened_at" in self.data

    @property
    def happened_at(self) -> datetime:
        """When it happened: the moment of writing, unless it tells the history of demonstration data."""
        return datetime.fromisoformat(self.data["happened_at"]) if self.tells_history else self.at


class Seal(models.Model):
    """A stretch of the chain, closed: which entries, the hash of all up to here, the root of the tree of these, and all
    that once more under one hash that is kept elsewhere too (`anchors.py`).
    """

    number = models.BigIntegerField(primary_key=True)
    first_seq = models.BigIntegerField(unique=True)
    count = models.BigIntegerField()
    head = models.BinaryField()
    root = models.BinaryField()
    sealed_at = models.DateTimeField()
    previous = models.BinaryField()
    hash = models.BinaryField()
    upto_tx = TransactionIdField()
    upto_id = models.BigIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"zegel {self.number}"

    @property
    def last_seq(self) -> int:
        return self.first_seq + self.count - 1


class Link(models.Model):
    """The place of an entry in the chain. The database holds it to nothing: the chain must be able to say of an entry
    that is gone that it is gone.
    """

    entry_id = models.BigIntegerField(primary_key=True)
    seq = models.BigIntegerField(unique=True)
    hash = models.BinaryField()
    seal = models.ForeignKey(Seal, models.PROTECT, related_name="links", db_index=False, db_constraint=False)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"regel {self.seq}"


class Check(models.Model):
    """That the whole chain was gone through, and what came of it. No finding: everything was as it was sealed."""

    at = models.DateTimeField(db_default=ClockTimestamp(), editable=False)
    entries = models.BigIntegerField()
    seals = models.BigIntegerField()
    finding = models.TextField(blank=True)
    seconds = models.FloatField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        found = f"{self.entries} regels in {self.seals} {'zegel' if self.seals == 1 else 'zegels'}"
        return self.finding or f"{found} zijn zoals zij zijn verzegeld"
