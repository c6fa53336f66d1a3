"""How fast decisions are taken, in figures and charts with their tables, for who sees all files of the country."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from bodycams.charts import TILES, Bar, Chart, bars
from initiatives.forms.lead_times import LeadTimesForm
from initiatives.lead_times import LeadTimes, Pace, lead_times
from organisation.permissions import require
from organisation.roles import Perm
from workflow.clock import local_date, now


@require_safe
def lead_times_page(request: HttpRequest) -> HttpResponse:
    """Of one year and one sort of decision: this year's first decisions unless asked."""
    require(request.user, Perm.SEE_ALL_FILED)
    form = LeadTimesForm(request.GET, local_date(now()).year)
    address = reverse("lead-times")
    context: dict[str, Any] = {"form": form, "reset_url": address, "crumbs": [("Termijnen", reverse("terms"))]}
    if form.is_valid():
        found = lead_times(form.round, date(form.year, 1, 1), date(form.year, 12, 31))
        context |= {"figures": _figures(found), "year": str(form.year), "parts": _parts(found)}
        context["nothing"] = f"In {form.year} is nog geen besluit van deze soort genomen."
    return render(request, "initiatives/lead_times.html", context, status=200 if form.is_valid() else 400)


def _figures(found: LeadTimes) -> list[tuple[Any, str, str]]:
    if found.total is None:
        return []
    return [
        (found.total.decided, "besluit" if found.total.decided == 1 else "besluiten", ""),
        (found.total.share, "op tijd", ""),
        (found.total.late, "te laat", "late" if found.total.late else ""),
        (found.total.median, "dagen, de mediaan", ""),
    ]


def _parts(found: LeadTimes) -> list[dict[str, Any]]:
    """Both ways to take the decisions apart, each with its two charts."""
    return [
        {"id": name, "title": f"Per {name}", "in_time": _in_time(paces, name), "median": _median(paces, name)}
        for name, paces in (("eenheid", found.units), ("soort", found.kinds))
        if paces
    ]


def _in_time(paces: Sequence[Pace], name: str) -> Chart:
    drawn = bars(
        f"Besluiten op tijd en te laat per {name}",
        [Bar(_short(pace), pace.in_time, pace.late) for pace in paces],
        [name.capitalize(), "Op tijd", "Te laat"],
    )
    rows = [(pace.name, f"{pace.in_time} van {pace.decided} ({pace.share})", pace.median) for pace in paces]
    return drawn._replace(head=[name.capitalize(), "Op tijd", "Mediaan"], rows=rows)


def _median(paces: Sequence[Pace], name: str) -> Chart:
    values = [Bar(_short(pace), pace.median) for pace in paces]
    return bars(f"Mediaan van het aantal dagen per {name}", values, [name.capitalize(), "Dagen"])


def _short(pace: Pace) -> str:
    """A name that fits beside a bar."""
    return TILES[pace.code].name if pace.code in TILES else capfirst(pace.name)
