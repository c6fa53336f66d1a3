"""The same as `policy_checks.py`, of all files at once: per rule the condition of those that do not meet it.

Used for what a change of policy would do; a test tries each condition beside its check.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Case, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan

from initiatives.choices import Kind, Party, Purpose
from initiatives.matrix import SEVEN
from initiatives.models import Agreement, Consultation, Decision, Initiative
from initiatives.policy_checks import ARRANGED, CEILING, COSTS, DEESCALATION, FREEZE, PUBLIC, counted_from
from organisation.models.policy import Version
from workflow.clock import midnight


def _ceiling(rule: Version) -> Q:
    """All that was approved is added up once; a file that is in that sum is not added again."""
    since = counted_from(rule)
    approved = Initiative.objects.approved_purchases_filed_since(since).order_by()
    summed = Func(F("cameras_requested"), function="SUM", output_field=IntegerField())
    everything = Coalesce(Subquery(approved.annotate(total=summed).values("total")), 0)
    permitted = Q(Exists(Decision.objects.filter(initiative=OuterRef("pk"), permission=True)))
    own = Case(
        When(permitted & Q(submitted_at__gte=midnight(since)), then=Value(0)),
        default=Coalesce(F("cameras_requested"), 0),
        output_field=IntegerField(),
    )
    return Q(kinds__contains=[Kind.PURCHASE]) & Q(GreaterThan(everything + own, rule.parameters["cameras"]))


def _arranged(rule: Version) -> Q:
    """The four consultations and the seven agreements are counted: each is there once or not at all."""
    held = Consultation.objects.filter(initiative=OuterRef("pk"), held_on__isnull=False)
    recorded = Agreement.objects.filter(initiative=OuterRef("pk"), subject__in=SEVEN)
    recorded = recorded.exclude(responsible="").exclude(text="")
    complete = Q(GreaterThan(_count(held), len(Party) - 1)) & Q(GreaterThan(_count(recorded), len(SEVEN) - 1))
    return Q(kinds__overlap=rule.parameters["kinds"]) & ~complete


def _count(rows: QuerySet[Any]) -> Subquery:
    counted = Func(F("pk"), function="COUNT", output_field=IntegerField())
    return Subquery(rows.order_by().annotate(total=counted).values("total"))


FAILING: dict[str, Callable[[Version], Q]] = {
    COSTS: lambda rule: Q(kinds__overlap=[Kind.PURCHASE, Kind.REPLACEMENT], costs_accepted=False),
    DEESCALATION: lambda rule: ~Q(purposes__contains=[Purpose.DEESCALATION]),
    PUBLIC: lambda rule: ~Q(places__contained_by=rule.parameters["places"]),
    ARRANGED: _arranged,
    FREEZE: lambda rule: Q(kinds__contains=[Kind.PURCHASE]),
    CEILING: _ceiling,
}
"""By the code of the rule, with the same codes as `policy_checks.CHECKS`."""
