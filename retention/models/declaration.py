"""What was declared to be destroyed, as data and on paper: made once, these bytes for ever."""

from django.db import models
from django.db.models import Q

from retention.models.destruction import Run


class Declaration(models.Model):
    """Of one run, or of all that was destroyed in a month (its first day). `counts`: unit, ground, how, number.

    `root` is the digest of the proofs in their order (`destroying/declarations.py`), `sha256` that of the data.
    """

    run = models.OneToOneField(Run, models.PROTECT, null=True, related_name="declaration")
    month = models.DateField(null=True, unique=True)
    count = models.PositiveIntegerField()
    counts = models.JSONField()
    root = models.CharField(max_length=64)
    data = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(run__isnull=False, month__isnull=True) | Q(run__isnull=True, month__isnull=False),
                name="declares_a_run_or_a_month",
            )
        ]

    def __str__(self) -> str:
        return f"declaration {self.run_id or self.month}"


class DeclarationPaper(models.Model):
    """The same as PDF, for people: numbers and the root, however long the list is."""

    declaration = models.OneToOneField(Declaration, models.PROTECT, primary_key=True, related_name="paper")
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.sha256
