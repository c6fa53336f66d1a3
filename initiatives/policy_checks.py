"""What each policy rule asks of one initiative, and at which step; the same of all files at once is in
`policy_failing.py`.

A rule without a check here asks nothing of an initiative: it tells what holds. Which version of a rule looks at which
initiative, and whether it blocks or warns, is in `policy.py`.
"""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Sum
from django.utils.formats import number_format

from initiatives.choices import Kind, Place, Purpose
from initiatives.matrix import RULE, matrix, missing_arrangements
from organisation.models.policy import Version

if TYPE_CHECKING:
    from initiatives.models import Initiative

COSTS = "kosten-eenheid"
DEESCALATION = "inzetdoel-de-escalatie"
PUBLIC = "publiek-domein"
ARRANGED = RULE
FREEZE = "aanschafstop"
CEILING = "plafond-2000"

FILING, APPROVING = "aanmelden", "goedkeuren"


class Check(NamedTuple):
    """What a rule asks: at which step it blocks, and what it says of an initiative that does not meet it, else nothing.
    `is_answered`: who approves can go on by answering in the form.
    """

    step: str
    says: Callable[["Initiative", Version], str]
    field: str = ""
    is_answered: bool = False


def _costs(initiative: "Initiative", rule: Version) -> str:
    pays = {Kind.PURCHASE, Kind.REPLACEMENT} & set(initiative.kinds)
    accepted = initiative.costs_accepted or not pays
    return "" if accepted else "Kosten: geef aan dat uw eenheid deze kosten betaalt."


def _deescalation(initiative: "Initiative", rule: Version) -> str:
    if Purpose.DEESCALATION in initiative.purposes:
        return ""
    return "Doelen: ‘versterking van het de-escalerend vermogen’ moet erbij staan."


def _public(initiative: "Initiative", rule: Version) -> str:
    elsewhere = [Place(one).label.lower() for one in initiative.places if one not in rule.parameters["places"]]
    return f"Er wordt ook buiten het openbaar gefilmd: {', '.join(elsewhere)}." if elsewhere else ""


def _arranged(initiative: "Initiative", rule: Version) -> str:
    if not set(rule.parameters["kinds"]) & set(initiative.kinds):
        return ""
    lacking = missing_arrangements(matrix(initiative, {rule.code: rule}))
    return f"Dit is nog niet compleet. {lacking[:1].upper()}{lacking[1:]}." if lacking else ""


def _freeze(initiative: "Initiative", rule: Version) -> str:
    return "De aanschafstop gold toen dit werd aangemeld." if Kind.PURCHASE in initiative.kinds else ""


def _ceiling(initiative: "Initiative", rule: Version) -> str:
    if Kind.PURCHASE not in initiative.kinds:
        return ""
    others = type(initiative).objects.exclude(pk=initiative.pk).approved_purchases_filed_since(counted_from(rule))
    approved = int(others.aggregate(total=Sum("cameras_requested"))["total"] or 0)
    total, ceiling = approved + (initiative.cameras_requested or 0), rule.parameters["cameras"]
    if total <= ceiling:
        return ""
    return f"Met dit initiatief komen er {number_format(total)} camera’s. Het plafond is {number_format(ceiling)}."


def counted_from(rule: Version) -> date:
    """A new version of the ceiling goes on counting from the day of the first."""
    since = rule.parameters.get("since")
    return date.fromisoformat(since) if since else rule.valid_from


CHECKS: dict[str, Check] = {
    COSTS: Check(FILING, _costs, "costs_accepted"),
    DEESCALATION: Check(FILING, _deescalation, "purposes"),
    ARRANGED: Check(APPROVING, _arranged),
    PUBLIC: Check(APPROVING, _public, "places"),
    FREEZE: Check(APPROVING, _freeze, "kinds", is_answered=True),
    CEILING: Check(APPROVING, _ceiling, "cameras_requested"),
}
"""By the code of the rule."""
