"""The form of `beoordelen`: four dimensions, three goals, two fits, eleven principles, and which policy was used."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import forms

from bodycams.step_forms import Question
from initiatives.choices import PRINCIPLES, Compliance, Judgement
from initiatives.drafts import drafts_of
from initiatives.forms.base import StepForm
from initiatives.forms.differences import in_words
from initiatives.forms.fields import SHORT, Line, OneOf, Text
from initiatives.matrix import Answer, matrix
from initiatives.models import AssessmentDraft, Initiative
from initiatives.policy import rules_for, rules_of
from organisation.models import Person
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
PRINCIPLES_LEAD = (
    "Onder elk uitgangspunt staat wat het dossier zelf zegt. U mag anders oordelen. Leg het uit als u dat doet, als "
    "het dossier niet voldoet, of als u een afwijking ziet."
)
JUDGED = "initiatives/questions/judgements.html"


Difference = tuple[str, str, str]
"""A field's label, and the two texts: of who looks, and of the other."""


class AssessmentForm(StepForm):
    others: list[AssessmentDraft] = []
    saved_at: datetime | None = None
    says_optional = False  # said once, above the remarks
    keeps_draft = True
    questions = (
        Question("Hoe past het initiatief?", tuple(DIMENSIONS), lead=REMARKS, template=JUDGED),
        Question("Helpt het de landelijke doelen?", tuple(GOALS), template=JUDGED),
        Question("Past het bij wat er is?", tuple(FITS), template=JUDGED),
        Question(
            "Voldoet het aan de elf uitgangspunten?",
            tuple(f"principle_{number}" for number, _ in PRINCIPLES),
            lead=PRINCIPLES_LEAD,
            template=JUDGED,
        ),
        Question("Aan welk beleid hebt u getoetst?", ("policy_version",)),
    )

    def prepare(self) -> None:
        self.fields.update(fields())
        self.initial = self._previous() or {"policy_version": policy_version(self.initiative, self.at)}
        for row in matrix(self.initiative, rules_of(self.initiative))[0].rows:
            self.fields[row.code].help_text = f"Berekend: {row.answer}. {row.sentence}"
            self.fields[f"{row.code}_note"].required = row.answer is Answer.NOT_MET

    def take_up(self, person: Person) -> None:
        mine, self.others = drafts_of(self.initiative, person)
        if mine:
            self.initial = {**self.initial, **{name: mine.typed[name] for name in self.fields if name in mine.typed}}
            self.saved_at = mine.saved_at

    def differences(self) -> Iterator[tuple[AssessmentDraft, list[Difference]]]:
        """What other leaders wrote in their drafts otherwise than stands in this form."""
        for draft in self.others:
            found = []
            for name, field in self.fields.items():
                mine, theirs = self[name].value() or "", draft.typed.get(name, "")
                if theirs and mine != theirs:
                    found.append((str(field.label), in_words(field, mine), in_words(field, theirs)))
            yield draft, found

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
