"""The scope check, and the list of what it placed outside the procedure. What is inside goes on in `concept.py`."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bodycams.look import Heading
from initiatives.choices import Outside
from initiatives.concepts import AlreadySent, begin_concept
from initiatives.forms.scope import KindsForm, ScopeForm
from initiatives.models import Initiative, OutsideProcedure
from initiatives.policy import outside_answers
from initiatives.scope import AlreadyTurned, may_see_outside, register_outside, turn_into_concept, units_to_file_for
from initiatives.words import from_to, thousands
from organisation.permissions import may, require, require_for, units_with
from organisation.requests import Request
from organisation.roles import Perm
from workflow.clock import local_date, now

PER_PAGE = 25
SENT_BEFORE = "Dit formulier is al verwerkt. Wilt u er nog een beginnen? Verstuur het dan nog een keer."
COLUMNS = [
    Heading("Wat het is"),
    Heading("Toelichting"),
    Heading("Gemeld op", "n"),
    Heading("Door"),
    Heading("Vervolg"),
]


@require_http_methods(["GET", "HEAD", "POST"])
def scope_check(request: Request) -> HttpResponse:
    """Is it inside the procedure? Then a concept begins; else that is put on record."""
    require(request.user, Perm.FILE)
    at = now()
    today = local_date(at)
    units = units_to_file_for(request.user, today)
    if not units:
        raise PermissionDenied("U bent voor geen enkele eenheid van het hoogste niveau contactpersoon.")
    answers = outside_answers(today)
    form = ScopeForm(request.POST if request.method == "POST" else None, units=units, answers=answers)
    if form.is_valid():
        try:
            return _answer(request, form, at)
        except AlreadySent:
            form.add_error(None, SENT_BEFORE)
            return _questions(request, form, 409)
    return _questions(request, form, 400 if form.is_bound else 200)


def _answer(request: Request, form: ScopeForm, at: datetime) -> HttpResponse:
    said, form_id = form.cleaned_data, form_id_of(request.POST)
    unit = form.units[said["unit"]]
    if not form.is_inside:
        register_outside(request.user, unit, Outside(said["outside"]), said["reasons"], at=at, form_id=form_id)
        messages.success(
            request, "Dit valt buiten de procedure. Het staat in deze lijst; u hoeft verder niets te doen."
        )
        return redirect("outside-list")
    initiative = begin_concept(request.user, unit, said["kinds"], at=at, form_id=form_id)
    if form.has_both:
        messages.info(request, "U koos iets van allebei. Dan valt het binnen de procedure.")
    return redirect("concept", initiative.pk)


def _questions(request: Request, form: ScopeForm, status: int) -> HttpResponse:
    context = {"form": form, "form_id": uuid4(), "crumbs": [("Mijn werk", reverse("my-work"))]}
    return render(request, "initiatives/scope_check.html", context, status=status)


def form_id_of(data: QueryDict) -> UUID | None:
    """Which form was sent, so that a double click makes one thing; None when it does not say."""
    try:
        return UUID(data.get("form_id", ""))
    except ValueError:
        return None


@require_safe
def outside_list(request: Request) -> HttpResponse:
    """What was placed outside the procedure, newest first (S0-41)."""
    person = request.user
    if not may_see_outside(person):
        raise PermissionDenied("Deze lijst is voor de eenheid zelf, de projectleider en de auditor.")
    found = OutsideProcedure.objects.visible_to(person).select_related("unit", "registered_by", "initiative")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("pagina"))
    mine, seen = units_with(person, Perm.FILE), units_with(person, Perm.SEE_FILES)
    for outside in page:
        outside.may_be_turned = outside.initiative is None and outside.unit_id in mine
        outside.may_be_opened = outside.initiative is not None and outside.unit_id in seen
    context = {
        "page": page,
        "columns": COLUMNS,
        "position": f"{from_to(page.start_index(), len(page))} van {thousands(page.paginator.count)}",
        "previous_url": f"?pagina={page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"?pagina={page.next_page_number()}" if page.has_next() else "",
        "files": bool(mine),
        "crumbs": [("Register", reverse("register"))],
    }
    return render(request, "initiatives/outside_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def turn_outside(request: Request, pk: int) -> HttpResponse:
    """What was outside turns out to be inside after all."""
    visible = OutsideProcedure.objects.visible_to(request.user)
    outside = get_object_or_404(visible.select_related("unit", "initiative"), pk=pk)
    require_for(request.user, Perm.FILE, outside)
    if outside.initiative:
        return _turned_before(request, outside.initiative)
    form = KindsForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            initiative = turn_into_concept(outside, form.cleaned_data["kinds"], person=request.user, at=now())
        except AlreadyTurned as before:
            return _turned_before(request, before.initiative)
        return redirect("concept", initiative.pk)
    context = {"form": form, "outside": outside, "crumbs": [("Buiten de procedure", reverse("outside-list"))]}
    return render(request, "initiatives/turn_outside.html", context, status=400 if form.is_bound else 200)


def ways_in(person: Any) -> dict[str, str]:
    """Where somebody begins an initiative and where the list stands, for the pages beside it; empty for who may not."""
    return {
        "begin_url": reverse("scope-check") if may(person, Perm.FILE) else "",
        "outside_url": reverse("outside-list") if may_see_outside(person) else "",
    }


def _turned_before(request: Request, initiative: Initiative) -> HttpResponse:
    to_file = {"label": "Ga naar het dossier", "url": reverse("file", args=[initiative.pk]), "note": str(initiative)}
    context = {"why": "Hiervan is al een initiatief gemaakt.", "links": [to_file]}
    return render(request, "initiatives/closed.html", context, status=409)
