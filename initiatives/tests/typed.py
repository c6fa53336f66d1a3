"""What somebody types in the form of each step, as a browser sends it."""

from datetime import timedelta
from typing import Any

from initiatives.choices import PRINCIPLES
from workflow.clock import local_date, now

REASONS = "Dit volgt uit de stukken van het dossier."


def form_of(name: str, **changes: Any) -> dict[str, Any]:
    """The form of the step `name`, filled in well but for `changes`; None leaves a field out."""
    today = local_date(now())
    forms: dict[str, dict[str, Any]] = {
        "noodzaak_vaststellen": {"necessary": "ja", "urgent": "nee", "reasons": REASONS},
        "terugsturen": {"missing": "Het aantal klopt niet.", "by_when": (today + timedelta(days=14)).isoformat()},
        "uitstel_melden": {"by_when": (today + timedelta(days=90)).isoformat(), "reasons": REASONS},
        "beoordelen": assessment(),
        "goedkeuren": {"support_granted": ["inkoopproces"], "conditions": ["Eerst opleiden.", ""], "reasons": REASONS},
        "afwijzen": {"reasons": REASONS},
        "bezwaar_maken": {"grounds": "De noodzaak is wel aangetoond."},
        "afstemming_vastleggen": {"view": "eens", "note": "De eenheid heeft een punt."},
        "verdagen": {"weeks": "3", "reasons": REASONS},
        "gegrond_verklaren": {
            "support_granted": ["inkoopproces", "ict_integratie"],
            "dictum": "gegrond",
            "conditions": "",
            "reasons": REASONS,
        },
        "ongegrond_verklaren": {"dictum": "ongegrond", "reasons": REASONS},
        "intrekken": {"reasons": REASONS},
    }
    filled = {**forms.get(name, {}), **changes}
    return {field: value for field, value in filled.items() if value is not None}


def assessment() -> dict[str, Any]:
    dimensions = dict.fromkeys(["technical", "organisational", "legal", "political"], "ja")
    goals = dict.fromkeys(["harmonisation", "uniformity", "standardisation"], "deels")
    fits = {"fit_technical": "nee", "fit_policy": "onbekend"}
    principles = {f"principle_{number}": "voldoet" for number, _ in PRINCIPLES}
    notes = {"technical_note": "Nog niet getest.", "principle_6": "afwijking", "principle_6_note": "Pre-recording."}
    return {**dimensions, **goals, **fits, **principles, **notes, "policy_version": "beleid van 1 oktober 2020"}
