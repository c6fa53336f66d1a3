"""Named questions about recordings: who sees which."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from organisation.permissions import may, units_with
from organisation.roles import Perm


class RecordingQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: Any) -> Self:
        """The metadata: a judge of the own unit but for what is out of use (`verwijderd`), a wearer the own, the
        privacy officer all.
        """
        if may(person, Perm.GUARD_PRIVACY):
            return self
        seen = Q(pk__in=[])
        if units := units_with(person, Perm.JUDGE_RECORDINGS):
            seen |= Q(unit_id__in=units) & ~Q(status="verwijderd")
        if may(person, Perm.WEAR_CAMERA):
            seen |= Q(wearer=person.number) & ~Q(status="verwijderd")
        return self.filter(seen)
