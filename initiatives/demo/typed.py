"""What is typed in the form of a step or of a concept, made of what a story says: the story names what is special, here
is the rest.
"""

from datetime import date, datetime
from typing import Any

from initiatives.choices import PRINCIPLES, Compliance, Judgement
from initiatives.demo.moments import day_of
from initiatives.forms.assessment import DIMENSIONS, FITS, GOALS, policy_version
from initiatives.models import Initiative

DAYS = ("period_from", "period_until", "contract_until", "by_when", "due_on")

NOTHING_MORE: dict[str, Any] = {"conditions": [], "override_reasons": "", "warnings_answered": []}
USUAL: dict[str, dict[str, Any]] = {
    "noodzaak_vaststellen": {"necessary": True, "urgent": False},
    "goedkeuren": {**NOTHING_MORE, "support_granted": []},
    "afwijzen": NOTHING_MORE,
    "bezwaar_maken": {"late_excuse": ""},
    "gegrond_verklaren": NOTHING_MORE,
    "ongegrond_verklaren": {**NOTHING_MORE, "dictum": "ongegrond"},
}


def in_step(take: str, says: dict[str, Any], initiative: Initiative, at: datetime, base: datetime) -> dict[str, Any]:
    """What the form of the step `take` of this initiative gives at the moment `at`."""
    given = _dated(says, base)
    if take == "beoordelen":
        return {**_assessment(given), "policy_version": policy_version(initiative, at)}
    return {**USUAL.get(take, {}), **given}


def in_concept(says: dict[str, Any], base: datetime) -> tuple[dict[str, Any], list[tuple[str, date]]]:
    """The fields of the concept's form, and the defective cameras."""
    given = _dated(says, base)
    defects = [(serial, day_of(day, base)) for serial, day in given.pop("defects", ())]
    return given, defects


def in_support(says: dict[str, Any], base: datetime) -> dict[str, Any]:
    """What is written about support work."""
    return _dated(says, base)


def _dated(says: dict[str, Any], base: datetime) -> dict[str, Any]:
    return {name: day_of(value, base) if name in DAYS else value for name, value in says.items()}


def _assessment(given: dict[str, Any]) -> dict[str, Any]:
    """All that is not said fits; `deviations` and `not_applicable` name the principles that do not."""
    deviations, not_applicable = given.pop("deviations", {}), given.pop("not_applicable", [])
    principles = {
        str(number): {
            "judgement": _compliance(number, deviations, not_applicable),
            "note": deviations.get(str(number), ""),
        }
        for number, _ in PRINCIPLES
    }
    judged = (*DIMENSIONS, *GOALS, *FITS)
    return {**dict.fromkeys(judged, Judgement.YES), **given, "principles": principles}


def _compliance(number: int, deviations: dict[str, str], not_applicable: list[int]) -> str:
    if str(number) in deviations:
        return Compliance.DEVIATES
    return Compliance.NOT_APPLICABLE if number in not_applicable else Compliance.MET
