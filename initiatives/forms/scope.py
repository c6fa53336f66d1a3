"""The questions of the scope check: which unit, and what is it about? What the answers mean is in `scope.py`."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from initiatives.choices import Kind, Outside
from initiatives.forms.fields import OneOf, SeveralOf, Text, with_notes
from organisation.models import Unit

NOTES: dict[str, str] = {
    Kind.PURCHASE: "Bodycams kopen, of er bodycams bij kopen.",
    Kind.REPLACEMENT: "Bodycams die kapot zijn, vervangen door hoogstens evenveel andere.",
    Kind.MAINTENANCE: "Een contract voor onderhoud verlengen of uitbreiden.",
    Kind.DEVELOPMENT: "Een bodycam of een toepassing ervan ontwikkelen, zelf of met een ander.",
    Kind.EXPERIMENT: "Bodycams op proef gebruiken, om ervan te leren.",
    Outside.NO_BODYCAM: "Bijvoorbeeld een camera die vastzit aan een gebouw of een voertuig.",
    Outside.USE: "De eenheid heeft de bodycams al en gebruikt ze in de dienst.",
    Outside.UPKEEP: "De eenheid heeft de bodycams al en onderhoudt ze onder een contract dat al loopt.",
}
"""What is meant by each answer, in plain words (S0-18, S0-41)."""


class ScopeForm(forms.Form):
    """`units` are those for which this person can file; `answers` are what is outside the procedure today."""

    says_optional = False

    unit = OneOf([], label="Eenheid", widget=forms.Select, empty="Kies een eenheid.")
    kinds = SeveralOf(
        Kind, label="Dit valt binnen de procedure", help_text="Kies alles wat klopt.", notes=NOTES, required=False
    )
    outside = OneOf([], label="Dit valt buiten de procedure", required=False)
    reasons = Text(
        label="Toelichting",
        help_text="Alleen als het erbuiten valt. Wat gaat u doen, en met welke camera’s?",
        rows=3,
        required=False,
    )

    def __init__(self, data: QueryDict | None, *, units: Sequence[Unit], answers: Sequence[Outside]) -> None:
        super().__init__(data, initial={"unit": units[0].code} if len(units) == 1 else {})
        blank = [] if len(units) == 1 else [("", "Kies een eenheid")]
        self.units: Mapping[str, Unit] = {unit.code: unit for unit in units}
        self.fields["unit"].choices = [*blank, *((unit.code, unit.name) for unit in units)]  # type: ignore[attr-defined]
        self.fields["outside"].choices = [*with_notes(answers, NOTES), ("", "Niets hiervan")]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kinds, outside = cleaned.get("kinds"), cleaned.get("outside")
        if kinds and outside == Outside.NO_BODYCAM:
            self.add_error("outside", "U koos ook iets dat binnen de procedure valt. Kies wat klopt.")
        elif not kinds and not outside and not {"kinds", "outside"} & set(self.errors):
            self.add_error("kinds", "Kies waar het over gaat, hier of bij ‘buiten de procedure’.")
        elif outside and not kinds and not cleaned.get("reasons") and "reasons" not in self.errors:
            self.add_error("reasons", "Schrijf in een paar zinnen op wat u gaat doen.")
        return cleaned

    @property
    def is_inside(self) -> bool:
        """Something of both is inside (T-03)."""
        return bool(self.cleaned_data["kinds"])

    @property
    def has_both(self) -> bool:
        return self.is_inside and bool(self.cleaned_data["outside"])


class KindsForm(forms.Form):
    """What is it after all, when it was outside before?"""

    kinds = SeveralOf(Kind, label="Wat is het dan?", help_text="Kies alles wat klopt.", notes=NOTES)
