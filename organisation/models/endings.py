"""The end of a unit, or its merger into another: proposed by one person, answered by another, done on the day."""

from django.db import models
from django.db.models import F, Q

from bodycams.constraints import says
from organisation.models.people import Unit
from organisation.models.proposals import Proposal, Verdict
from organisation.querysets import UnitEndingQuerySet


class UnitEnding(Proposal):
    """A unit exists up to and including `last_day`; from the next day its `successor` goes on, when there is one."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="endings")
    successor = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    last_day = models.DateField("laatste dag")

    objects = UnitEndingQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(unit=F("successor")),
                name="a_unit_does_not_succeed_itself",
                violation_error_message="Een eenheid kan niet in zichzelf opgaan.",
            ),
            says("reasons"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.last_day}"


class UnitEndingVerdict(Verdict):
    proposal = models.OneToOneField(UnitEnding, models.PROTECT, related_name="verdict")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.outcome}"


class UnitEndingDone(models.Model):
    """The unit ended: what moved, counted. There is one row at most, so it is done once."""

    ending = models.OneToOneField(UnitEnding, models.PROTECT, related_name="done")
    moved = models.JSONField(default=dict, blank=True)
    done_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.ending_id} {self.done_at}"
