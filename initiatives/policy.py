"""What the policy rules in force mean for an initiative, on the day of its first filing (T-06).

The rules themselves, with their dates, modes and parameters, are rows of `organisation.PolicyRule`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Sum
from django.utils.formats import number_format

from initiatives.choices import Kind, Outside, Purpose
from organisation.models import PolicyRule
from organisation.policy import rules_on
from workflow.rules import Reason

if TYPE_CHECKING:
    from initiatives.models import Initiative

COSTS = "kosten-eenheid"
DEESCALATION = "inzetdoel-de-escalatie"
FREEZE = "aanschafstop"
CEILING = "plafond-2000"
TRANSITION = "buiten-procedure-transitiefase"


@dataclass(frozen=True)
class Warning:
    """Something that a policy rule points out, and that the project leader answers with a sentence."""

    rule: PolicyRule
    sentence: str


def outside_answers(day: date) -> list[Outside]:
    """What is outside the procedure on `day`: use and upkeep as long as the rule of the transition holds (S0-41)."""
    return list(Outside) if TRANSITION in rules_on(day) else [Outside.NO_BODYCAM]


def blocking_at_filing(initiative: "Initiative", day: date) -> Iterator[Reason]:
    """Why the rules in force on `day` do not allow this to be filed."""
    rules = rules_on(day)
    pays = {Kind.PURCHASE, Kind.REPLACEMENT} & set(initiative.kinds)
    if COSTS in rules and pays and not initiative.costs_accepted:
        yield Reason("Kosten: geef aan dat uw eenheid deze kosten betaalt.", rules[COSTS].citation, "costs_accepted")
    if DEESCALATION in rules and Purpose.DEESCALATION not in initiative.purposes:
        yield Reason(
            "Doelen: ‘versterking van het de-escalerend vermogen’ moet erbij staan.",
            rules[DEESCALATION].citation,
            "purposes",
        )


def freeze(initiative: "Initiative") -> PolicyRule | None:
    """The purchase freeze, when it held on the day of filing and this is a purchase (S3-23)."""
    if Kind.PURCHASE not in initiative.kinds or initiative.policy_date is None:
        return None
    return rules_on(initiative.policy_date).get(FREEZE)


def warnings(initiative: "Initiative") -> list[Warning]:
    """What the rules in force on the day of filing warn of, in the order of the rules."""
    if initiative.policy_date is None:
        return []
    rules = rules_on(initiative.policy_date)
    found = []
    ceiling = rules.get(CEILING)
    if ceiling and Kind.PURCHASE in initiative.kinds:
        total = _approved_since(initiative, ceiling.valid_from) + (initiative.cameras_requested or 0)
        if total > ceiling.parameters["cameras"]:
            found.append(
                Warning(
                    ceiling,
                    f"Met dit initiatief komen er {number_format(total)} camera’s. "
                    f"Het plafond is {number_format(ceiling.parameters['cameras'])}.",
                )
            )
    return found


def _approved_since(initiative: "Initiative", day: date) -> int:
    approved = type(initiative).objects.exclude(pk=initiative.pk).approved_purchases_filed_since(day)
    return int(approved.aggregate(total=Sum("cameras_requested"))["total"] or 0)
