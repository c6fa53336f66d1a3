"""The selections of the register that somebody saved: all of them, one more, another name, one less. Only one's own.

Each stands under its name, with what it asks in words; it leads to the register, which asks it anew.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods, require_safe

from bodycams.look import Heading
from initiatives.forms.register import RegisterForm
from initiatives.forms.selections import SelectionForm
from initiatives.models import SavedSelection
from initiatives.models.selection import MOST
from initiatives.register.saved import NotSaved, remove_selection, rename_selection, save_selection
from initiatives.views.register import chips, may_look
from organisation.models import Unit
from organisation.requests import Request
from workflow.clock import now

COLUMNS = [Heading("Naam"), Heading("Zoekt op"), Heading("Bewaard op"), Heading("Veranderen")]
REGISTER, LIST = ("Register", reverse_lazy("register")), ("Bewaarde selecties", reverse_lazy("selections"))


@require_safe
def selections(request: Request) -> HttpResponse:
    """Every selection that this person saved, by name."""
    may_look(request.user)
    units = unit_names()
    kept = [
        {"selection": one, "url": _url(one.address), "words": in_words(one.address, units)}
        for one in request.user.selections.all()
    ]
    context = {"kept": kept, "columns": COLUMNS, "most": MOST, "crumbs": [REGISTER]}
    return render(request, "initiatives/selections.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_selection(request: Request) -> HttpResponse:
    """Save what stands in the address: the page is asked with that of the register."""
    may_look(request.user)
    asked = RegisterForm(request.GET)
    address = asked.address() if asked.is_valid() else ""
    words = in_words(address, unit_names())
    suggested = {"name": capfirst(", ".join(value for _, value in words)[:80])}
    form = SelectionForm(request.POST if request.method == "POST" else None, initial=suggested)
    status = 200
    if form.is_bound:
        status = 400
        if form.is_valid() and address:
            try:
                kept = save_selection(request.user, form.cleaned_data["name"], address, at=now())
            except NotSaved as refused:
                form.add_error("name", str(refused))
                status = 409
            else:
                messages.success(request, f"De selectie is bewaard als ‘{kept.name}’.")
                return redirect(_url(address))
    context = {"form": form, "address": address, "words": words, "url": _url(address), "crumbs": [REGISTER]}
    return render(request, "initiatives/new_selection.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def selection(request: Request, pk: int) -> HttpResponse:
    """Another name."""
    kept = _own(request, pk)
    form = SelectionForm(request.POST if request.method == "POST" else None, initial={"name": kept.name})
    status = 200
    if form.is_valid():
        try:
            rename_selection(kept, form.cleaned_data["name"])
        except NotSaved as refused:
            form.add_error("name", str(refused))
            status = 409
        else:
            messages.success(request, f"De selectie heet nu ‘{kept.name}’.")
            return redirect("selections")
    elif form.is_bound:
        status = 400
    return render(request, "initiatives/selection.html", {"form": form, **_shown(kept)}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: Request, pk: int) -> HttpResponse:
    """Take one away, after a question."""
    kept = _own(request, pk)
    if request.method == "POST":
        remove_selection(kept)
        messages.success(request, f"De selectie ‘{kept.name}’ is weg.")
        return redirect("selections")
    return render(request, "initiatives/remove_selection.html", _shown(kept))


def unit_names() -> list[tuple[str, str]]:
    return list(Unit.objects.filter(parent=None).values_list("code", "name"))


def in_words(address: str, units: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What an address asks, as labels with their values."""
    given = QueryDict(address)
    form = RegisterForm(given)
    form.offer(units, [])
    form.is_valid()
    words = [(chip["label"], chip["value"]) for chip in chips(form, given)]
    order = form.order_in_words()
    return [*words, ("Volgorde", order)] if order else words


def _own(request: Request, pk: int) -> SavedSelection:
    found: SavedSelection = get_object_or_404(request.user.selections, pk=pk)
    return found


def _shown(kept: SavedSelection) -> dict[str, Any]:
    return {
        "selection": kept,
        "url": _url(kept.address),
        "words": in_words(kept.address, unit_names()),
        "crumbs": [REGISTER, LIST],
    }


def _url(address: str) -> str:
    return f"{reverse('register')}?{address}"
