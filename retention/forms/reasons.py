"""The forms of a privacy officer that ask for nothing but reasons: to let a run go on that waits, to have files without
a recording destroyed, to declare that a missing file is gone.
"""

from django import forms

from initiatives.forms.fields import SHORT, Text

IN_THE_JOURNAL = "Staat in het journaal. Schrijf niet wie er in beeld is."
WHY_IT_IS_RIGHT = "Schrijf in een of twee zinnen waarom het klopt."


class ReleaseForm(forms.Form):
    """A run that waits for its number or for the clock."""

    reasons = Text(
        label="Waarom klopt het?",
        help_text="Staat bij de controle en in het journaal.",
        at_most=SHORT,
        rows=4,
        empty=WHY_IT_IS_RIGHT,
    )


class ReleaseFilesForm(forms.Form):
    """Files without a recording, more than go by themselves."""

    reasons = Text(
        label="Waarom klopt het?",
        help_text=IN_THE_JOURNAL,
        at_most=SHORT,
        rows=4,
        empty=WHY_IT_IS_RIGHT,
    )


class OrderForm(forms.Form):
    """One file without a recording, before its time."""

    reasons = Text(
        label="Waarom kan dit bestand weg, en hoe weet u dat het bij geen opname hoort?",
        help_text=IN_THE_JOURNAL,
        at_most=SHORT,
        rows=4,
        empty="Schrijf waarom dit bestand weg kan, en hoe u weet dat het bij geen opname hoort.",
    )


class LossForm(forms.Form):
    """A file that is missing."""

    reasons = Text(
        label="Hoe is het bestand verdwenen, en waarom weet u dat er niets meer is?",
        help_text="Staat bij het bewijs en in het journaal. Schrijf niet wie er in beeld was.",
        at_most=SHORT,
        rows=6,
        empty="Schrijf hoe het bestand is verdwenen, en waarom u weet dat er niets meer is.",
    )
