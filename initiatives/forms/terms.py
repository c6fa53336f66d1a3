"""What is asked of the calendar of terms: which term, which year, and a day that a decree equates with a holiday."""

from datetime import date
from typing import Any

from django import forms

from bodycams.forms import SELECT
from initiatives.decree_days import why_not_added
from initiatives.forms.fields import Day, Line, OneOf, Text
from workflow.terms import KINDS, length_in_words

NAMES = {
    "first_decision": "Eerste besluit",
    "objection": "Bezwaar maken",
    "objection_decision": "Besluit op bezwaar",
    "late_objection_decision": "Besluit op een te laat bezwaar",
    "access_request": "Verzoek om kennisneming",
    "correction_request": "Verzoek om aanpassing of verwijdering",
}
YEARS = range(2011, 2101)
"""The register has no terms before 2011; where it ends is only a bound."""


def _choice(name: str) -> str:
    kind = KINDS[name]
    return f"{NAMES[name]}: {length_in_words(kind.days)} na {kind.event}"


class TermForm(forms.Form):
    """Which term begins on which day."""

    soort = OneOf(
        [(name, _choice(name)) for name in NAMES],
        label="Welke termijn?",
        empty="Kies een termijn.",
        widget=forms.Select(attrs={"class": SELECT}),
    )
    begin = Day(
        label="Wanneer begint hij?",
        help_text="De dag van de aanmelding, de bekendmaking of de ontvangst. Die dag telt zelf niet mee.",
        empty="Kies de dag waarop de termijn begint.",
    )

    def clean_begin(self) -> date:
        day: date = self.cleaned_data["begin"]
        if day.year not in YEARS:
            raise forms.ValidationError(f"Kies een dag in de jaren {YEARS[0]} tot en met {YEARS[-1]}.")
        return day


class DecreeDayForm(forms.Form):
    """A day that is to be equated with a holiday. `gezien` is the mark of the consequences that were shown."""

    dag = Day(label="Welke dag?", empty="Kies een dag.")
    vindplaats = Line(
        label="In welk besluit staat dat?",
        help_text="Bijvoorbeeld: Besluit van 27 juni 2025, Stb. 2025, 210.",
        empty="Schrijf in welk besluit dit staat.",
    )

    def clean_dag(self) -> date:
        day: date = self.cleaned_data["dag"]
        if day.year not in YEARS:
            raise forms.ValidationError(f"Kies een dag in de jaren {YEARS[0]} tot en met {YEARS[-1]}.")
        if why := why_not_added(day):
            raise forms.ValidationError(why)
        return day

    def hidden(self) -> list[Any]:
        """The fields as they go along, unseen, with what must be confirmed."""
        return [self[name].as_hidden() for name in self.fields]


class RemoveDayForm(forms.Form):
    redenen = Text(label="Waarom haalt u deze dag weg?", rows=3, empty="Leg uit waarom.")
