"""What is asked of the journal, as it stands in the address of the page."""

from datetime import timedelta
from typing import Any

from django import forms

from bodycams.forms import DateInput, PeriodForm
from journal.models import Result
from journal.objects import KINDS
from journal.search import Asked, actions
from workflow.clock import midnight

RESULTS = {
    Result.TAKEN: "gedaan",
    Result.SEEN: "alleen ingezien",
    Result.REFUSED: "geweigerd",
    Result.FAILED: "mislukt",
}


class JournalForm(PeriodForm):
    wie = forms.CharField(label="Wie (personeelsnummer)", required=False, max_length=20)
    wat = forms.ChoiceField(label="Wat", required=False)
    soort = forms.ChoiceField(label="Waarover", required=False)
    waarop = forms.CharField(
        label="Welk nummer",
        required=False,
        max_length=80,
        widget=forms.TextInput({"placeholder": "bijvoorbeeld BC-2026-0038"}),
    )
    van = forms.DateField(label="Van", required=False, widget=DateInput)
    tot = forms.DateField(label="Tot en met", required=False, widget=DateInput)
    uitkomst = forms.ChoiceField(label="Hoe het afliep", required=False, choices=[("", "Alles"), *RESULTS.items()])

    more_names = ("van", "tot", "uitkomst")

    def __init__(self, data: Any, parts: tuple[str, ...] | None) -> None:
        super().__init__(data)
        kinds = {code: kind.label for code, kind in KINDS.items() if parts is None or code.partition(".")[0] in parts}
        choices: dict[str, list[tuple[str, str]]] = {
            "wat": [("", "Alles"), *((action, words(action)) for action in actions())],
            "soort": [("", "Alles"), *sorted(kinds.items(), key=lambda kind: kind[1])],
        }
        for name, known in choices.items():
            field: Any = self.fields[name]
            field.choices = known

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("waarop") and not given.get("soort"):
            self.add_error("soort", "Kies waarover het gaat: dit nummer kan van alles zijn.")
        return given

    def asked(self) -> Asked:
        """What the journal is asked; asked only of a form without errors."""
        given = self.cleaned_data
        return Asked(
            actor=given["wie"],
            action=given["wat"],
            result=given["uitkomst"],
            kind=given["soort"],
            about=given["waarop"],
            since=midnight(given["van"]) if given["van"] else None,
            before=midnight(given["tot"] + timedelta(days=1)) if given["tot"] else None,
        )


def words(action: str) -> str:
    """The code of an action as people read it."""
    return action.replace("_", " ").capitalize()
