"""What comes with a decision, the first one or the one on an objection: the row that records it, and its terms."""

from initiatives import support, terms
from initiatives.choices import Dictum
from initiatives.models import Decision, FileTerm, Initiative
from initiatives.policy import warnings
from initiatives.snapshot import snapshot_of
from initiatives.whole import add
from initiatives.words import so_many
from workflow.clock import local_date
from workflow.take import Taken

Kind = FileTerm.Kind


def approve(initiative: Initiative, taken: Taken) -> str:
    return _decide_first(initiative, taken, permission=True)


def reject(initiative: Initiative, taken: Taken) -> str:
    return _decide_first(initiative, taken, permission=False)


def uphold(initiative: Initiative, taken: Taken) -> str:
    given = taken.input
    return _decide_on_objection(initiative, taken, True, given["support_granted"], given["conditions"])


def dismiss(initiative: Initiative, taken: Taken) -> str:
    first = initiative.first_decision()
    return _decide_on_objection(initiative, taken, first.permission, first.granted, first.conditions)


def _decide_first(initiative: Initiative, taken: Taken, *, permission: bool) -> str:
    today = local_date(taken.at)
    granted = taken.input["support_granted"] if permission else []
    conditions = taken.input["conditions"] if permission else []
    decision = _record_decision(
        initiative, taken, round=1, permission=permission, granted=granted, conditions=conditions
    )
    terms.meet(initiative, today, Kind.FIRST_DECISION)
    if decision.refuses_something:
        terms.start(initiative, Kind.OBJECTION, today)
    return _support_in_words(decision)


def _decide_on_objection(
    initiative: Initiative, taken: Taken, permission: bool, granted: list[str], conditions: list[str]
) -> str:
    decision = _record_decision(
        initiative, taken, round=2, permission=permission, granted=granted, conditions=conditions
    )
    terms.meet(initiative, local_date(taken.at), Kind.OBJECTION_DECISION, Kind.LATE_OBJECTION_DECISION)
    return f"{Dictum(decision.dictum).label}. {_support_in_words(decision)}"


def _record_decision(
    initiative: Initiative, taken: Taken, *, round: int, permission: bool, granted: list[str], conditions: list[str]
) -> Decision:
    given = taken.input
    decision = Decision(
        initiative=initiative,
        round=round,
        permission=permission,
        granted=granted,
        refused=[kind for kind in initiative.requested_support if kind not in granted],
        reasons=given["reasons"],
        conditions=conditions,
        override_reasons=given.get("override_reasons", ""),
        negative_reasons=given.get("negative_reasons", ""),
        warnings_answered=_answered(initiative, given.get("warnings_answered", [])),
        dictum=given.get("dictum", ""),
        decided_by=taken.person,
        decided_at=taken.at,
        snapshot=snapshot_of(initiative, granted),
    )
    add(decision)
    support.begin(decision)
    return decision


def _answered(initiative: Initiative, answers: list[str]) -> list[dict[str, str]]:
    """Each warning as it was at this moment, with what the project leader said to it."""
    found = warnings(initiative) if answers else []
    return [
        {"rule": warning.rule.code, "sentence": warning.sentence, "answer": answer}
        for warning, answer in zip(found, answers, strict=False)
    ]


def _support_in_words(decision: Decision) -> str:
    if not decision.permission:
        return "Geen toestemming."
    asked = set(decision.snapshot["requested"])
    given, unasked = len(asked & set(decision.granted)), len(set(decision.granted) - asked)
    words = [f"{given} van de {len(asked)} gevraagde soorten ondersteuning"] if asked else []
    if unasked:
        words.append(so_many(unasked, "soort die niet gevraagd was", "soorten die niet gevraagd waren"))
    return f"Toestemming, met {' en '.join(words)}." if words else "Toestemming. Er is geen ondersteuning gevraagd."
