"""Letters for tests that need no file: what the database would have written down, with what a test cares about."""

from datetime import UTC, date, datetime
from typing import Any

from initiatives.models import Letter

DATED = date(2018, 5, 18)

SNAPSHOT: dict[str, Any] = {
    "kinds": ["aanschaf"],
    "vendor": "Zepcam",
    "model": "T2",
    "cameras_requested": 24,
    "amount": "26850.00",
    "unit_pays": True,
    "rule_version": "2017-07-01",
}

FIRST: dict[str, Any] = {
    "round": 1,
    "permission": True,
    "granted": ["operationeel_beleid", "ict_integratie", "juridische_borging"],
    "refused": ["inkoopproces"],
    "reasons": "Die noodzaak is duidelijk beschreven.\n\nUw eenheid bestelt binnen een lopende raamovereenkomst.",
    "conditions": ["Elke drager volgt de training.", "U meldt de uitkomst van de proef."],
    "override_reasons": "",
    "warnings_answered": [],
    "dictum": "",
    "decided_at": "2018-05-18T08:30:00+00:00",
    "snapshot": SNAPSHOT,
}

SECOND: dict[str, Any] = {
    **FIRST,
    "round": 2,
    "granted": [*FIRST["granted"], "inkoopproces"],
    "refused": [],
    "reasons": "De uniforme eisen zijn er later bij gekomen.",
    "conditions": ["Elke drager volgt de training."],
    "dictum": "gegrond",
    "decided_at": "2018-08-08T08:30:00+00:00",
}

FACTS: dict[str, Any] = {
    "number": "BC-2018-0031",
    "title": "Bodycams voor de noodhulp in Helmond",
    "unit": "Oost-Brabant",
    "unit_kind": "regionale_eenheid",
    "submitted_on": "2018-03-28",
    "requested": ["operationeel_beleid", "inkoopproces", "ict_integratie", "juridische_borging"],
    "cost_centre": "4410",
    "terms": {
        "first_decision": {"starts_on": "2018-03-28", "last_day": "2018-05-23"},
        "objection": {"starts_on": "2018-05-18", "last_day": "2018-06-29"},
        "objection_decision": {"starts_on": "2018-06-29", "last_day": "2018-08-10"},
    },
    "returned": {"missing": "Het overleg met de officier.\nDe datum ontbreekt ook.", "by_when": "2018-05-04"},
    "postponement": {"new_day": "2018-06-08", "reasons": "Het overleg duurt langer."},
    "decisions": [FIRST],
    "objection": {
        "grounds": "De raamovereenkomst noemt geen eisen.",
        "late_excuse": "",
        "is_late": False,
        "made_at": "2018-06-21T09:00:00+00:00",
    },
    "adjournment": {"weeks": 3, "reasons": "De portefeuillehouder is met verlof."},
    "view": {
        "view": "oneens",
        "note": "Ik vrees dat meer eenheden dezelfde hulp vragen.",
        "given_at": "2018-08-01T09:00:00+00:00",
    },
}


def letter(kind: Letter.Kind, **changed: Any) -> Letter:
    """One that is not stored; `changed` are facts."""
    decisions = [FIRST, SECOND] if kind == Letter.Kind.OBJECTION_DECISION else [FIRST]
    facts = {**FACTS, "decisions": decisions, **changed}
    return Letter(n=2, kind=kind, dated=DATED, written_at=datetime(2018, 5, 18, tzinfo=UTC), facts=facts)
