"""Which policy rules are in force on a day. Policy moves (S0-12), so every rule has dates, a mode and a source.

What a rule means for an initiative is for the app that knows initiatives; here is only which rules there are.
"""

from datetime import date

from organisation.models import PolicyRule

Rules = dict[str, PolicyRule]


def rules_on(day: date) -> Rules:
    """The rules in force on `day`, by code, in the order of their dates. One query."""
    return {rule.code: rule for rule in PolicyRule.objects.in_force_on(day).order_by("valid_from", "code")}


def newest_version_on(day: date) -> date:
    """The day on which the policy of `day` took its present form: what an assessment names as the version."""
    return max(rule.valid_from for rule in rules_on(day).values())
