"""What follows from support that was granted (S0-31 to S0-36): a piece of work, and what was done about it.

The piece repeats its last line, so that lists can be sorted by it; lines are only ever added to. Granting is a decision
(`deciding.py`), keeping the work up to date is in `support.py`.
"""

from django.db import models
from django.db.models import Q

from bodycams.constraints import says
from initiatives.choices import Progress, Support
from initiatives.models.initiative import Initiative
from initiatives.querysets import SupportQuerySet
from organisation.models import Person


class Standing(models.Model):
    """How far a piece of work is, who does it, and until when. Who does it is a function or a department, no name."""

    progress = models.CharField("stand", max_length=10, choices=Progress, default=Progress.OPEN)
    responsible = models.CharField("verantwoordelijk", max_length=120)
    due_on = models.DateField("klaar op", null=True, blank=True)

    class Meta:
        abstract = True


class SupportWork(Standing):
    """One kind of support that the decision in force grants to an initiative. `lines` counts what was written about
    it: somebody who goes on from an older state is told.
    """

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="support_work")
    kind = models.CharField("ondersteuning", max_length=40, choices=Support)
    granted_at = models.DateTimeField()
    lines = models.PositiveIntegerField(default=0)

    objects = SupportQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "kind"], name="support_of_a_kind_is_one_piece_of_work"),
            models.CheckConstraint(
                condition=~Q(progress=Progress.RUNNING) | Q(due_on__isnull=False), name="running_work_has_a_day"
            ),
            says("responsible"),
        ]
        indexes = [models.Index(fields=["progress", "kind", "due_on"], name="support_work_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.initiative_id} {self.kind}"


class SupportLine(Standing):
    """What was done about a piece of work, and how it stands since."""

    work = models.ForeignKey(SupportWork, models.PROTECT, related_name="log")
    n = models.PositiveIntegerField()
    note = models.TextField("wat er is gebeurd")
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ["-n"]
        constraints = [
            models.UniqueConstraint(fields=["work", "n"], name="lines_about_work_are_numbered"),
            says("responsible", "note"),
        ]

    def __str__(self) -> str:
        return self.note
