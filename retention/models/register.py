"""Which register this database is (`ledger/`), and whether it knows of every destruction (`ledger/caught_up.py`)."""

import uuid

from django.db import models


class Register(models.Model):
    """The one row that says which register this is. A copy of the database is the same register, also years later:
    that is how it finds the list of destructions that is its own.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.id)


class CaughtUp(models.Model):
    """The one row that is there while this database knows of everything that was ever destroyed. No backup holds it, so
    that what is put back does not serve before the list of destructions was gone through.
    """

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    at = models.DateTimeField(editable=False)

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="caught_up_is_one_row")]

    def __str__(self) -> str:
        return f"caught up {self.at}"
