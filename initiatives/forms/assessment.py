"""The form of `beoordelen`: four dimensions, three goals, two fits, eleven principles, and which policy was used."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import forms

from initiatives.choices import PRINCIPLES, Compliance, Judgement
from initiatives.forms.base import Question, StepForm
from initiatives.forms.fields import SHORT, Line, OneOf, Text
from initiatives.models import Initiative
from initiatives.policy import rules_for
from organisation.policy import newest_version
from workflow.clock import local_date
from workflow.dates import day_in_words

DIMENSIONS = {
    "technical": "Technisch",
    "organisational": "Organisatorisch",
    "legal": "Juridisch",
    "political": "Politiek-bestuurlijk",
}
GOALS = {
    "harmonisation": "Harmonisatie: het past bij wat andere eenheden doen",
    "uniformity": "Uniformiteit: iedereen werkt op dezelfde manier",
    "standardisation": "Standaardisatie: het gebruikt wat landelijk is gekozen",
}
FITS = {"fit_technical": "Past technisch", "fit_policy": "Past beleidsmatig"}
REMARKS = "Een toelichting mag leeg blijven."
JUDGED = "initiatives/questions/judgements.html"


class AssessmentForm(StepForm):
    says_optional = False  # said once, above the remarks
    questions = (
        Question("Hoe past het initiatief?", tuple(DIMENSIONS), lead=REMARKS, template=JUDGED),
        Question("Helpt het de landelijke doelen?", tuple(GOALS), template=JUDGED),
        Question("Past het bij wat er is?", tuple(FITS), template=JUDGED),
        Question(
            "Voldoet het aan de elf uitgangspunten?",
            tuple(f"principle_{number}" for number, _ in PRINCIPLES),
            lead=REMARKS,
            template=JUDGED,
        ),
        Question("Aan welk beleid hebt u getoetst?", ("policy_version",)),
    )

    def prepare(self) -> None:
        self.fields.update(fields())
        self.initial = self._previous() or {"policy_version": policy_version(self.initiative, self.at)}

    def answers(self) -> dict[str, Any]:
        """The columns of an assessment: the principles in one."""
        typed = super().answers()
        principles = {
            str(number): {"judgement": typed.pop(f"principle_{number}"), "note": typed.pop(f"principle_{number}_note")}
            for number, _ in PRINCIPLES
        }
        return {**typed, "principles": principles}

    def _previous(self) -> dict[str, Any]:
        """What was judged before the file was sent back: kept as a draft."""
        earlier = list(self.initiative.assessments.all())
        if not earlier:
            return {}
        last = earlier[-1]
        filled = {name: getattr(last, name) for name in self.fields if hasattr(last, name)}
        for number, judged in last.principles.items():
            filled |= {f"principle_{number}": judged["judgement"], f"principle_{number}_note": judged["note"]}
        return filled


def policy_version(initiative: Initiative, at: datetime) -> str:
    """The policy by which this initiative is judged, as it is named in an assessment."""
    rules = rules_for(initiative, initiative.policy_date or local_date(at))
    return f"beleid van {day_in_words(newest_version(rules))}"


def fields() -> Iterator[tuple[str, forms.Field]]:
    """Every field, in the order of the questions."""
    for name, label in DIMENSIONS.items():
        yield name, OneOf(Judgement.choices, label=label)
        yield f"{name}_note", remark(label.lower())
    for name, label in {**GOALS, **FITS}.items():
        yield name, OneOf(Judgement.choices, label=label)
    for number, label in PRINCIPLES:
        yield f"principle_{number}", OneOf(Compliance.choices, label=f"{number}. {label}")
        yield f"principle_{number}_note", remark(f"uitgangspunt {number}")
    yield "policy_version", Line(label="Getoetst aan", at_most=120, help_text="Het beleid, met de datum ervan.")


def remark(about: str) -> Text:
    return Text(label=f"Toelichting bij {about}", required=False, at_most=SHORT, rows=2)
