"""That the people of a unit were reminded of its recordings."""

from django.db import models

from organisation.models import Unit


class RecordingReminder(models.Model):
    """On this day was told what had to be told about the recordings of this unit, if anything: once, however often the
    clock asks. What a day on which the clock stood still would have told is told with the next.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    day = models.DateField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["unit", "day"], name="reminded_of_recordings_once_a_day")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day}"
