"""The form with which a run that waits is let go."""

from django import forms

from initiatives.forms.fields import SHORT, Text


class ReleaseForm(forms.Form):
    reasons = Text(
        label="Waarom klopt het?",
        help_text="Staat bij de controle en in het journaal.",
        at_most=SHORT,
        rows=4,
        empty="Schrijf in een of twee zinnen waarom het klopt.",
    )
