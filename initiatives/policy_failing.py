"""The same as `policy_checks.py`, of all files at once: per rule the condition of those that do not meet it.

Used for what a change of policy would do; a test tries each condition beside its check.
"""

from collections.abc import Callable

from django.db.models import Case, Exists, F, Func, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan

from initiatives.choices import Kind, Purpose
from initiatives.models import Decision, Initiative
from initiatives.policy_checks import CEILING, COSTS, DEESCALATION, FREEZE, PUBLIC, counted_from
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


FAILING: dict[str, Callable[[Version], Q]] = {
    COSTS: lambda rule: Q(kinds__overlap=[Kind.PURCHASE, Kind.REPLACEMENT], costs_accepted=False),
    DEESCALATION: lambda rule: ~Q(purposes__contains=[Purpose.DEESCALATION]),
    PUBLIC: lambda rule: ~Q(places__contained_by=rule.parameters["places"]),
    FREEZE: lambda rule: Q(kinds__contains=[Kind.PURCHASE]),
    CEILING: _ceiling,
}
"""By the code of the rule, with the same codes as `policy_checks.CHECKS`."""
