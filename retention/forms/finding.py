"""What is looked for among the recordings, and which of those found are chosen."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html

from bodycams.forms import Choice, DateInput, FilterForm
from initiatives.forms.register import OneOf
from organisation.models import Unit
from retention.models import Recording
from retention.requests.finding import SHOWN, Sought
from retention.words import label_of, note_of
from retention.worklist.rows import line_of

AT_MOST = 200
"""So many recordings are held or linked at once."""


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class FindingForm(FilterForm):
    """Stands in the address of the page: it holds nothing of persons."""

    dag = forms.DateField(
        label="Dag",
        widget=DateInput,
        error_messages={"required": "Kies de dag waarop is gefilmd.", "invalid": "Dit is geen bestaande dag."},
    )
    van = forms.TimeField(label="Van (uur)", required=False, widget=TimeInput)
    tot = forms.TimeField(label="Tot (uur)", required=False, widget=TimeInput)
    eenheid = OneOf("Eenheid", [])
    camera = forms.CharField(label="Nummer van de camera", required=False, max_length=60)

    narrowing = ("dag", "van", "tot", "eenheid", "camera")

    def __init__(self, data: Any) -> None:
        super().__init__(data if any(data.get(name) for name in self.narrowing) else None)
        units = Unit.objects.of_the_highest_level().values_list("code", "name")
        self.fields["eenheid"].choices = [("", "Alle eenheden"), *units]  # type: ignore[attr-defined]

    def sought(self) -> Sought:
        given = self.cleaned_data
        return Sought(given["dag"], given["van"], given["tot"], given["eenheid"], given["camera"])


class ChosenRecordings(forms.Field):
    """Boxes, one for each recording that was found or chosen before; becomes the recordings, in one order for all."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(error_messages={"required": "Kies ten minste één opname."}, **kwargs)

    def offer(self, recordings: Iterable[Recording], at: datetime) -> None:
        self.widget.choices = [(str(one.pk), Choice(label_of(one), _note(one, at))) for one in recordings]

    def clean(self, value: Any) -> list[Recording]:
        asked = super().clean(value) or []
        found = list(chosen(asked))
        if len(asked) > AT_MOST:
            raise forms.ValidationError(f"Kies hoogstens {AT_MOST} opnamen tegelijk.")
        if len(found) != len(set(asked)):
            raise forms.ValidationError("Een van deze opnamen bestaat niet. Zoek opnieuw.")
        return found


def _note(recording: Recording, at: datetime) -> str:
    """Which one it is, and its 28 days."""
    return format_html("{} {}", note_of(recording), line_of(recording, at))


def chosen(asked: Iterable[str]) -> Iterable[Recording]:
    pks = [int(pk) for pk in asked if pk.isdecimal() and len(pk) < 19]
    return Recording.objects.filter(pk__in=pks).select_related("unit").order_by("pk")[:AT_MOST]


def to_choose_from(found: list[Recording], data: "MultiValueDict[str, str]") -> list[Recording]:
    """Those that were chosen already, and those that were found now."""
    before = list(chosen(data.getlist("opname")))
    return list(dict.fromkeys([*before, *found[:SHOWN]]))
