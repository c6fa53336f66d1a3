"""Recordings in numbers, for who answers for them without seeing them: per unit, and what stands out."""

from collections.abc import Sequence
from functools import reduce
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bodycams.charts import Bar, Chart, bars
from bodycams.look import Heading, moment_html
from initiatives.words import thousands
from retention.forms.numbers import NumbersForm
from retention.numbers.incidents import Found, incidents
from retention.numbers.per_unit import Numbers, numbers, require_numbers
from retention.work.on_my_work import name_of, oldest
from workflow.clock import AMSTERDAM
from workflow.dates import weekday_in_words

COLUMNS = [
    Heading("Eenheid"),
    *(Heading(words, "n") for words in ("Binnengekomen", "Beoordeeld", "Zonder oordeel", "Wachten", "Over tijd")),
    Heading("Oudste die wacht"),
]
INCIDENT_COLUMNS = [Heading("Gebruikt"), Heading("Binnengekomen"), Heading("Camera"), Heading("Eenheid")]


@require_safe
def recording_numbers(request: HttpRequest) -> HttpResponse:
    """In, judged, waiting and overdue per unit; 28 days unless asked otherwise."""
    units = require_numbers(request.user)
    form = NumbersForm(request.GET)
    context: dict[str, Any] = {"form": form, "reset_url": request.path, "columns": COLUMNS, "lead": LEAD}
    if form.is_valid():
        at, found = numbers(units, form.period())
        total = reduce(Numbers.plus, found, Numbers("", "Alle eenheden"))
        here = at.astimezone(AMSTERDAM)
        context |= {
            "lead": f"{weekday_in_words(here.date()).capitalize()}, {here:%H.%M} uur. {LEAD}",
            "figures": _figures(total),
            "rows": [_row(unit) for unit in found],
            "total": _row(total) if len(found) > 1 else None,
            "chart": _chart(found),
            "held": _held(total.held),
            "incidents": [_incident(one) for one in incidents(units, form.period())],
            "incident_columns": INCIDENT_COLUMNS,
        }
    return render(request, "retention/recording_numbers.html", context, status=200 if form.is_valid() else 400)


LEAD = "Aantallen, geen opnamen: wie hier kijkt, ziet geen beeld en geen drager."


def _figures(total: Numbers) -> list[tuple[str, str, str]]:
    return [
        (thousands(total.arrived), "binnengekomen", ""),
        (thousands(total.judged), "beoordeeld", ""),
        (thousands(total.waiting), "wachten", ""),
        (thousands(total.unjudged), "vernietigd zonder oordeel", ""),
        (thousands(total.overdue), "over tijd", "late" if total.overdue else ""),
    ]


def _row(unit: Numbers) -> dict[str, Any]:
    return {
        "name": unit.name,
        "numbers": [thousands(number) for number in unit.counts[:4]],
        "overdue": thousands(unit.overdue),
        "is_late": bool(unit.overdue),
        "oldest": oldest(unit),
    }


def _chart(found: Sequence[Numbers]) -> Chart:
    drawn = bars(
        "Binnengekomen opnamen per eenheid: beoordeeld en niet beoordeeld",
        [Bar(name_of(unit), unit.judged, _rest(unit)) for unit in found],
        ["Eenheid", "Beoordeeld", "Wacht, of vernietigd zonder oordeel"],
    )
    return drawn._replace(rows=())


def _rest(unit: Numbers) -> int:
    return unit.arrived - unit.judged


def _held(count: int) -> str:
    if not count:
        return ""
    what = "Eén opname is" if count == 1 else f"{thousands(count)} opnamen zijn"
    return f"{what} voorbij de laatste dag, en er nog door een opschorting. Die tellen niet mee bij over tijd."


def _incident(found: Found) -> dict[str, Any]:
    return {
        "id": found.kind.name,
        "title": found.kind.title,
        "what": found.kind.what,
        "count": thousands(found.all),
        "rows": [
            (moment_html(one.used_from), moment_html(one.arrived_at), one.camera_serial, one.unit)
            for one in found.newest
        ],
        "left_out": thousands(found.all - len(found.newest)) if found.all > len(found.newest) else "",
    }
