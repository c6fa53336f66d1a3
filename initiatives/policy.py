"""What the policy rules in force mean for an initiative, on the day of its first filing (T-06).

The rules themselves, with their dates, modes and parameters, are rows of `organisation.PolicyRule`. What each asks of
an initiative is in `policy_checks.py`; what a change of one would do to all files in `policy_failing.py`.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from initiatives.choices import Kind, Outside
from initiatives.policy_checks import APPROVING, CHECKS, FILING, FREEZE
from organisation.models import PolicyRule
from organisation.policy import Rules, by_code, rules_on
from workflow.rules import Reason

if TYPE_CHECKING:
    from initiatives.models import Initiative

TRANSITION = "buiten-procedure-transitiefase"


class Warning(NamedTuple):
    """Something that a policy rule points out, and that the project leader answers with a sentence."""

    rule: PolicyRule
    sentence: str


def outside_answers(day: date) -> list[Outside]:
    """What is outside the procedure on `day`: use and upkeep as long as the rule of the transition holds (S0-41)."""
    return list(Outside) if TRANSITION in rules_on(day) else [Outside.NO_BODYCAM]


def blocking_at_filing(initiative: "Initiative", day: date) -> Iterator[Reason]:
    """Why the rules in force on `day` do not allow this to be filed."""
    yield from _blocking(initiative, FILING, day)


def blocking_at_approval(initiative: "Initiative") -> Iterator[Reason]:
    """Why the rules in force on the day of filing do not allow this to be approved, whatever the reasons."""
    if initiative.policy_date:
        yield from _blocking(initiative, APPROVING, initiative.policy_date)


def rules_of(initiative: "Initiative") -> Rules:
    """The rules by which this initiative is looked at, those of the day of its first filing; none before that."""
    return rules_for(initiative, initiative.policy_date) if initiative.policy_date else {}


def freeze(initiative: "Initiative") -> PolicyRule | None:
    """The purchase freeze, when it held on the day of filing, blocks, and this is a purchase (S3-23)."""
    if Kind.PURCHASE not in initiative.kinds or initiative.policy_date is None:
        return None
    rule = rules_for(initiative, initiative.policy_date).get(FREEZE)
    return rule if rule and rule.mode == PolicyRule.Mode.BLOCKS else None


def warnings(initiative: "Initiative") -> list[Warning]:
    """What the rules in force on the day of filing warn of, in the order of the rules."""
    if initiative.policy_date is None:
        return []
    found = []
    for code, rule in rules_for(initiative, initiative.policy_date).items():
        if rule.mode == PolicyRule.Mode.WARNS and code in CHECKS and (says := CHECKS[code].says(initiative, rule)):
            found.append(Warning(rule, says if CHECKS[code].step == APPROVING else f"Niet voldaan: {rule.sentence}"))
    return found


def _blocking(initiative: "Initiative", step: str, day: date) -> Iterator[Reason]:
    for code, rule in rules_for(initiative, day).items():
        check = CHECKS.get(code)
        if check is None or check.step != step or check.is_answered or rule.mode != PolicyRule.Mode.BLOCKS:
            continue
        if says := check.says(initiative, rule):
            yield Reason(says, rule.citation, check.field)


def rules_for(initiative: "Initiative", day: date) -> Rules:
    """The rules of that day, fetched once for as long as the initiative is looked at."""
    kept = _kept(initiative)
    if day not in kept:
        kept[day] = rules_on(day)
    return kept[day]


def keep(initiative: "Initiative", rules: Iterable[PolicyRule]) -> None:
    """Let those of the day of filing be these, which came along with the file."""
    if initiative.policy_date:
        _kept(initiative)[initiative.policy_date] = by_code(rules)


def _kept(initiative: "Initiative") -> dict[date, Rules]:
    kept: dict[date, Rules] = vars(initiative).setdefault("_policy", {})
    return kept
