"""The forms of the decisions: approving, and deciding on an objection. Rejecting asks only for reasons (`steps.py`)."""

from typing import Any, cast

from django import forms

from bodycams.forms import TEXTAREA, Choice
from bodycams.step_forms import Question
from initiatives.choices import Dictum, Support
from initiatives.forms.base import WHY, StepForm, reasons
from initiatives.forms.fields import Lines, OneOf, Repeated, SeveralOf, Text
from initiatives.matrix import negative_consultations
from initiatives.models import Decision
from initiatives.policy import Warning, freeze, warnings

NOTES = {
    Support.POLICY: "Hulp bij regels voor de inzet op straat",
    Support.PURCHASING: "De inkoop loopt via het landelijke contract",
    Support.MANAGEMENT: "Beheer van camera’s en dockingstations",
    Support.ICT: "Koppeling met systemen van de politie",
    Support.LEGAL: "Toets van afspraken en DPIA door juristen",
}
CONDITIONS_AT_MOST = 20
EMPTY_LINES = 3


class Row(Choice):
    """A kind of support as the form shows it: was it asked for, and what did the first decision say of it?"""

    asked: bool
    before: str


class Conditions(Repeated):
    """What was typed, and a few empty lines after it."""

    def lines(self, typed: list[str]) -> list[tuple[str, dict[str, Any]]]:
        filled = [line for line in typed if line.strip()]
        return [(line, {}) for line in [*filled, *[""] * EMPTY_LINES]]


class Answers(Repeated):
    """A text for each of `warnings`, in their order."""

    line = forms.Textarea
    look = TEXTAREA
    warnings: list[Warning] = []

    def lines(self, typed: list[str]) -> list[tuple[str, dict[str, Any]]]:
        texts = [*typed, *[""] * len(self.warnings)]
        return [(text, {"warning": warning}) for text, warning in zip(texts, self.warnings, strict=False)]


class AnswersField(Lines):
    """As many texts as there are warnings; which is empty says the error."""

    def clean(self, value: list[str] | None) -> list[str]:
        expected = len(self.widget.warnings)
        answers = [" ".join(answer.split()) for answer in value or []]
        if len(answers) != expected or not all(answers):
            raise forms.ValidationError("Geef bij elke waarschuwing een antwoord. Eén zin is genoeg.")
        return super().clean(answers)


def support_granted() -> SeveralOf:
    return SeveralOf(
        Support,
        label="Vink aan wat de eenheid krijgt",
        help_text="Gevraagd maar niet aangevinkt is geweigerd. Leg dat uit bij uw redenen. "
        "U mag ook iets geven dat niet gevraagd is.",
        required=False,
    )


def conditions() -> Lines:
    return Lines(
        label="Voorwaarden",
        help_text="Eén voorwaarde op een regel. Lege regels tellen niet mee.",
        required=False,
        count=CONDITIONS_AT_MOST,
        widget=Conditions(),
    )


WHICH_SUPPORT = Question(
    "Welke ondersteuning geeft u?", ("support_granted",), template="initiatives/questions/support.html"
)
WHICH_CONDITIONS = Question(
    "Welke voorwaarden stelt u?", ("conditions",), template="initiatives/questions/conditions.html"
)


class ApproveForm(StepForm):
    support_granted = support_granted()
    warnings_answered = AnswersField(
        label="Antwoord op elke waarschuwing", count=CONDITIONS_AT_MOST, widget=Answers({"rows": 2, "required": True})
    )
    override_reasons = Text(
        label="Waarom het toch mag",
        help_text="Noem de aanbesteding.",
        empty="Noem de aanbesteding en leg uit waarom het toch mag.",
    )
    negative_reasons = Text(
        label="Waarom u toch toestemming geeft",
        help_text="Een overleg hoeft niet goed af te lopen. U moet er wel op antwoorden.",
        empty="Leg uit waarom u toch toestemming geeft.",
    )
    conditions = conditions()
    reasons = reasons()
    questions = (
        WHICH_SUPPORT,
        Question("Wat zegt u op het overleg dat negatief was?", ("negative_reasons",)),
        Question(
            "Beantwoord de waarschuwingen",
            ("warnings_answered",),
            lead="De regels waarschuwen. U mag toch goedkeuren als u zegt waarom.",
            template="initiatives/questions/warnings.html",
        ),
        Question(
            "Waarom mag dit ondanks de aanschafstop?",
            ("override_reasons",),
            lead="De aanschafstop gold op de dag van de aanmelding.",
        ),
        WHICH_CONDITIONS,
        WHY,
    )
    not_asked = {"warnings_answered": [], "override_reasons": "", "negative_reasons": ""}

    def prepare(self) -> None:
        cast(SeveralOf, self.fields["support_granted"]).choices = rows(self.initiative.requested_support)
        found = warnings(self.initiative)
        self.fields["warnings_answered"].widget.warnings = found
        if not found:
            del self.fields["warnings_answered"]
        if freeze(self.initiative) is None:
            del self.fields["override_reasons"]
        negative = negative_consultations(self.initiative)
        if negative:
            self.fields["negative_reasons"].label = f"Uw antwoord op het overleg met: {', '.join(negative)}"
        else:
            del self.fields["negative_reasons"]


class UpholdForm(StepForm):
    support_granted = support_granted()
    dictum = OneOf(
        [(one.value, one.label) for one in (Dictum.FOUNDED, Dictum.PARTLY_FOUNDED)],
        label="Hoe luidt het besluit?",
        help_text="Gegrond als de eenheid alles krijgt wat zij vroeg. Deels gegrond als er iets geweigerd blijft.",
    )
    conditions = conditions()
    reasons = reasons()
    questions = (WHICH_SUPPORT, Question("Gegrond of deels gegrond?", ("dictum",)), WHICH_CONDITIONS, WHY)

    def prepare(self) -> None:
        first = self.initiative.first_decision()
        cast(SeveralOf, self.fields["support_granted"]).choices = rows(self.initiative.requested_support, first)
        self.initial = {"support_granted": first.granted, "conditions": first.conditions}


class DismissForm(StepForm):
    dictum = OneOf(
        [
            (Dictum.UNFOUNDED.value, Choice("Ongegrond", "Het bezwaar overtuigt niet.")),
            (Dictum.INADMISSIBLE.value, Choice("Niet-ontvankelijk", "Het bezwaar is te laat, zonder goede reden.")),
        ],
        label="Hoe luidt het besluit?",
    )
    reasons = reasons()
    questions = (Question("Ongegrond of niet-ontvankelijk?", ("dictum",)), WHY)


def rows(requested: list[str], first: Decision | None = None) -> list[tuple[str, Row]]:
    """A row for each kind of support; on objection with what the first decision said of it."""
    found = []
    for kind in Support:
        row = Row(kind.label, NOTES[kind])
        row.asked = kind.value in requested
        row.before = _before(kind, first) if first else ""
        found.append((kind.value, row))
    return found


def _before(kind: Support, first: Decision) -> str:
    if kind in first.granted:
        return "Eerder gegeven"
    return "Eerder geweigerd" if kind in first.refused else ""
