"""Named questions about recordings, holds and requests: who sees which, and which hold is in force."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import F, Max, Q
from django.db.models.functions import Greatest, Least

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


LOOKED_AT_EVERY = timedelta(days=7)
"""A hold is looked at again every week (T-26)."""


class HoldQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: Any) -> Self:
        """A privacy officer sees all; anybody else only hears that there is one, on the recording's page."""
        return self if may(person, Perm.GUARD_PRIVACY) else self.none()

    def with_moments(self) -> Self:
        """Each with `ends_at`, the first moment at which it no longer holds, unless released; `looked_at`, when last
        somebody said why it is still needed; `look_by`, when that is due again; `next_at`, whichever comes first.
        """
        return self.annotate(
            ends_at=Greatest("until_at", Max("extensions__until_at")),
            looked_at=Greatest("placed_at", Max("reviews__at"), Max("extensions__at")),
        ).annotate(look_by=F("looked_at") + LOOKED_AT_EVERY, next_at=Least(F("looked_at") + LOOKED_AT_EVERY, "ends_at"))

    def in_force(self, at: datetime) -> Self:
        """As `retention_is_held` of the database says it, which is what destruction asks."""
        return self.with_moments().filter(release__isnull=True, ends_at__gt=at)

    def to_look_at(self, at: datetime) -> Self:
        return self.in_force(at).filter(look_by__lte=at)

    def due_first(self) -> Self:
        """What must be looked at or ends first; asked `with_moments`."""
        return self.order_by("next_at", "pk")

    def over(self, at: datetime) -> Self:
        return self.with_moments().filter(Q(release__isnull=False) | Q(ends_at__lte=at))


class PrivacyRequestQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: Any) -> Self:
        """Privacy officers only."""
        return self if may(person, Perm.GUARD_PRIVACY) else self.none()

    def undecided(self) -> Self:
        return self.filter(status__in=("ontvangen", "in_behandeling"))

    def recorded(self) -> Self:
        """Each with all that is recorded about it but its recordings."""
        return self.select_related("requester", "adjournment", "decision", "objection__outcome", "registered_by")
