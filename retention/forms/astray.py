"""The forms with which a privacy officer has files destroyed that have no recording."""

from django import forms

from initiatives.forms.fields import SHORT, Text

HELP = "Staat in het journaal. Schrijf niet wie er in beeld is."


class OrderForm(forms.Form):
    reasons = Text(
        label="Waarom kan dit bestand weg, en hoe weet u dat het bij geen opname hoort?",
        help_text=HELP,
        at_most=SHORT,
        rows=4,
        empty="Schrijf waarom dit bestand weg kan, en hoe u weet dat het bij geen opname hoort.",
    )


class ReleaseFilesForm(forms.Form):
    reasons = Text(
        label="Waarom klopt het dat het er zo veel zijn?",
        help_text=HELP,
        at_most=SHORT,
        rows=4,
        empty="Schrijf in een of twee zinnen waarom het klopt.",
    )
