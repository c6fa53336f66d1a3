"""What is typed in the form of a step or of a concept, made of what a story says: the story names what is special, here
is the rest.
"""

from datetime import date, datetime
from typing import Any

from initiatives.choices import Compliance, Judgement
from initiatives.demo.moments import day_of
from initiatives.forms.assessment import DIMENSIONS, FITS, GOALS, policy_version
from initiatives.matrix import matrix, must_be_explained, negative_consultations
from initiatives.models import Initiative
from initiatives.policy import rules_of, warnings

DAYS = ("period_from", "period_until", "contract_until", "by_when", "due_on")

ANSWER = "Dit is met de eenheid besproken. Zij vult het aan vóór de start."
REMARK = "Dit is mondeling toegelicht. De eenheid legt het vast vóór de start."

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
        return {**_assessment(given, initiative), "policy_version": policy_version(initiative, at)}
    if take == "goedkeuren":
        given["warnings_answered"] = [ANSWER] * len(warnings(initiative))
        given["negative_reasons"] = ANSWER if negative_consultations(initiative) else ""
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


def _assessment(given: dict[str, Any], initiative: Initiative) -> dict[str, Any]:
    """All that is not said fits; `deviations` and `not_applicable` name the principles that do not. A judgement that
    must be explained and is not told, gets a usual remark.
    """
    deviations, not_applicable = given.pop("deviations", {}), given.pop("not_applicable", [])
    computed = matrix(initiative, rules_of(initiative))[0].rows
    principles = {}
    for row in computed:
        judgement = _compliance(row.number or 0, deviations, not_applicable)
        usual = REMARK if must_be_explained(row.answer, judgement) else ""
        principles[str(row.number)] = {"judgement": judgement, "note": deviations.get(str(row.number), usual)}
    judged = (*DIMENSIONS, *GOALS, *FITS)
    return {**dict.fromkeys(judged, Judgement.YES), **given, "principles": principles}


def _compliance(number: int, deviations: dict[str, str], not_applicable: list[int]) -> str:
    if str(number) in deviations:
        return Compliance.DEVIATES
    return Compliance.NOT_APPLICABLE if number in not_applicable else Compliance.MET
