"""The forms of the pages about policy: which day is asked about, a change of a rule, and the answer to a proposal."""

from datetime import date, timedelta
from typing import Any

from django import forms

from bodycams.forms import Choice, DateInput
from initiatives.choices import Kind, Place
from initiatives.forms.fields import SHORT, Day, Line, OneOf, Text
from initiatives.policy_checks import CEILING, CHECKS, counted_from
from initiatives.words import thousands
from organisation.models import PolicyRule

CAMERAS_AT_MOST = 1_000_000
PARAMETERS = {"cameras", "places", "kinds"}
"""What people can change of a rule, when it has it."""

MODES = [
    (PolicyRule.Mode.BLOCKS.value, Choice("Blokkeert", "Wie niet voldoet, kan niet verder.")),
    (PolicyRule.Mode.WARNS.value, Choice("Waarschuwt", "De projectleider geeft antwoord op de waarschuwing.")),
]


class DayForm(forms.Form):
    datum = forms.DateField(label="Regels op", widget=DateInput, help_text="Kies een dag om te zien wat toen gold.")


class ChangeForm(forms.Form):
    """A new version of a rule, beginning from what the last one says. Which fields there are depends on the rule."""

    valid_from = Day(
        label="Geldt vanaf",
        help_text="Mag in het verleden liggen. Een dossier wordt beoordeeld naar de dag waarop het is aangemeld.",
    )
    valid_until = Day(label="Geldt tot en met", required=False, help_text="Leeg: tot er een nieuwe versie is.")
    mode = OneOf(MODES, label="Werking")
    cameras = forms.IntegerField(
        label="Plafond in camera’s",
        min_value=1,
        max_value=CAMERAS_AT_MOST,
        error_messages={"max_value": f"Vul {thousands(CAMERAS_AT_MOST)} of minder in."},
    )
    places = forms.MultipleChoiceField(label="Plaatsen", choices=Place.choices, widget=forms.CheckboxSelectMultiple)
    kinds = forms.MultipleChoiceField(
        label="Voor welke soorten initiatief", choices=Kind.choices, widget=forms.CheckboxSelectMultiple
    )
    sentence = Text(label="De regel in één zin", at_most=SHORT, rows=3)
    citation = Line(label="Bron", at_most=300, help_text="De brief of het besluit waar de regel in staat.")
    reasons = Text(label="Waarom verandert u deze regel?", at_most=SHORT, rows=3)

    def __init__(self, *args: Any, last: PolicyRule, today: date, **kwargs: Any) -> None:
        said = {name: last.parameters[name] for name in PARAMETERS if name in last.parameters}
        super().__init__(*args, **kwargs)
        self.last = last
        self.initial = {**last.said(), **said, "valid_from": today + timedelta(days=1), "valid_until": None}
        for name in PARAMETERS - said.keys():
            del self.fields[name]
        if last.code not in CHECKS:
            del self.fields["mode"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("valid_from"), cleaned.get("valid_until")
        if since and until and until < since:
            self.add_error("valid_until", "De laatste dag ligt voor de eerste dag.")
        return cleaned

    def version(self) -> PolicyRule:
        """What was typed, as a version that is not saved."""
        typed = self.cleaned_data
        said: dict[str, Any] = {name: typed[name] for name in PARAMETERS if name in typed}
        if self.last.code == CEILING:
            said["since"] = counted_from(self.last).isoformat()
        return PolicyRule(
            code=self.last.code,
            sentence=typed["sentence"],
            citation=typed["citation"],
            mode=typed.get("mode", self.last.mode),
            parameters={**self.last.parameters, **said},
            valid_from=typed["valid_from"],
            valid_until=typed["valid_until"],
        )
