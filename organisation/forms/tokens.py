"""What is asked when a token for the API is made: the shape; whether it is allowed is for `tokens.py`."""

from datetime import date
from typing import Any

from django import forms

from bodycams.forms import DateInput
from organisation.models import ApiToken, Unit
from workflow.dates import add_days

USUALLY = 365
"""Days from today on which a token ends, unless another day is chosen."""


class TokenForm(forms.Form):
    name = forms.CharField(
        label="Naam",
        help_text="Noem het programma dat ermee werkt, niet een persoon. Bijvoorbeeld: rapportage Audit.",
        max_length=80,
    )
    role = forms.ChoiceField(
        label="Wat het programma doet",
        choices=[
            (ApiToken.Role.READER, "lezen: het register, het overzicht en gegevens van opnamen, zonder drager"),
            (ApiToken.Role.DOCK, "opnamen aanleveren; het leest niets anders dan wat daarvan werd"),
        ],
        widget=forms.RadioSelect(),
    )
    unit = forms.ModelChoiceField(
        label="Eenheid",
        help_text="Kies een eenheid als het programma alleen daarvan mag lezen, of alleen daarvoor mag aanleveren.",
        queryset=Unit.objects.none(),
        required=False,
        empty_label="alle eenheden",
    )
    valid_until = forms.DateField(
        label="Laatste dag",
        help_text="Op deze dag werkt het token nog. Hoogstens een jaar vooruit.",
        widget=DateInput(),
    )

    def __init__(self, given: Any, *, units: Any, today: date) -> None:
        super().__init__(given, initial={"valid_until": add_days(today, USUALLY), "role": ApiToken.Role.READER})
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
