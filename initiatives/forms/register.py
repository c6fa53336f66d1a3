"""What is asked of the register, as it stands in the address of the page."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.http import urlencode

from bodycams.forms import DateInput, PeriodForm
from initiatives.choices import Kind, Support
from initiatives.procedure import Status
from initiatives.register.asked import NEWEST_FIRST, RETURNED, Asked
from initiatives.register.finding import sought

SIZES = [("", "50"), ("10", "10"), ("100", "100")]
STATUSES = [
    ("", "Alle statussen"),
    *((RETURNED, "Teruggestuurd") if value == Status.CONCEPT else (value, label) for value, label in Status.choices),
]
OTHER_ORDERS = [
    ("aangemeld", "Oudste eerst"),
    ("termijn", "Eerste termijn eerst"),
    ("-cameras", "Meeste camera’s eerst"),
    ("cameras", "Minste camera’s eerst"),
]
ORDERS = [("", "Nieuwste eerst"), *OTHER_ORDERS]
ORDERS_OF_WORDS = [("", "Beste eerst"), (NEWEST_FIRST, "Nieuwste eerst"), *OTHER_ORDERS]
"""Only words can be answered better or worse."""

Choices = list[tuple[str, str]]


class OneOf(forms.ChoiceField):
    """One out of a list; empty is the first. `usual` is what empty means, and may be written out in an address."""

    def __init__(self, label: str, choices: Choices, usual: str = "") -> None:
        super().__init__(label=label, required=False, choices=choices)
        self.usual = usual

    def valid_value(self, value: str) -> bool:
        return value == self.usual or super().valid_value(value)


class Known(forms.CharField):
    """One out of a list that is known only once the page is made (`RegisterForm.offer`); any other finds nothing."""

    def __init__(self, label: str, nothing: str, longest: int = 120) -> None:
        super().__init__(label=label, required=False, max_length=longest, widget=forms.Select(choices=[("", nothing)]))


def a_day(label: str) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=DateInput)


class RegisterForm(PeriodForm):
    q = forms.CharField(
        label="Zoek op nummer of woorden",
        help_text="“hele zin” zoekt precies, -horeca sluit uit",
        required=False,
        max_length=200,
        widget=forms.TextInput({"placeholder": "bijvoorbeeld horeca of BC-2026-0038"}),
    )
    eenheid = Known("Eenheid", "Alle eenheden", longest=20)
    soort = OneOf("Soort", [("", "Alle soorten"), *Kind.choices])
    status = OneOf("Status", STATUSES)
    van = a_day("Aangemeld van")
    tot = a_day("Aangemeld tot en met")
    leverancier = Known("Leverancier", "Alle leveranciers")
    ondersteuning = OneOf("Gevraagde ondersteuning", [("", "Maakt niet uit"), *Support.choices])
    sortering = OneOf("Volgorde", ORDERS, usual=NEWEST_FIRST)
    aantal = OneOf("Aantal per bladzijde", SIZES, usual="50")

    more_names = ("van", "tot", "leverancier", "ondersteuning", "sortering", "aantal")
    narrowing = ("q", "eenheid", "soort", "status", "van", "tot", "leverancier", "ondersteuning")

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        if sought(data.get("q", "")).words:
            self.fields["sortering"].choices = ORDERS_OF_WORDS  # type: ignore[attr-defined]

    def offer(self, units: Choices, vendors: list[str]) -> None:
        """Say between which units and vendors can be chosen."""
        for name, known in {"eenheid": units, "leverancier": [(vendor, vendor) for vendor in vendors]}.items():
            widget: Any = self.fields[name].widget
            widget.choices = [*widget.choices, *known]

    def asked(self) -> Asked:
        """What the register is asked; asked only of a form without errors."""
        given = self.cleaned_data
        return Asked(
            q=given["q"],
            unit=given["eenheid"],
            kind=given["soort"],
            status=given["status"],
            since=given["van"],
            until=given["tot"],
            vendor=given["leverancier"],
            support=given["ondersteuning"],
            sort=given["sortering"],
        )

    def address(self) -> str:
        """What narrows and orders the list, as the address of its first page has it behind the `?`; always written the
        same way. Asked only of a form without errors.
        """
        given = {name: self.cleaned_data[name] for name in self.narrowing}
        if self.order_in_words():
            given["sortering"] = self.cleaned_data["sortering"]
        return urlencode({name: str(value) for name, value in given.items() if value})

    def order_in_words(self) -> str:
        """The order that was chosen; empty when that is the usual one."""
        order: str = self.cleaned_data.get("sortering", "")
        return dict(self.fields["sortering"].choices).get(order, "") if order else ""  # type: ignore[attr-defined]

    def size(self) -> int:
        """How many rows stand on a page."""
        return int(self.cleaned_data["aantal"] or "50")
