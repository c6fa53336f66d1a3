"""Named questions about initiatives: who sees which, and what waits for whom."""

from datetime import date, datetime, time
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL

from initiatives.choices import Kind
from organisation.permissions import may, units_with
from organisation.roles import Perm
from workflow.clock import AMSTERDAM


class InitiativeQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: Any) -> "InitiativeQuerySet":
        """The unit's own for its contact persons and head; all that were ever filed for those with a national role."""
        seen = Q(unit_id__in=units_with(person, Perm.SEE_FILES))
        if may(person, Perm.SEE_ALL_FILED):
            seen |= Q(number__isnull=False)
        return self.filter(seen)

    def ever_filed(self) -> "InitiativeQuerySet":
        """The register of the letter's point c: whatever became of it (S0-23)."""
        return self.filter(number__isnull=False)

    def in_register_of(self, person: Any) -> "InitiativeQuerySet":
        """Those of the register that this person may see: a national role all, others their unit's own."""
        filed = self.ever_filed()
        if may(person, Perm.SEE_ALL_FILED):
            return filed
        return filed.filter(unit_id__in=units_with(person, Perm.SEE_FILES))

    def saying(self, words: str) -> "InitiativeQuerySet":
        """Those in whose texts these words stand, in Dutch, with "…" for a phrase and - for what must not stand there.

        The column belongs to the database alone, so that nobody fetches it (migration `the_register_is_searched`).
        """
        asked = '"initiatives_initiative"."search" @@ initiatives_asked(%s)'
        return self.filter(RawSQL(asked, [words], models.BooleanField()))  # noqa: S611  # the words are a parameter

    def approved_purchases_filed_since(self, day: date) -> "InitiativeQuerySet":
        """Those with permission. It is never taken back, so any decision that gives it is enough."""
        permitted = self.model.decisions.rel.related_model.objects.filter(initiative=OuterRef("pk"), permission=True)
        return self.filter(
            Exists(permitted),
            kinds__contains=[Kind.PURCHASE],
            submitted_at__gte=datetime.combine(day, time(), AMSTERDAM),
        )
