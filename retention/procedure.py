"""What can become of a recording: its statuses, and its steps in the order in which they come.

A step's docstring is what people read about it. What the clock does is `review.py`'s and `destruction.py`'s work. Only
`workflow.take` calls these methods.
"""

from django.db import models
from django_fsm import FSMField


class Status(models.TextChoices):
    TE_BEOORDELEN = "te_beoordelen", "Te beoordelen"
    NOODZAKELIJK = "noodzakelijk", "Noodzakelijk"
    NIET_NOODZAKELIJK = "niet_noodzakelijk", "Niet noodzakelijk"
    VERWIJDERD = "verwijderd", "Verwijderd"
    VERNIETIGD = "vernietigd", "Vernietigd"


class Procedure(models.Model):
    """What a recording can go through. Mixed into `Recording`, which has the facts."""

    status = FSMField(
        "status",
        choices=Status.choices,
        default=Status.TE_BEOORDELEN,
        protected=True,
        max_length=20,
    )

    class Meta:
        abstract = True
