"""Which policy rules are in force on a day. Policy moves (S0-12), so every rule has versions with dates, a mode and a
source.

What a rule means for an initiative is for the app that knows initiatives; changing one is in `policy_changes.py`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from django.db.models import QuerySet

from bodycams.prepared import prepared
from organisation.models import PolicyRule
from organisation.models.policy import Version

Rules = dict[str, PolicyRule]
AnyVersion = TypeVar("AnyVersion", bound=Version)


def in_force_on(day: date) -> QuerySet[PolicyRule]:
    """The rules in force on `day`, in the order of their dates."""
    return PolicyRule.objects.in_force_on(day).order_by("valid_from", "code")


_prepared = prepared(in_force_on, date.min)


def rules_on(day: date) -> Rules:
    """The rules in force on `day`, by code, in the order of their dates. One query."""
    return by_code(_prepared(day))


def by_code(rules: Iterable[PolicyRule]) -> Rules:
    return {rule.code: rule for rule in rules}


def newest_version(rules: Rules) -> date:
    """The day on which this policy took its present form: what an assessment names as the version."""
    return max(rule.valid_from for rule in rules.values())


def in_force(versions: Iterable[AnyVersion], day: date) -> AnyVersion | None:
    """The version of one rule that holds on `day`: what `PolicyRuleQuerySet.in_force_on` asks of the database.

    A version without a key is one that is proposed, and goes before the others that begin on its day.
    """
    begun = [version for version in versions if version.valid_from <= day]
    last = max(begun, key=lambda version: (version.valid_from, version.pk is None, version.pk or 0), default=None)
    return last if last and (last.valid_until is None or day <= last.valid_until) else None


def versions_by_code(*codes: str) -> dict[str, list[PolicyRule]]:
    """All versions of these rules, or of every rule, in the order in which the rules came. One query."""
    found: dict[str, list[PolicyRule]] = {}
    rules = PolicyRule.objects.filter(code__in=codes) if codes else PolicyRule.objects.all()
    for rule in rules.order_by("valid_from", "code", "pk"):
        found.setdefault(rule.code, []).append(rule)
    return found


@dataclass(frozen=True)
class Period:
    """The days, the last one included, on which a rule says one thing; None: it says nothing, or goes on."""

    first: date
    last: date | None
    version: Version | None

    def __contains__(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


def periods(versions: Sequence[Version]) -> list[Period]:
    """What one rule says from when until when, from the day on which it first said anything."""
    begins = {version.valid_from for version in versions}
    ends = {version.valid_until + timedelta(days=1) for version in versions if version.valid_until}
    found: list[Period] = []
    for day in sorted(begins | ends):
        version = in_force(versions, day)
        if found and found[-1].version is version:
            continue
        if found:
            found[-1] = Period(found[-1].first, day - timedelta(days=1), found[-1].version)
        found.append(Period(day, None, version))
    return found
