"""Named questions about units, people and their roles."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.db.models.functions import Coalesce

from organisation.roles import Role


class UnitQuerySet(models.QuerySet[Any]):
    def existing_on(self, day: date) -> "UnitQuerySet":
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day), valid_from__lte=day)

    def with_counts_on(self, day: date) -> "UnitQuerySet":
        """Each with `parts` (units right below it) and `roles` (assignments of this day)."""
        active = Q(assignments__until_date__isnull=True) | Q(assignments__until_date__gte=day)
        held = Count("assignments", active & Q(assignments__from_date__lte=day), distinct=True)
        return self.annotate(parts=Count("children", distinct=True), roles=held)

    def saying_who_holds(self, role: str, day: date) -> "UnitQuerySet":
        """Each with whether anybody holds this role for it on this day, under the name of the role."""
        held = self.model.assignments.rel.related_model.objects.active_on(day)
        return self.annotate(**{role: Exists(held.filter(role=role, unit=OuterRef("pk"), person__is_active=True))})

    def of_the_highest_level(self) -> "UnitQuerySet":
        """The units that an initiative can name."""
        return self.filter(parent__isnull=True)


class PersonQuerySet(models.QuerySet[Any]):
    def people(self) -> "PersonQuerySet":
        """Everybody but the account in which the clock acts."""
        return self.exclude(number=self.model.SYSTEM)

    def held(self) -> "PersonQuerySet":
        """Locked until the transaction ends, in one order, so that two who hold the same people never wait for each
        other for ever. What points at them (who gave a role, say) can be written meanwhile.
        """
        return self.select_for_update(of=("self",), no_key=True).order_by("pk")

    def with_a_role_or_rights(self) -> "PersonQuerySet":
        """Everybody who ever held a role, and everybody who has rights, derived or not."""
        return self.filter(
            Q(assignments__isnull=False) | Q(unituserpermission__isnull=False) | Q(groups__isnull=False)
        ).distinct()

    def holding(self, role: str, day: date, units: Any = None) -> "PersonQuerySet":
        """Who holds this role on this day, for one of these units when given."""
        held = self.model.assignments.rel.related_model.objects.active_on(day).filter(role=role)
        return self.filter(pk__in=(held if units is None else held.filter(unit__in=units)).values("person"))

    def with_roles_on(self, day: date) -> "PersonQuerySet":
        """Each with `roles`: the assignments of this day, with their units."""
        active = self.model.assignments.rel.related_model.objects.active_on(day).select_related("unit")
        return self.prefetch_related(Prefetch("assignments", active, to_attr="roles"))


class AssignmentQuerySet(models.QuerySet[Any]):
    def saying_when(self, day: date) -> "AssignmentQuerySet":
        """Each with `is_over`, whether it ended before this day, and `is_planned`, whether it begins after it."""
        return self.annotate(is_over=Coalesce(Q(until_date__lt=day), False), is_planned=Q(from_date__gt=day))

    def active_on(self, day: date) -> "AssignmentQuerySet":
        return self.filter(Q(until_date__isnull=True) | Q(until_date__gte=day), from_date__lte=day)

    def over(self, unit: Any) -> "AssignmentQuerySet":
        """For this unit, or for one of the two levels above it; the same is asked for rights (`permissions.RIGHTS`)."""
        return self.filter(Q(unit=unit) | Q(unit__children=unit) | Q(unit__children__children=unit))

    def not_ended_on(self, day: date) -> "AssignmentQuerySet":
        """Active on `day` or later."""
        return self.filter(Q(until_date__isnull=True) | Q(until_date__gte=day))


class MandateQuerySet(models.QuerySet[Any]):
    def concerning(self, person: Any, units: Any) -> "MandateQuerySet":
        """Held by this person, or given for one of these units."""
        return self.filter(Q(given_to=person) | Q(unit__in=units)).order_by("-from_date", "-id")

    def running_on(self, day: date) -> "MandateQuerySet":
        return self.filter(revoked_at=None, from_date__lte=day, until_date__gte=day).filter(self._giver_heads(day))

    def without_head_on(self, day: date) -> "MandateQuerySet":
        """Neither over nor revoked, though who gave them is no head of the unit any more."""
        return self.filter(revoked_at=None, until_date__gte=day).exclude(self._giver_heads(day))

    def _giver_heads(self, day: date) -> Exists:
        """Whoever gave it is head on `day` of the unit, or of one of the two levels above it; the same is asked for
        rights (`permissions.RIGHTS`).
        """
        held = self.model.given_by.field.related_model.assignments.rel.related_model.objects.active_on(day)
        places = [Q(unit=OuterRef(path)) for path in ("unit", "unit__parent", "unit__parent__parent")]
        return Exists(held.filter(places[0] | places[1] | places[2], role=Role.HEAD, person=OuterRef("given_by")))


class PolicyRuleQuerySet(models.QuerySet[Any]):
    def in_force_on(self, day: date) -> "PolicyRuleQuerySet":
        """Of each rule the version that holds on `day`, when there is one."""
        begun = self.model.objects.filter(valid_from__lte=day).order_by("code", "-valid_from", "-pk").distinct("code")
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day), pk__in=begun.values("pk"))

    def saying_who_changed(self) -> "PolicyRuleQuerySet":
        return self.select_related("change__proposed_by", "change__verdict__decided_by")


class ProposalQuerySet(models.QuerySet[Any]):
    def waiting(self) -> Self:
        """Proposals that nobody has answered yet."""
        return self.filter(verdict__isnull=True)

    def saying_who(self) -> Self:
        return self.select_related("proposed_by", "verdict__decided_by")


class UnitEndingQuerySet(ProposalQuerySet):
    def planned(self) -> "UnitEndingQuerySet":
        """Confirmed, and not carried out yet."""
        return self.filter(verdict__outcome="bevestigd", done__isnull=True)

    def due_on(self, day: date) -> "UnitEndingQuerySet":
        return self.planned().filter(last_day__lt=day).order_by("last_day", "pk")

    def open_of(self, unit: Any) -> "UnitEndingQuerySet":
        """Of this unit: waiting for an answer, or planned."""
        return self.filter(Q(verdict__isnull=True) | Q(verdict__outcome="bevestigd", done__isnull=True), unit=unit)

    def with_units(self) -> "UnitEndingQuerySet":
        return self.select_related("unit", "successor", "done").saying_who()


class ApiTokenQuerySet(models.QuerySet[Any]):
    def with_what_became_of_them(self) -> "ApiTokenQuerySet":
        return self.select_related("unit", "made_by", "revocation__revoked_by")
