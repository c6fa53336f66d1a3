"""Which day an overview is asked of, and with which earlier day it is compared."""

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


class OverviewForm(PeildatumForm):
    """On the page one may also ask what changed since an earlier day."""

    sinds = forms.DateField(label="Vergelijk met", widget=DateInput, required=False)

    def __init__(self, given: Any, today: date) -> None:
        super().__init__(given, today)
        self.data = {**self.data, "sinds": given.get("sinds", "")}
        self.fields["sinds"].widget.attrs |= {"min": FIRST_DAY.isoformat(), "max": today.isoformat()}

    def clean_sinds(self) -> date | None:
        since: date | None = self.cleaned_data["sinds"]
        peildatum = self.cleaned_data.get("peildatum")
        if since and peildatum and since >= peildatum:
            raise forms.ValidationError("Kies een dag die vóór de peildatum ligt.")
        if since and (sentence := why_not(since, self.today)):
            raise forms.ValidationError(sentence)
        return since
