"""What is asked of the list of recordings, as it stands in the address of the page."""

from collections.abc import Mapping
from typing import Any

from django import forms

from bodycams.forms import FilterForm
from initiatives.forms.register import Known, OneOf, a_day
from retention.choices import Place
from retention.procedure import Status
from retention.worklist.asked import ALL, ENDING, OVERDUE, Asked

SIZES = [("", "50"), ("10", "10"), ("100", "100")]
STATES = [
    ("", "Te beoordelen"),
    (Status.NOODZAKELIJK.value, "Noodzakelijk"),
    (ENDING, "Noodzakelijk, loopt binnen 28 dagen af"),
    (Status.NIET_NOODZAKELIJK.value, "Niet noodzakelijk"),
    (OVERDUE, "Over tijd"),
    (Status.VERNIETIGD.value, "Vernietigd"),
    (ALL, "Alle opnamen"),
]
REMOVED = (Status.VERWIJDERD.value, Status.VERWIJDERD.label)
"""Out of use: seen by a privacy officer only."""
WITHIN = [("", "Maakt niet uit"), ("0", "Vandaag"), ("3", "Binnen 3 dagen"), ("7", "Binnen 7 dagen")]
PLACES = [("", "Alle plaatsen"), *((value, label.capitalize()) for value, label in Place.choices)]
MARKS = [
    ("", "Maakt niet uit"),
    ("geen_uitzondering", "Woning of erf, geen uitzondering"),
    ("niet_aangekondigd", "Niet aangekondigd"),
    ("klok_onjuist", "Klok van de camera klopt niet"),
    ("laat_aangeleverd", "Laat aangeleverd"),
    ("zonder_bestand", "Bestand na 48 uur niet binnen"),
    ("opgeschort", "Opschorting"),
]


class WorklistForm(FilterForm):
    q = forms.CharField(label="Zoek op kenmerk", required=False, max_length=120)
    staat = OneOf("Wat u ziet", STATES, usual=Status.TE_BEOORDELEN)
    sluit = OneOf("Beoordelen sluit", WITHIN)
    eenheid = Known("Eenheid", "Alle eenheden", longest=20)
    voor = a_day("Sluit vóór")
    plaats = OneOf("Plaats", PLACES)
    merk = OneOf("Valt op", MARKS)
    camera = forms.CharField(label="Camera", required=False, max_length=60)
    aantal = OneOf("Aantal per bladzijde", SIZES, usual="50")

    narrowing = ("q", "staat", "sluit", "eenheid", "voor", "plaats", "merk", "camera")

    def __init__(self, data: Mapping[str, Any], units: list[tuple[str, str]], *, guards: bool) -> None:
        """`guards`: for a privacy officer, who sees what is out of use too."""
        super().__init__(data)
        self.more_names = ("voor", "plaats", "merk", "camera", "aantal")
        if guards:
            self.fields["staat"].choices = [*STATES[:4], REMOVED, *STATES[4:]]  # type: ignore[attr-defined]
        if len(units) > 1:
            widget: Any = self.fields["eenheid"].widget
            widget.choices = [*widget.choices, *units]
        else:
            del self.fields["eenheid"]

    def asked(self) -> Asked:
        """What the list is asked; asked only of a form without errors."""
        given = self.cleaned_data
        return Asked(
            q=given["q"],
            state=given["staat"],
            within=int(given["sluit"]) if given["sluit"] else None,
            before=given["voor"],
            place=given["plaats"],
            camera=given["camera"],
            mark=given["merk"],
        )

    def unit(self) -> str:
        """The code of the one unit that is asked for; empty for all."""
        code: str = self.cleaned_data.get("eenheid", "")
        return code

    def size(self) -> int:
        return int(self.cleaned_data["aantal"] or "50")
