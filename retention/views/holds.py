"""Holds: the list with what is due first, one hold with its trail, placing, and what is done with one."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.views.decorators.http import require_http_methods, require_safe

from bodycams.errors import conflict
from bodycams.look import Heading, switch
from initiatives.words import from_to, so_many, thousands
from journal.models import Result
from journal.write import record
from organisation.permissions import capacity_with, require
from organisation.requests import Request
from organisation.roles import Perm
from retention import holds
from retention.clock import now
from retention.forms.finding import FindingForm, to_choose_from
from retention.forms.holds import FORMS, PlaceForm
from retention.models import Hold
from retention.requests import finding
from retention.shown import holds as shown
from retention.shown.recording import line

PER_PAGE = 50
HOLDS = ("Opschortingen", reverse_lazy("holds"))
PAGES = [
    ("Verzoeken", reverse_lazy("privacy-requests")),
    HOLDS,
    ("Jaarcijfers", reverse_lazy("privacy-request-figures")),
]
"""What lies beside each other on this desk."""
RUNNING = [
    Heading("Eerst nodig"),
    Heading("Opname"),
    Heading("Waarom"),
    Heading("Eigenaar"),
    Heading("Loopt tot en met"),
]
PAST = [Heading("Opname"), Heading("Waarom"), Heading("Eigenaar"), Heading("Stand"), Heading("Duurde tot en met")]
OVER = "voorbij"


@require_safe
def hold_list(request: Request) -> HttpResponse:
    """Those in force, what is due first; or those that are over, the newest first."""
    require(request.user, Perm.GUARD_PRIVACY)
    at, is_past = now(), request.GET.get("stand") == OVER
    found = Hold.objects.over(at).order_by("-pk") if is_past else Hold.objects.in_force(at).due_first()
    rows = found.select_related("recording__unit", "owner", "release")
    count, page = found.count(), page_of(request)
    last = max(1, -(-count // PER_PAGE))
    start = PER_PAGE * (min(page, last) - 1)
    kept = f"stand={OVER}&" if is_past else ""
    over = f"{request.path}?stand={OVER}"
    context = {
        "is_past": is_past,
        "pages": switch(PAGES, request.path),
        "which": switch([("Wat nu geldt", request.path), ("Wat voorbij is", over)], over if is_past else request.path),
        "columns": PAST if is_past else RUNNING,
        "rows": [shown.row(hold, at) for hold in rows[start : start + PER_PAGE]],
        "found": so_many(count, "opschorting", "opschortingen"),
        "position": f"{from_to(start + 1, min(PER_PAGE, count - start))} van {thousands(count)}",
        "previous_url": f"?{kept}pagina={page - 1}" if 1 < page <= last else "",
        "next_url": f"?{kept}pagina={page + 1}" if page < last else "",
    }
    return render(request, "retention/holds.html", context)


def page_of(request: Request) -> int:
    asked = request.GET.get("pagina", "")
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 7 else 1


@require_safe
def hold(request: Request, pk: int) -> HttpResponse:
    """One hold: until when, why, who looks after it, and what was done."""
    at, person = now(), request.user
    found = _visible(request, pk)
    capacity = capacity_with(person, Perm.GUARD_PRIVACY)
    words = f"{capacity.title} heeft de opschorting ingezien."
    record("opschorting_ingezien", words, actor=person, role=capacity.role, about=found, result=Result.SEEN)
    context = {
        **_head(found, at),
        "title": f"Opschorting: {found.get_reason_display()}",
        "explanation": found.explanation,
        "facts": shown.facts(found),
        "offers": shown.offers(found, person, at),
        "base_url": request.path,
        "trail": shown.trail(found),
    }
    return render(request, "retention/hold.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def hold_place(request: Request) -> HttpResponse:
    """Place a hold on one or more recordings: named in the address, or found here."""
    require(request.user, Perm.GUARD_PRIVACY)
    at, search = now(), FindingForm(request.GET)
    found = finding.find(search.sought()) if search.is_valid() else []
    data = request.POST if request.method == "POST" else None
    choices = to_choose_from(found, request.POST if request.method == "POST" else request.GET)
    form = PlaceForm(data, person=request.user, at=at, recordings=choices, chosen=request.GET.getlist("opname"))
    if form.is_valid():
        return _place(request, form, at)
    context = {
        "search": search,
        "form": form,
        "choices": choices,
        "more": len(found) > finding.SHOWN,
        "crumbs": [HOLDS],
    }
    return render(request, "retention/hold_place.html", context, status=400 if form.is_bound or search.errors else 200)


def _place(request: Request, form: PlaceForm, at: datetime) -> HttpResponse:
    try:
        placed = holds.place(form.cleaned_data["opname"], form.because(), person=request.user, at=at)
    except holds.NotPossible as refused:
        return conflict(request, str(refused))
    for sentence, count in placed.refused.items():
        messages.warning(request, f"Niet opgeschort: {so_many(count, 'opname', 'opnamen')}. {sentence}")
    if len(placed.holds) == 1:
        messages.success(request, "U hebt een opschorting geplaatst.")
        return redirect("hold", placed.holds[0].pk)
    messages.success(request, f"U hebt {len(placed.holds)} opschortingen geplaatst.")
    return redirect("holds")


@require_http_methods(["GET", "HEAD", "POST"])
def hold_step(request: Request, pk: int, name: str) -> HttpResponse:
    """Look at it again, extend it or release it."""
    at, person = now(), request.user
    found = _visible(request, pk)
    action = shown.ACTIONS.get(name)
    if action is None:
        raise Http404
    try:
        holds.check(name, found, person, at)
        form = FORMS[name](request.POST if request.method == "POST" else None, hold=found, at=at)
        if form.is_valid():
            DO[name](found, **form.cleaned_data, person=person, at=at)
            messages.success(request, action.done)
            return redirect("hold", pk)
    except holds.NotPossible as refused:
        return conflict(request, str(refused))
    head = _head(found, at)
    context = {
        **head,
        "crumbs": [*head["crumbs"], ("Opschorting", reverse("hold", args=[pk]))],
        "action": action,
        "kind": "danger" if action.tone == "danger" else "primary",
        "form": form,
        "facts": shown.facts(found),
    }
    return render(request, "retention/hold_step.html", context, status=400 if form.is_bound else 200)


DO: dict[str, Any] = {holds.LOOK_AT: holds.review, holds.EXTEND: holds.extend, holds.RELEASE: holds.release}


def _visible(request: Request, pk: int) -> Hold:
    found = Hold.objects.visible_to(request.user).with_moments()
    return get_object_or_404(found.select_related("recording__unit", "owner", "placed_by", "release"), pk=pk)


def _head(found: Hold, at: datetime) -> dict[str, Any]:
    return {
        "hold": found,
        "state": shown.state_of(found, at),
        "terms": list(shown.terms(found, at)),
        "chart": line(found.recording, at),
        "crumbs": [HOLDS],
        "hold_url": reverse("hold", args=[found.pk]),
    }
