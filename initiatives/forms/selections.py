"""The name of a saved selection."""

from typing import Any

from django import forms

from initiatives.forms.fields import Line
from initiatives.models import SavedSelection


class SelectionForm(forms.Form):
    name = Line(
        label="Naam",
        help_text="Zo vindt u de selectie terug. Alleen u ziet haar.",
        at_most=SavedSelection._meta.get_field("name").max_length or 0,
        empty="Geef de selectie een naam.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "off"
