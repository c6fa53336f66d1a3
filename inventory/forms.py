"""The forms of the inventory: what the list is narrowed by, a new camera, and what became of one."""

from collections.abc import Collection
from typing import Any

from django import forms

from bodycams.forms import FilterForm
from initiatives.forms.register import Known, OneOf
from initiatives.models import Initiative
from inventory.models import Camera
from organisation.models import Unit

NOT_OURS = "Deze camera staat niet in de inventaris van uw eenheid. Voeg haar eerst toe."


class CameraFilter(FilterForm):
    """Which cameras are shown; empty means: it does not matter."""

    serienummer = forms.CharField(label="Serienummer", required=False, max_length=60)
    staat = OneOf("Staat", [("", "Alle"), *Camera.Status.choices])
    eenheid = Known("Eenheid", "Alle eenheden")
    narrowing = ("serienummer", "staat", "eenheid")

    def offer(self, units: list[tuple[str, str]]) -> None:
        """Let these units (code, name) be chosen."""
        widget: Any = self.fields["eenheid"].widget
        widget.choices = [*widget.choices, *units]


class CameraForm(forms.ModelForm):
    """A new camera of one of these units."""

    class Meta:
        model = Camera
        fields = ("serial", "vendor", "model_name", "unit", "origin", "initiative", "consent")
        labels = {"initiative": "Initiatief"}
        widgets = {"consent": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "serial": "Zoals het op de camera staat.",
            "initiative": "Nodig als de camera van een initiatief komt.",
            "consent": "Nodig als de camera van een ander is: wie stemde in, en wanneer. Een functie, geen naam.",
        }

    def __init__(self, data: Any, *, units: Collection[int]) -> None:
        super().__init__(data)
        of_the_highest = Unit.objects.of_the_highest_level().filter(pk__in=units).order_by("sort_name")
        filed = Initiative.objects.ever_filed().filter(unit_id__in=units).order_by("-number")
        for name, found, nothing in (
            ("unit", of_the_highest, "Kies een eenheid"),
            ("initiative", filed, "Geen initiatief"),
        ):
            field: Any = self.fields[name]
            field.queryset, field.empty_label = found, nothing
        origin: Any = self.fields["origin"]
        origin.choices = [("", "Kies een herkomst"), *Camera.Origin.choices]


class ChangeForm(forms.Form):
    """What became of a camera, and which other took its place."""

    status = forms.ChoiceField(label="Staat", choices=Camera.Status.choices, widget=forms.RadioSelect)
    replaced_by = forms.CharField(
        label="Vervangen door",
        help_text="Serienummer van de camera die haar plaats innam. Alleen als zij is vervangen.",
        required=False,
        max_length=60,
    )

    def __init__(self, data: Any, *, camera: Camera) -> None:
        super().__init__(data, initial={"status": camera.status, "replaced_by": camera.replaced_by})
        self.camera = camera

    def clean_replaced_by(self) -> Camera | None:
        serial = self.cleaned_data["replaced_by"]
        if not serial:
            return None
        found = Camera.objects.filter(serial=serial, unit=self.camera.unit_id).first()
        if found is None:
            raise forms.ValidationError(NOT_OURS)
        return found
