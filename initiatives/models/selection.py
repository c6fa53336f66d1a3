"""A question to the register that somebody keeps, to ask it again."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from bodycams.constraints import says
from organisation.models import Person

MOST = 50


class SavedSelection(models.Model):
    """What stands in the address of the register behind the `?`, under a name. It belongs to one person alone.

    `place` is one of `MOST`, so that nobody can have more.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="selections")
    place = models.PositiveSmallIntegerField()
    name = models.CharField("naam", max_length=80)
    address = models.CharField(max_length=4000)
    saved_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = [Lower("name")]
        constraints = [
            models.CheckConstraint(condition=Q(place__range=(1, MOST)), name="somebody_saves_at_most_fifty_selections"),
            models.UniqueConstraint(fields=["person", "place"], name="a_place_holds_one_selection"),
            models.UniqueConstraint("person", Lower("name"), name="a_selection_has_a_name_of_its_own"),
            says("name", "address"),
        ]

    def __str__(self) -> str:
        return self.name
