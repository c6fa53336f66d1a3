"""Policy rules in words, for the pages about them: from when until when, what parameters say, what turns out how."""

from collections.abc import Sequence
from typing import Any

from django.utils.formats import number_format

from initiatives.choices import Kind, Place
from initiatives.policy_effects import Change, Group
from organisation.models import PolicyRule
from organisation.models.policy import Version
from organisation.policy import periods
from workflow.dates import day_in_words

MET = "voldoet"
"""What is said when a rule has nothing against a file."""

LABELS = {"cameras": "Plafond", "places": "Plaatsen", "kinds": "Soorten initiatief"}
CHOICES: dict[str, Any] = {"places": Place, "kinds": Kind}


def span(version: Version) -> str:
    """From when until when a version was written to hold."""
    until = f" tot en met {day_in_words(version.valid_until)}" if version.valid_until else ""
    return f"vanaf {day_in_words(version.valid_from)}{until}"


def facts(version: Version) -> list[tuple[str, str]]:
    return [
        ("Regel", version.code),
        ("Werking", PolicyRule.Mode(version.mode).label),
        ("Geldt", span(version)),
        *parameters(version),
        ("Bron", version.citation),
    ]


def parameters(version: Version) -> list[tuple[str, str]]:
    """The parameters that people can read and change."""
    return [(label, _in_words(name, version.parameters[name])) for name, label in _named(version)]


def _named(version: Version) -> list[tuple[str, str]]:
    return [(name, label) for name, label in LABELS.items() if name in version.parameters]


def _in_words(name: str, value: Any) -> str:
    if name in CHOICES:
        return ", ".join(CHOICES[name](one).label for one in value) or "geen"
    return f"{number_format(value)} camera’s"


def held(version: PolicyRule, versions: Sequence[PolicyRule]) -> str:
    """When this version held, holds or will hold, now that the others are there too."""
    found = [period for period in periods(versions) if period.version is version]
    if not found:
        return "Geldt niet: een nieuwere versie kwam ervoor in de plaats."
    spans = [
        f"van {day_in_words(period.first)} tot en met {day_in_words(period.last)}"
        if period.last
        else f"vanaf {day_in_words(period.first)}"
        for period in found
    ]
    return f"Geldt {', en '.join(spans)}."


def differences(before: Version | None, after: Version) -> list[tuple[str, str, str, bool]]:
    """What a version says beside the one before it: (what, before, after, whether that differs)."""
    old = dict(_said(before)) if before else {}
    return [(what, old.get(what, "geldt dan niet"), new, old.get(what) != new) for what, new in _said(after)]


def _said(version: Version) -> list[tuple[str, str]]:
    rest = [(name, value) for name, value in facts(version) if name != "Regel"]
    return [("Zin", version.sentence), *rest]


def changes_in_words(changes: Sequence[Change]) -> str:
    """`aanschafstop: van ‘blokkeert’ naar ‘voldoet’`, for each rule that turns out otherwise."""
    return "; ".join(f"{one.code}: {_from_to(one.before, one.after)}" for one in changes)


def groups_in_words(groups: Sequence[Group]) -> list[tuple[str, str, str]]:
    """A row of a table for each group: from what to what, and how many files and concepts."""
    return [
        (_from_to(group.before, group.after), number_format(group.filed), number_format(group.concepts))
        for group in groups
    ]


def _from_to(before: str, after: str) -> str:
    return f"van ‘{_outcome(before)}’ naar ‘{_outcome(after)}’"


def _outcome(mode: str) -> str:
    return PolicyRule.Mode(mode).label if mode else MET
