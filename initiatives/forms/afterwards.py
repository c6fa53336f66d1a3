"""The forms of what comes after approval: the report of what became of it, and the evaluation of an experiment."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from bodycams.forms import FilterForm
from initiatives.choices import INDICATORS, Advice, CarriedOut, Effect
from initiatives.forms.assessment import remark
from initiatives.forms.fields import Day, Line, OneOf, Text, with_notes
from initiatives.models import Evaluation
from workflow.dates import day_in_words

OUTCOMES: dict[str, str] = {
    CarriedOut.DONE: "Het is gedaan zoals het is goedgekeurd.",
    CarriedOut.ENDED_EARLY: "Het is begonnen, en gestopt vóór het einde van de periode.",
    CarriedOut.NOT_DONE: "Het is nooit begonnen, en dat gebeurt ook niet meer.",
}
TEXTS = ("contribution", "best_use", "technique", "advice_reasons", "lessons")


class ExecutionForm(forms.Form):
    """`since` is the day of the permission: what became of it is of that day or later, and not of the future."""

    outcome = OneOf(with_notes(CarriedOut, OUTCOMES), label="Wat is ervan geworden?")
    on_day = Day(label="Sinds welke dag is dat zo?")
    sentence = Line(
        label="Toelichting",
        help_text="Eén zin. Die staat ook in het landelijk overzicht.",
        empty="Schrijf in één zin wat ervan is geworden.",
    )

    def __init__(self, data: Any, *, since: date, today: date) -> None:
        super().__init__(data)
        self.since, self.today = since, today

    def clean_on_day(self) -> date:
        day: date = self.cleaned_data["on_day"]
        if day > self.today:
            raise forms.ValidationError("Deze dag moet nog komen. Kies vandaag of een eerdere dag.")
        if day < self.since:
            raise forms.ValidationError(f"De toestemming is van {day_in_words(self.since)}. Kies een latere dag.")
        return day


class EvaluationForm(forms.Form):
    """May be saved half done; what is `required` is needed to submit it. `after` is the version that was opened."""

    says_optional = False

    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    contribution = Text(
        label="Welke bijdrage leverde de bodycam aan het politiewerk?",
        help_text="Noem ook wat tegenviel.",
    )
    best_use = Text(label="Wanneer kan de camera het best worden ingezet?")
    technique = Text(label="Aan welke technische aspecten moet worden voldaan?")
    research_partner = Line(label="Wie deed het onderzoek mee?", at_most=200, required=False)
    advice = OneOf(Advice.choices, label="Wat adviseert u?")
    advice_reasons = Text(label="Waarom adviseert u dat?", rows=4, required=False)
    lessons = Text(
        label="Wat moeten andere eenheden hiervan weten?",
        help_text="Alle contactpersonen lezen dit. Noem geen namen van personen.",
    )

    def __init__(self, data: Any, *, written: Evaluation | None, draft: bool = False) -> None:
        super().__init__(data, initial=_initial(written))
        for key, label in INDICATORS.items():
            self.fields[f"{key}_effect"] = OneOf(Effect.choices, label=label)
            self.fields[f"{key}_note"] = remark(label.lower())
        if draft:
            for field in self.fields.values():
                field.required = False

    @property
    def indicators(self) -> Iterator[tuple[BoundField, BoundField]]:
        return ((self[f"{key}_effect"], self[f"{key}_note"]) for key in INDICATORS)

    def answers(self) -> dict[str, Any]:
        """The columns of an evaluation: the indicators in one."""
        given = self.cleaned_data
        indicators = {
            key: {"effect": given[f"{key}_effect"], "note": given[f"{key}_note"]}
            for key in INDICATORS
            if given[f"{key}_effect"] or given[f"{key}_note"]
        }
        texts = {name: given[name] for name in (*TEXTS, "research_partner", "advice")}
        return {**texts, "indicators": indicators}


def _initial(written: Evaluation | None) -> dict[str, Any]:
    if written is None:
        return {"after": 0}
    filled = {name: getattr(written, name) for name in (*TEXTS, "research_partner", "advice")}
    for key, said in written.indicators.items():
        filled |= {f"{key}_effect": said["effect"], f"{key}_note": said["note"]}
    return {**filled, "after": written.version}


class LessonsForm(FilterForm):
    q = forms.CharField(
        label="Zoek in wat er is geleerd",
        required=False,
        max_length=200,
        widget=forms.TextInput({"placeholder": "bijvoorbeeld horeca, hond of meekijken"}),
    )
