"""Initiatives for tests, brought to a status by the real steps, taken by people who hold the roles.

`Cast` is everybody who plays a part for one unit. `walk(cast, *steps)` takes steps with sensible input; what a test
cares about it gives itself: `walk(cast, "goedkeuren", given={"goedkeuren": {"support_granted": []}})`.
"""

from datetime import date, datetime, timedelta
from typing import Any

from initiatives.choices import PRINCIPLES, Element, Party, Subject
from initiatives.concepts import begin_concept, save_concept
from initiatives.models import Initiative
from initiatives.services import take_step
from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import holders_of, unit
from workflow.clock import AMSTERDAM, local_date, now

TO_STATUS: dict[str, tuple[str, ...]] = {
    "concept": (),
    "aangemeld": ("noodzaak_vaststellen", "aanmelden"),
    "beoordeeld": ("noodzaak_vaststellen", "aanmelden", "beoordelen"),
    "goedgekeurd": ("noodzaak_vaststellen", "aanmelden", "beoordelen", "goedkeuren"),
    "afgewezen": ("noodzaak_vaststellen", "aanmelden", "beoordelen", "afwijzen"),
    "bezwaar": ("noodzaak_vaststellen", "aanmelden", "beoordelen", "afwijzen", "bezwaar_maken"),
    "ingetrokken": ("noodzaak_vaststellen", "aanmelden", "intrekken"),
}

PLAYED_BY: dict[str, str] = {
    "noodzaak_vaststellen": "head",
    "aanmelden": "contact",
    "terugsturen": "leader",
    "hervatten": "leader",
    "uitstel_melden": "leader",
    "beoordelen": "leader",
    "goedkeuren": "leader",
    "afwijzen": "leader",
    "berusten": "head",
    "bezwaar_maken": "head",
    "bezwaar_intrekken": "head",
    "afstemming_vastleggen": "holder",
    "verdagen": "manager",
    "gegrond_verklaren": "manager",
    "ongegrond_verklaren": "manager",
    "intrekken": "contact",
}

COMPLETE: dict[str, Any] = {
    "title": "Bodycams in de horeca",
    "description": "De eenheid wil bodycams dragen tijdens horecadiensten.",
    "cameras_now": 4,
    "cameras_requested": 12,
    "vendor": "Zepcam",
    "model_name": "T3",
    "amount": 18_500,
    "cost_centre": "401233",
    "costs_accepted": True,
    "tasks": ["a", "e"],
    "purposes": ["de_escalatie", "veiligheid"],
    "places": ["openbare_weg"],
    "proportionality": "De camera gaat alleen aan bij dreigend geweld.",
    "announcement": "De drager zegt vooraf dat de camera aangaat.",
    "requested_support": ["inkoopproces", "ict_integratie"],
}
"""What an `aanschaf` must say before it can be filed."""

SUBJECTS = [subject for subject in Subject if subject is not Subject.INSTRUCTION]
ARRANGED: dict[str, Any] = {
    **{f"consultation_{party}_date": date(2026, 1, 12) for party in Party},
    **{f"consultation_{party}_outcome": "positief" for party in Party},
    **{f"agreement_{subject}_responsible": "Hoofd bedrijfsvoering" for subject in SUBJECTS},
    **{f"agreement_{subject}_text": "Dit is geregeld, en na 28 dagen is alles weg." for subject in SUBJECTS},
    **{f"readiness_{element}": True for element in Element},
    "dpia_version": "1.0",
    "dpia_date": date(2026, 1, 5),
}
"""What nothing blocks, but what the rules ask before approval: consultations, agreements, readiness and a DPIA."""


class Cast:
    """Everybody who plays a part in the procedure of one unit."""

    def __init__(self, unit_code: str = "ON") -> None:
        self.unit_code = unit_code
        self.contact, self.head, self.leader, self.manager, self.holder = holders_of(
            (Role.CONTACT, unit_code),
            (Role.HEAD, unit_code),
            (Role.LEADER, None),
            (Role.MANAGER, None),
            (Role.HOLDER, None),
        )


def concept(cast: Cast, **fields: Any) -> Initiative:
    """A complete concept of an `aanschaf`, but for the necessity; `fields` change what it says."""
    moment = now()
    initiative = begin_concept(cast.contact, unit(cast.unit_code), fields.pop("kinds", ["aanschaf"]), at=moment)
    defects = fields.pop("defects", [])
    save_concept(initiative, {**COMPLETE, **ARRANGED, **fields, "version": 1}, defects, person=cast.contact, at=moment)
    return Initiative.objects.get(pk=initiative.pk)


def initiative(cast: Cast, status: str = "concept", **fields: Any) -> Initiative:
    """An initiative that came to `status` by its shortest way."""
    return walk(cast, *TO_STATUS[status], start=concept(cast, **fields))


def walk(
    cast: Cast,
    *steps: str,
    start: Initiative | None = None,
    given: dict[str, dict[str, Any]] | None = None,
    at: datetime | None = None,
) -> Initiative:
    """Take these steps one after the other, each by who plays it, at the moment `at` (now unless given)."""
    subject = start or concept(cast)
    for name in steps:
        moment = at or now()
        typed = {**usual_input(name, moment), **(given or {}).get(name, {})}
        actor = Person.objects.get(pk=getattr(cast, PLAYED_BY[name]).pk)
        take_step(subject.pk, name, person=actor, at=moment, read=lambda *_, typed=typed: typed)
    return Initiative.objects.get(pk=subject.pk)


def days_ago(days: int) -> datetime:
    """This time of the day so many days of the calendar ago, whether or not the clock has changed since."""
    return now().astimezone(AMSTERDAM) - timedelta(days=days)


def usual_input(name: str, at: datetime) -> dict[str, Any]:
    """What is typed in a step's form when a test does not care."""
    reasons = {"reasons": "Dit volgt uit de stukken van het dossier."}
    decision = {**reasons, "support_granted": [], "conditions": [], "override_reasons": "", "warnings_answered": []}
    return {
        "noodzaak_vaststellen": {**reasons, "necessary": True, "urgent": False},
        "terugsturen": {"missing": "Het aantal camera’s klopt niet.", "by_when": local_date(at) + timedelta(days=14)},
        "uitstel_melden": {**reasons, "by_when": local_date(at) + timedelta(days=90)},
        "beoordelen": assessment(),
        "goedkeuren": decision,
        "afwijzen": reasons,
        "bezwaar_maken": {"grounds": "De noodzaak is wel aangetoond.", "late_excuse": ""},
        "afstemming_vastleggen": {"view": "eens", "note": "De eenheid heeft een punt."},
        "verdagen": {**reasons, "weeks": 3},
        "gegrond_verklaren": {**decision, "support_granted": ["inkoopproces", "ict_integratie"], "dictum": "gegrond"},
        "ongegrond_verklaren": {**reasons, "dictum": "ongegrond"},
        "intrekken": reasons,
    }.get(name, {})


def assessment() -> dict[str, Any]:
    judged = (
        "technical organisational legal political harmonisation uniformity standardisation fit_technical fit_policy"
    )
    principles = {str(number): {"judgement": "voldoet", "note": ""} for number, _ in PRINCIPLES}
    return {**dict.fromkeys(judged.split(), "ja"), "principles": principles, "policy_version": "2015-02-19"}
