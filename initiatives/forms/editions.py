"""The forms of editions: asking for one, answering, planning them, and comparing two."""

from datetime import date
from typing import Any

from django import forms

from bodycams.forms import Choice
from initiatives.forms.fields import SHORT, Day, OneOf, Text
from initiatives.models import Edition
from initiatives.overview.approved import FIRST_DAY, why_not
from organisation.forms.proposals import AnswerForm
from organisation.models import Outcome
from workflow.dates import day_in_words

ANSWERS = [
    (Outcome.CONFIRMED.value, Choice("Bevestigen", "De editie krijgt haar nummer, wordt ondertekend en staat vast.")),
    (Outcome.REFUSED.value, Choice("Weigeren", "Er komt geen editie.")),
]


class EditionForm(forms.Form):
    """Which day, and why now. A correction is of the day of what it corrects: then the day is not asked."""

    peildatum = Day(label="Peildatum", help_text="De editie laat zien wat er aan het eind van deze dag gold.")
    reasons = Text(
        label="Waarom deze editie?",
        help_text="Staat bij de editie en in het journaal.",
        at_most=SHORT,
        rows=3,
        empty="Schrijf in een of twee zinnen waarom.",
    )

    def __init__(self, *args: Any, today: date, corrects: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if corrects:
            del self.fields["peildatum"]
            self.fields["reasons"].label = "Wat is er verbeterd, en waarom?"
        else:
            bounds = {"min": FIRST_DAY.isoformat(), "max": today.isoformat()}
            self.fields["peildatum"].widget.attrs |= bounds

    def clean_peildatum(self) -> date:
        day: date = self.cleaned_data["peildatum"]
        if sentence := why_not(day, self.today):
            raise forms.ValidationError(sentence)
        return day


class EditionAnswerForm(AnswerForm):
    """What the programme manager answers; whoever asked can only withdraw. `seen` is what was looked at;
    whether that is needed and right, the service says."""

    outcome = OneOf(label="Uw antwoord", choices=ANSWERS)
    reasons = Text(label="Waarom?", required=False, help_text="Nodig als u weigert.", at_most=SHORT, rows=3)
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class CompareForm(forms.Form):
    """With which edition another one is compared."""

    met = forms.ChoiceField(label="Vergelijk met")

    def __init__(self, *args: Any, after: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Edition.objects.exclude(pk=after.pk).values_list("number", "peildatum")
        chosen: Any = self.fields["met"]
        chosen.choices = [(number, f"editie {number} ({day_in_words(day)})") for number, day in others]
