"""The forms of support work: what is looked for in the list, and what the project leader writes about a piece of it."""

from datetime import date
from typing import Any

from django import forms

from bodycams.forms import FilterForm
from initiatives.choices import Progress, Support
from initiatives.forms import fields
from initiatives.forms.register import Known, OneOf
from initiatives.models import SupportWork


class SupportFilter(FilterForm):
    """Which pieces of work are shown; empty means: it does not matter."""

    soort = OneOf("Soort ondersteuning", [("", "Alle soorten"), *Support.choices])
    stand = OneOf("Stand", [("", "Open, loopt en afgerond"), *Progress.choices])
    eenheid = Known("Eenheid", "Alle eenheden")
    narrowing = ("soort", "stand", "eenheid")

    def offer(self, units: list[tuple[str, str]]) -> None:
        """Let these units (code, name) be chosen."""
        widget: Any = self.fields["eenheid"].widget
        widget.choices = [*widget.choices, *units]


class SupportForm(forms.Form):
    """A line about a piece of work. `lines` is how many there were when the form was opened."""

    progress = fields.OneOf(Progress.choices, label="Hoe staat het ervoor?")
    responsible = fields.Line(
        at_most=120,
        label="Wie is verantwoordelijk?",
        help_text="Een functie of afdeling, geen naam. Bijvoorbeeld: afdeling Inkoop.",
    )
    due_on = fields.Day(required=False, label="Wanneer moet het klaar zijn?", help_text="Nodig zodra het werk loopt.")
    note = fields.Text(
        label="Wat is er gebeurd?",
        help_text="Deze tekst staat woord voor woord in het dossier. De eenheid krijgt er bericht van.",
    )
    lines = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, work: SupportWork, today: date) -> None:
        given = {name: getattr(work, name) for name in ("progress", "responsible", "due_on", "lines")}
        super().__init__(data, initial=given)
        self.work, self.today = work, today

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        due_on = given.get("due_on")
        if given.get("progress") == Progress.RUNNING and not due_on and "due_on" not in self.errors:
            self.add_error("due_on", "Kies een dag. Zonder dag kan het werk niet lopen.")
        if due_on and due_on < self.today and due_on != self.work.due_on:
            self.add_error("due_on", "Kies een dag vanaf vandaag.")
        return given

    def answers(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("progress", "responsible", "due_on", "note")}

    def going_on_from(self, work: SupportWork) -> "SupportForm":
        """The same answers, as a form about how `work` stands now."""
        again = SupportForm(None, work=work, today=self.today)
        again.initial = {**again.initial, **self.answers()}
        return again
