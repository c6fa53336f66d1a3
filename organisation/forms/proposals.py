"""The forms of what two people do together: the end of a unit, and the answer to any proposal."""

from datetime import date
from typing import Any

from django import forms

from bodycams.forms import Choice, DateInput
from organisation.models import Outcome, Unit

SHORT = 2_000
ANSWERS = [
    (Outcome.CONFIRMED.value, Choice("Bevestigen", "Het voorstel gaat in op de dag die erbij staat.")),
    (Outcome.REFUSED.value, Choice("Weigeren", "Er verandert niets.")),
]


def _reasons(**more: Any) -> forms.CharField:
    return forms.CharField(label="Waarom?", max_length=SHORT, widget=forms.Textarea(attrs={"rows": 3}), **more)


class AnswerForm(forms.Form):
    """What somebody answers to a proposal. Whoever made it can only withdraw it, and is not asked which."""

    outcome = forms.ChoiceField(
        label="Uw antwoord",
        choices=ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een van de antwoorden."},
    )
    reasons = _reasons(required=False, help_text="Nodig als u weigert.")

    def __init__(self, *args: Any, is_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_own:
            del self.fields["outcome"]
            self.fields["reasons"].help_text = ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["outcome"] = Outcome(cleaned.get("outcome") or Outcome.WITHDRAWN)
        if cleaned["outcome"] == Outcome.REFUSED and not cleaned.get("reasons"):
            self.add_error("reasons", "Leg uit waarom u weigert.")
        return cleaned


class EndingForm(forms.Form):
    """When a unit ends, and in which it goes up."""

    last_day = forms.DateField(
        label="Laatste dag", help_text="De dag erna gaat alles over naar de opvolger.", widget=DateInput
    )
    successor = forms.ModelChoiceField(
        label="Opvolger",
        queryset=Unit.objects.none(),
        required=False,
        empty_label="Geen: de eenheid houdt op te bestaan",
        help_text="Bestaat de opvolger nog niet? Maak die eerst.",
    )
    reasons = _reasons(help_text="Noem het besluit.")

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        same_level = Unit.objects.filter(parent__isnull=unit.parent_id is None, successor=None).exclude(pk=unit.pk)
        successor: Any = self.fields["successor"]
        successor.queryset = same_level.filter(valid_until=None).select_related("parent")
        successor.label_from_instance = lambda one: f"{one.name} ({one.parent.name})" if one.parent else one.name


class UnitForm(forms.Form):
    """A unit that did not exist before."""

    name = forms.CharField(label="Naam", max_length=120)
    code = forms.RegexField(
        r"^[A-Z][A-Z0-9-]{1,19}$",
        label="Code",
        help_text="Hoofdletters, cijfers en streepjes. De code verandert nooit.",
        error_messages={"invalid": "Begin met een hoofdletter. Gebruik alleen hoofdletters, cijfers en streepjes."},
    )
    kind = forms.ChoiceField(label="Soort", choices=Unit.Kind.choices)
    parent = forms.ModelChoiceField(
        label="Valt onder", queryset=Unit.objects.none(), required=False, empty_label="niets: van het hoogste niveau"
    )
    valid_from = forms.DateField(label="Bestaat vanaf", widget=DateInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent: Any = self.fields["parent"]
        parent.queryset = Unit.objects.existing_on(today)
