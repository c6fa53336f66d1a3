"""What the procedures share and people keep up to date: the days that a royal decree equates with a holiday.

Holidays are not stored: `holidays.py` computes them. Who may add a day, and what follows, is not said here.
"""

from django.db import models
from django.db.models.functions import Now


class EquatedDay(models.Model):
    """A day on which no term ends because a royal decree says so (Atw art. 3 lid 3)."""

    date = models.DateField("dag", unique=True)
    citation = models.TextField("vindplaats")
    added_by = models.TextField("toegevoegd door")
    added_at = models.DateTimeField("toegevoegd op", db_default=Now(), editable=False)

    class Meta:
        verbose_name = "gelijkgestelde dag"
        verbose_name_plural = "gelijkgestelde dagen"
        ordering = ["date"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(citation__regex=r"\S") & models.Q(added_by__regex=r"\S"),
                name="workflow_equated_day_says_why_and_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} ({self.citation})"
