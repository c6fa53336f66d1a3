"""A judge sends a file of recordings: sees how far it is, what would happen, says yes, and sees what became of it."""

import csv
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.views.decorators.http import require_http_methods, require_safe

from bodycams.being_made import looking_again
from bodycams.downloads import headers_only, only_asks_about
from bodycams.errors import conflict
from bodycams.middleware import without_control_characters
from initiatives.words import thousands
from journal.write import record
from organisation.permissions import capacity_with, require
from organisation.requests import Request
from organisation.roles import Perm
from retention.clock import now
from retention.forms.deliver import DeliverForm
from retention.intake.batch import Result
from retention.intake.deliveries import REJECTED_AT_MOST, NotPossible, confirm, offer
from retention.intake.fields import FIELDS
from retention.models import Delivery

CRUMBS = [("Opnamen", reverse_lazy("recordings"))]
SHOWN = 10
REJECTED = (Result.REFUSED, Result.CONFLICT, Result.FORBIDDEN)
CSV = "text/csv; charset=utf-8"


@require_http_methods(["GET", "HEAD", "POST"])
def deliver(request: Request) -> HttpResponse:
    require(request.user, Perm.JUDGE_RECORDINGS)
    form = DeliverForm(*((request.POST, request.FILES) if request.method == "POST" else (None, None)))
    if form.is_valid():
        file = form.cleaned_data["file"]
        name = " ".join(without_control_characters(file.name or "").split())[-150:] or "opnamen.csv"
        try:
            return redirect("delivery", offer(file.read(), name, by=request.user, at=now()).pk)
        except NotPossible as refused:
            form.add_error("file", str(refused))
    recent = Delivery.objects.filter(by=request.user).defer("content", "rejected")[:SHOWN]
    context = {"form": form, "recent": recent, "fields": FIELDS, "crumbs": CRUMBS}
    return render(request, "retention/deliver.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def delivery(request: Request, pk: int) -> HttpResponse:
    """How far it is, what would happen, or what happened. POST: take it in."""
    found = _own(request, pk)
    if request.method == "POST":
        try:
            confirm(found, at=now())
        except NotPossible as refused:
            return conflict(request, str(refused))
        messages.success(request, "Het bestand wordt ingelezen.")
        return redirect("delivery", pk)
    response = render(request, "retention/delivery.html", _told(found))
    return looking_again(response) if found.is_waiting else response


@require_safe
def rejected_lines(request: Request, pk: int) -> HttpResponseBase:
    """The lines that did not go in, as CSV: number and reason, nothing of what stood there."""
    found = _own(request, pk)
    if not found.rejected:
        raise Http404("Van dit bestand is geen regel afgewezen.")
    name = f"afgewezen-{pk}.csv"
    if only_asks_about(request):
        return headers_only(CSV, name)
    capacity = capacity_with(request.user, Perm.JUDGE_RECORDINGS)
    sentence = f"{capacity.title} heeft de afgewezen regels van een bestand met opnamen gedownload."
    record("afgewezen_regels_gedownload", sentence, actor=request.user, role=capacity.role, about=found)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(found.rejected, content_type=CSV, headers=headers)


def _own(request: Request, pk: int) -> Delivery:
    """Only whoever sent it sees it: there is nothing in it for others."""
    require(request.user, Perm.JUDGE_RECORDINGS)
    return get_object_or_404(Delivery, pk=pk, by=request.user)


def _told(found: Delivery) -> dict[str, Any]:
    bad = found.counted(*REJECTED)
    return {
        "delivery": found,
        "percent": min(100, 100 * found.rows // found.lines),
        "words": f"{thousands(found.rows)} van ongeveer {thousands(found.lines)} regels",
        "figures": [
            (thousands(found.counted(Result.CREATED)), "nieuw", ""),
            (thousands(found.counted(Result.EXISTS)), "al aanwezig", ""),
            (thousands(bad), "afgewezen", "late" if bad else ""),
        ],
        "first": _first(found.rejected),
        "is_cut": len(found.rejected) >= REJECTED_AT_MOST,
        "rejected_url": reverse("rejected-lines", args=[found.pk]) if found.rejected else "",
        "crumbs": [*CRUMBS, ("Aanleveren", reverse("deliver"))],
    }


def _first(rejected: str) -> list[list[str]]:
    """The first rejected lines: number and reason."""
    return list(csv.reader(rejected[:20_000].splitlines()))[1 : SHOWN + 1]
