"""Of which decisions the lead times are asked."""

from typing import Any

from bodycams.forms import FilterForm
from initiatives.forms.register import OneOf

FIRST_YEAR = 2015
ROUNDS = {"eerste": 1, "bezwaar": 2}


class LeadTimesForm(FilterForm):
    """Which decisions, of which year; this year and the first decisions when nothing is chosen."""

    button = ("Toon", "")
    besluit = OneOf("Besluit", [("", "Eerste besluit"), ("bezwaar", "Besluit op bezwaar")], usual="eerste")

    def __init__(self, given: Any, this_year: int) -> None:
        super().__init__(given)
        self.this_year = this_year
        earlier = [(str(year), str(year)) for year in range(this_year - 1, FIRST_YEAR - 1, -1)]
        self.fields["jaar"] = OneOf("Jaar", [("", str(this_year)), *earlier], usual=str(this_year))

    @property
    def round(self) -> int:
        return ROUNDS[self.cleaned_data["besluit"] or "eerste"]

    @property
    def year(self) -> int:
        return int(self.cleaned_data["jaar"] or self.this_year)
