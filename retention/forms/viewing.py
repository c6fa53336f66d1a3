"""What is asked before somebody sees image and sound, takes it along, or gives it to others."""

from datetime import date

from django import forms

from initiatives.forms.fields import SHORT, Day, Line, OneOf, Text
from retention.choices import DisclosureGround
from retention.forms.steps import capitals
from retention.looking.purposes import PURPOSES


class PurposeForm(forms.Form):
    """Purpose and reason, both always: the purposes are those of the role in which somebody looks."""

    purpose = OneOf([], label="Waarvoor?", empty="Kies waarvoor u de opname nodig hebt.")
    reasons = Text(
        label="Waarom is dat nodig?",
        help_text="Een of twee zinnen. Noem geen namen van personen. Dit komt in het journaal.",
        at_most=SHORT,
        rows=3,
        empty="Schrijf waarom u de opname nodig hebt.",
    )

    def __init__(self, data: object, role: str) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["purpose"].choices = capitals(PURPOSES[role])  # type: ignore[attr-defined]


class DownloadForm(PurposeForm):
    agreed = forms.BooleanField(
        label="Ik houd mij aan deze voorwaarden",
        error_messages={"required": "Zonder deze voorwaarden krijgt u de opname niet mee."},
    )


class DisclosureForm(forms.Form):
    recipient = Line(
        label="Aan wie?",
        help_text="De organisatie en de functie. Noem geen namen van personen.",
        at_most=200,
        empty="Schrijf aan wie de opname is verstrekt.",
    )
    ground = OneOf(capitals(DisclosureGround), label="Op welke grondslag?", empty="Kies een artikel van de Wpg.")
    given_on = Day(label="Op welke dag?", empty="Kies de dag waarop de opname is verstrekt.")
    reasons = Text(
        label="Waarom?",
        help_text="Een of twee zinnen. Dit komt in het journaal.",
        at_most=SHORT,
        rows=3,
        empty="Schrijf waarom de opname is verstrekt.",
    )

    def __init__(self, data: object, *, first: date, last: date) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.first, self.last = first, last

    def clean_given_on(self) -> date:
        day: date = self.cleaned_data["given_on"]
        if not self.first <= day <= self.last:
            raise forms.ValidationError("Kies een dag tussen die van de opname en vandaag.")
        return day
