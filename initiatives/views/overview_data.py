"""The national overview as data, and how any of its files is handed over: that somebody took it stands in the journal
first.
"""

import hashlib
from datetime import date

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bodycams.downloads import headers_only, only_asks_about
from initiatives.forms.overview import PeildatumForm
from initiatives.overview.approved import Overview, overview_on
from initiatives.overview.data import as_csv, as_json
from journal.write import record
from organisation.permissions import capacity_with, require
from organisation.requests import Request
from organisation.roles import Perm
from workflow.clock import local_date, now
from workflow.dates import day_in_words

DATA = {"json": as_json, "csv": as_csv}
TYPES = {"pdf": "application/pdf", "json": "application/json", "csv": "text/csv; charset=utf-8"}


@require_safe
def overview_data(request: Request, kind: str) -> HttpResponseBase:
    """The same JSON or CSV as inside the PDF of that day."""
    require(request.user, Perm.SEE_OVERVIEW)
    if kind not in DATA:
        raise Http404
    form = PeildatumForm(request.GET, local_date(now()))
    if not form.is_valid():
        return render(request, "400.html", {"reason": form.refusal}, status=400)
    peildatum = form.cleaned_data["peildatum"]
    if only_asks_about(request):
        return headers_only(TYPES[kind], _name(peildatum, kind))
    found = overview_on(peildatum)
    return sent(request, found, DATA[kind](found), kind)


def sent(request: Request, found: Overview, content: bytes, kind: str) -> HttpResponse:
    """Recorded first: nobody has it without a trace."""
    capacity = capacity_with(request.user, Perm.SEE_OVERVIEW)
    day = day_in_words(found.peildatum)
    record(
        "overzicht_gedownload",
        f"{capacity.title} heeft het overzicht met peildatum {day} gedownload als {kind.upper()}.",
        actor=request.user,
        role=capacity.role,
        unit=capacity.unit,
        data={
            "peildatum": found.peildatum.isoformat(),
            "kind": kind,
            "sha256": hashlib.sha256(content).hexdigest(),
            "initiatives": len(found.rows),
        },
    )
    name = _name(found.peildatum, kind)
    return HttpResponse(
        content, content_type=TYPES[kind], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _name(peildatum: date, kind: str) -> str:
    return f"goedgekeurde-initiatieven-{peildatum}.{kind}"
