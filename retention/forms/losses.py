"""The form with which a privacy officer declares that a missing file is gone."""

from django import forms

from initiatives.forms.fields import SHORT, Text


class LossForm(forms.Form):
    reasons = Text(
        label="Hoe is het bestand verdwenen, en waarom weet u dat er niets meer is?",
        help_text="Staat bij het bewijs en in het journaal. Schrijf niet wie er in beeld was.",
        at_most=SHORT,
        rows=6,
        empty="Schrijf hoe het bestand is verdwenen, en waarom u weet dat er niets meer is.",
    )
