"""Which step has which form, and the forms that ask little; the larger are in `decisions.py` and `assessment.py`."""

from datetime import timedelta

from django import forms
from django.core.validators import MaxValueValidator

from bodycams.step_forms import Question
from initiatives.choices import Opinion
from initiatives.forms.assessment import AssessmentForm
from initiatives.forms.base import WHY, StepForm, reasons
from initiatives.forms.decisions import ApproveForm, DismissForm, UpholdForm
from initiatives.forms.fields import Day, OneOf, Text, YesNo
from initiatives.rules import SUPPLEMENT_AT_MOST
from workflow.clock import local_date

AT_MOST_WEEKS = 6
WITHIN = timedelta(days=365)
"""A decision that will be late is promised for a day that is not further away."""


class NecessityForm(StepForm):
    necessary = YesNo(label="Is de aanvraag noodzakelijk?")
    urgent = YesNo(label="Is de aanvraag dringend?", help_text="Dringend kan alleen als zij ook noodzakelijk is.")
    reasons = reasons()
    questions = (Question("Is dit nodig?", ("necessary", "urgent")), WHY)


class ReturnForm(StepForm):
    missing = Text(
        label="Wat ontbreekt",
        help_text="De eenheid leest dit woord voor woord. Noem elk punt apart.",
        empty="Schrijf op wat er ontbreekt.",
    )
    by_when = Day(label="Aanvullen tot en met", help_text="Kies een dag na vandaag, hoogstens acht weken later.")
    questions = (
        Question("Wat moet de eenheid aanvullen?", ("missing",)),
        Question("Wanneer moet het er zijn?", ("by_when",)),
    )

    def prepare(self) -> None:
        today = local_date(self.at)
        self.fields["by_when"].widget.attrs |= {
            "min": (today + timedelta(days=1)).isoformat(),
            "max": (today + SUPPLEMENT_AT_MOST).isoformat(),
        }


class PostponeForm(StepForm):
    by_when = Day(label="Het besluit komt uiterlijk op", help_text="Kies een dag na de laatste dag van de termijn.")
    reasons = reasons()
    questions = (Question("Wanneer komt het besluit wel?", ("by_when",)), WHY)

    def prepare(self) -> None:
        last = local_date(self.at) + WITHIN
        self.fields["by_when"].validators.append(MaxValueValidator(last, "Kies een dag binnen een jaar."))


class ReasonsForm(StepForm):
    reasons = reasons()
    questions = (WHY,)


class ObjectionForm(StepForm):
    grounds = Text(label="Gronden", help_text="Met welk deel van het besluit bent u het niet eens, en waarom?")
    late_excuse = Text(
        label="Waarom te laat",
        help_text="De programmamanager beslist of dit een goede reden is.",
        empty="Leg uit waarom het bezwaar te laat is.",
    )
    questions = (
        Question("Waarom maakt u bezwaar?", ("grounds",)),
        Question("Waarom komt het bezwaar te laat?", ("late_excuse",), lead="De bezwaartermijn is voorbij."),
    )
    not_asked = {"late_excuse": ""}

    def prepare(self) -> None:
        if not self.initiative.objection_is_late_on(local_date(self.at)):
            del self.fields["late_excuse"]


class ViewForm(StepForm):
    view = OneOf(Opinion.choices, label="Bent u het eens met het bezwaar?")
    note = Text(label="Toelichting", help_text="Deze tekst staat woord voor woord in het dossier.")
    questions = (Question("Wat is uw zienswijze?", ("view", "note")),)


class AdjournForm(StepForm):
    weeks = forms.IntegerField(
        label="Aantal weken",
        help_text="Hoogstens zes. Het kan maar één keer.",
        min_value=1,
        max_value=AT_MOST_WEEKS,
        error_messages=dict.fromkeys(["required", "invalid", "min_value", "max_value"], "Kies 1 tot en met 6 weken."),
    )
    reasons = reasons()
    questions = (Question("Hoeveel weken later?", ("weeks",)), WHY)


FORMS: dict[str, type[StepForm]] = {
    "noodzaak_vaststellen": NecessityForm,
    "aanmelden": StepForm,
    "terugsturen": ReturnForm,
    "hervatten": StepForm,
    "uitstel_melden": PostponeForm,
    "beoordelen": AssessmentForm,
    "goedkeuren": ApproveForm,
    "afwijzen": ReasonsForm,
    "berusten": StepForm,
    "bezwaar_maken": ObjectionForm,
    "bezwaar_intrekken": StepForm,
    "afstemming_vastleggen": ViewForm,
    "verdagen": AdjournForm,
    "gegrond_verklaren": UpholdForm,
    "ongegrond_verklaren": DismissForm,
    "intrekken": ReasonsForm,
}
