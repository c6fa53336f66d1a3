"""Which day an overview is asked of."""

from datetime import date
from typing import Any

from django import forms

from bodycams.forms import DateInput
from initiatives.overview.approved import FIRST_DAY, why_not


class PeildatumForm(forms.Form):
    """`today` is the peildatum of who gives none, and the last one that can be given."""

    peildatum = forms.DateField(label="Peildatum", widget=DateInput)

    def __init__(self, given: Any, today: date) -> None:
        super().__init__({"peildatum": given.get("peildatum") or today})
        self.today = today
        self.fields["peildatum"].widget.attrs |= {"min": FIRST_DAY.isoformat(), "max": today.isoformat()}

    @property
    def refusal(self) -> str:
        """Why there is no overview of what was given, in one sentence."""
        return str(self.errors["peildatum"][0])

    def clean_peildatum(self) -> date:
        day: date = self.cleaned_data["peildatum"]
        if sentence := why_not(day, self.today):
            raise forms.ValidationError(sentence)
        return day
