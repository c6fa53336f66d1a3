"""The form by which a judge sends a file of recordings: its shape; what is in it is for `retention/intake`."""

from typing import Any, cast

from django import forms

from bodycams.uploads.arrival import MOST_BYTES, Arrived

CHOOSE = "Kies een CSV-bestand."


class Sheet(forms.FileField):
    """One file, as it came in."""

    widget = forms.FileInput(attrs={"accept": ".csv,text/csv"})

    def clean(self, data: Any, initial: Any = None) -> Arrived:
        if not data:
            raise forms.ValidationError(CHOOSE)
        if data.refusal:
            raise forms.ValidationError(data.refusal)
        return cast(Arrived, data)


class DeliverForm(forms.Form):
    file = Sheet(
        label="CSV-bestand",
        help_text=f"Hoogstens {MOST_BYTES >> 20} MB, met op de eerste regel de namen van de kolommen.",
    )
