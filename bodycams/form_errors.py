"""What a form says when what was typed is missing or wrong: what to do, in short sentences, once for all forms.

Django's own Dutch ("Dit veld is verplicht.") says what is wrong and not what to do. A field may say it better still by
`error_messages`. Not here: what the rules of the procedure refuse (`rules.py` of the apps).
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
"""What people can mean by a day: outside of these a year was mistyped, and after the calendar's last no other comes."""

A_DAY: list[Callable[[Any], None]] = [
    MinValueValidator(FIRST_DAY, "Kies een dag na 1999."),
    MaxValueValidator(LAST_DAY, "Kies een dag vóór 2100."),
]

SENTENCES: dict[type[forms.Field], dict[str, str]] = {
    forms.Field: {"required": "Vul dit in."},
    forms.CharField: {"max_length": "Deze tekst is te lang: %(show_value)d tekens. Houd het bij %(limit_value)d."},
    forms.IntegerField: {
        "invalid": "Vul een heel getal in. Gebruik alleen cijfers.",
        "min_value": "Vul %(limit_value)s of meer in.",
        "max_value": "Vul %(limit_value)s of minder in.",
    },
    forms.DecimalField: {"invalid": "Vul een getal in. Gebruik alleen cijfers en een komma."},
    forms.DateField: {"invalid": "Vul een datum in die bestaat, bijvoorbeeld 31-12-2026."},
    forms.EmailField: {"invalid": "Vul een e-mailadres in, bijvoorbeeld functie@politie.nl."},
    forms.BooleanField: {"required": "Vink dit aan om verder te gaan."},
    forms.ChoiceField: {
        "required": "Maak een keuze.",
        "invalid_choice": "Kies een van de mogelijkheden die er staan.",
    },
    forms.MultipleChoiceField: {
        "required": "Vink minstens één mogelijkheid aan.",
        "invalid_choice": "Kies uit de mogelijkheden die er staan.",
    },
    forms.FileField: {
        "required": "Kies een bestand.",
        "empty": "Dit bestand is leeg. Kies een ander bestand.",
    },
}


def say_what_to_do() -> None:
    """Give every kind of field its sentences, and every day its bounds; asked once, when Django starts."""
    forms.DateField.default_validators = A_DAY
    for kind, sentences in SENTENCES.items():
        kind.default_error_messages = {**kind.default_error_messages, **sentences}
