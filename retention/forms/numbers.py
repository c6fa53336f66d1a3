"""Over which days the numbers of recordings are asked."""

from datetime import timedelta

from bodycams.forms import FilterForm
from initiatives.forms.register import OneOf

PERIODS = [
    ("", "Laatste 28 dagen"),
    ("7", "Laatste 7 dagen"),
    ("91", "Laatste 13 weken"),
    ("365", "Laatste 12 maanden"),
]


class NumbersForm(FilterForm):
    button = ("Toon", "")
    periode = OneOf("Binnengekomen in", PERIODS, usual="28")

    def period(self) -> timedelta:
        return timedelta(days=int(self.cleaned_data["periode"] or "28"))
