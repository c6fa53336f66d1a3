"""Named questions about cameras: who sees which, and how many there are."""

from typing import Any, Self

from django.db import models
from django.db.models import Count

from organisation.permissions import rights_of
from organisation.roles import Perm


class CameraQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: Any) -> Self:
        """Those of the own unit; all for who has a national role."""
        units = {right.unit_id for right in rights_of(person) if right.perm == Perm.SEE_OVERVIEW}
        return self if None in units else self.filter(unit_id__in=units)

    def counted(self) -> list[tuple[str, str, str, int]]:
        """Code and name of a unit, a status, and how many cameras."""
        groups = ("unit__code", "unit__name", "status")
        return list(self.order_by("unit__sort_name").values_list(*groups).annotate(Count("id")))
