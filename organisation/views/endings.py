"""The pages on which a unit ends or goes up in another: a list of what is proposed, planned and done, the proposal with
what moves, and its answer. A new unit is made here too.
"""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bodycams.errors import conflict
from bodycams.look import Heading, switch
from organisation.endings import decide_ending, in_words, preview, propose_ending
from organisation.forms.people import accepted
from organisation.forms.proposals import AnswerForm, EndingForm, UnitForm
from organisation.models import Outcome, Unit, UnitEnding
from organisation.permissions import may, require
from organisation.proposals import ANSWERED
from organisation.refusals import OrganisationRefused
from organisation.requests import Request
from organisation.roles import Perm
from organisation.units import create_unit
from organisation.views.directory import PAGES, crumbs
from workflow import clock

asks_first = require_http_methods(["GET", "HEAD", "POST"])

DONE = {
    Outcome.CONFIRMED: "Bevestigd. Op de dag zelf gaat alles over.",
    Outcome.REFUSED: "Geweigerd. Er verandert niets.",
    Outcome.WITHDRAWN: "Ingetrokken. Er verandert niets.",
}


@require_safe
def endings(request: Request) -> HttpResponse:
    """Units that end: what waits for an answer, what is planned, and what was done."""
    require(request.user, Perm.SEE_ORGANISATION)
    context = {
        "pages": switch(PAGES, request.path),
        "endings": [(one, in_words(one), _stands(one)) for one in UnitEnding.objects.with_units()],
        "columns": [Heading("Wat"), Heading("Laatste dag"), Heading("Stand")],
        "may_manage": may(request.user, Perm.MANAGE_ORGANISATION),
    }
    return render(request, "organisation/endings.html", context)


@require_safe
def ending(request: Request, pk: int) -> HttpResponse:
    """One of them: what moves, or what moved."""
    require(request.user, Perm.SEE_ORGANISATION)
    found = get_object_or_404(UnitEnding.objects.with_units(), pk=pk)
    done = getattr(found, "done", None)
    context = {
        **_shown(found),
        "verdict": getattr(found, "verdict", None),
        "done": done,
        "lines": None if done else preview(found.unit, found.successor, found.last_day),
        "may_answer": may(request.user, Perm.MANAGE_ORGANISATION) and not hasattr(found, "verdict"),
    }
    return render(request, "organisation/ending.html", context)


@asks_first
def new_ending(request: Request, code: str) -> HttpResponse:
    """Propose the end of a unit. The second button shows what would move, and changes nothing."""
    require(request.user, Perm.MANAGE_ORGANISATION)
    unit = get_object_or_404(Unit.objects.select_related("parent"), code=code)
    if unit.successor_id or unit.valid_until:
        return conflict(request, "Deze eenheid is al opgeheven.")
    at = clock.now()
    form = EndingForm(request.POST if request.method == "POST" else None, unit=unit)
    looks = "bekijken" in request.POST
    made: list[UnitEnding] = []
    if not looks and accepted(form, lambda typed: made.append(propose_ending(unit, **typed, by=request.user, at=at))):
        messages.success(request, "Uw voorstel staat klaar. Een andere beheerder bevestigt of weigert het.")
        return redirect("ending", made[0].pk)
    context = {
        "form": form,
        "unit": unit,
        "crumbs": [*crumbs(), (unit.name, reverse("unit", args=[unit.code]))],
        "lines": _looked_at(form, unit, clock.local_date(at)),
    }
    return render(request, "organisation/new_ending.html", context, status=400 if form.errors else 200)


def _looked_at(form: EndingForm, unit: Unit, today: date) -> Any:
    """What moves: by what was typed when it is sound, else as if it were today."""
    typed = form.cleaned_data if form.is_bound and form.is_valid() else {}
    return preview(unit, typed.get("successor"), typed.get("last_day", today))


@asks_first
def answer_ending(request: Request, pk: int) -> HttpResponse:
    """The answer, with what moves as it is counted now."""
    require(request.user, Perm.MANAGE_ORGANISATION)
    found = get_object_or_404(UnitEnding.objects.with_units(), pk=pk)
    if hasattr(found, "verdict"):
        return conflict(request, ANSWERED)
    is_own = found.proposed_by_id == request.user.pk
    form = AnswerForm(request.POST if request.method == "POST" else None, is_own=is_own)
    if form.is_bound and form.is_valid():
        answer = form.cleaned_data
        try:
            decide_ending(found, answer["outcome"], answer["reasons"], by=request.user, at=clock.now())
        except OrganisationRefused as refused:
            return conflict(request, str(refused))
        messages.success(request, DONE[answer["outcome"]])
        return redirect("ending", pk)
    lines = preview(found.unit, found.successor, found.last_day)
    context = {**_shown(found), "form": form, "is_own": is_own, "lines": lines, "back": reverse("ending", args=[pk])}
    return render(request, "organisation/answer_ending.html", context, status=400 if form.errors else 200)


@asks_first
def new_unit(request: Request) -> HttpResponse:
    require(request.user, Perm.MANAGE_ORGANISATION)
    form = UnitForm(request.POST if request.method == "POST" else None, today=clock.local_date(clock.now()))
    if accepted(form, lambda typed: create_unit(**typed, by=request.user)):
        messages.success(request, "De eenheid is gemaakt.")
        return redirect("unit", form.cleaned_data["code"])
    context = {"form": form, "crumbs": crumbs()}
    return render(request, "organisation/new_unit.html", context, status=400 if form.errors else 200)


def _shown(found: UnitEnding) -> dict[str, Any]:
    return {
        "ending": found,
        "sentence": in_words(found),
        "crumbs": [*crumbs(), ("Opheffen en samenvoegen", reverse("endings"))],
    }


def _stands(found: UnitEnding) -> str:
    """How it stands, in a word or two."""
    if hasattr(found, "done"):
        return "Uitgevoerd"
    verdict = getattr(found, "verdict", None)
    if verdict is None:
        return "Wacht op een andere beheerder"
    return "Gepland" if verdict.is_confirmed else verdict.get_outcome_display().capitalize()
