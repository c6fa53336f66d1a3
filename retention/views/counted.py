"""Two pages of counts: judgements at the end of the shift, and recordings kept to look into what a colleague did."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.views.decorators.http import require_safe

from bodycams.look import Heading
from initiatives.words import thousands
from organisation.requests import Request
from retention.numbers import counted
from retention.numbers.per_unit import require_numbers
from workflow.dates import month_in_words

NUMBERS = ("Opnamen in cijfers", reverse_lazy("recording-numbers"))
SHIFTS = [
    Heading("Maand"),
    Heading("Eenheid"),
    *(Heading(words, "n") for words in ("Binnengekomen", "Niet zinvol", "Vernietigd", "Zonder oordeel")),
]
YEARS = [Heading("Jaar"), Heading("Eenheid"), Heading("Opnamen", "n"), Heading("Stukken")]


@require_safe
def end_of_shift(request: Request) -> HttpResponse:
    """Per month and team, of the own unit or of all."""
    found = counted.end_of_shift(require_numbers(request.user))
    rows = [
        {
            "month": month_in_words(one.month).capitalize(),
            "unit": one.unit,
            "numbers": [thousands(number) for number in (one.arrived, one.judged, one.destroyed, one.without)],
            "teams": ", ".join(f"{team}: {thousands(count)}" for team, count in one.teams),
        }
        for one in found
    ]
    context = {"crumbs": [NUMBERS], "columns": SHIFTS, "rows": rows, "months": counted.MONTHS}
    return render(request, "retention/end_of_shift.html", context)


@require_safe
def staff_followed(request: Request) -> HttpResponse:
    """Per year, for the works council, of the own unit or of all."""
    found = counted.staff_followed(require_numbers(request.user))
    context = {"crumbs": [NUMBERS], "columns": YEARS, "rows": found}
    return render(request, "retention/staff_followed.html", context)
