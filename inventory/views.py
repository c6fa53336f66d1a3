"""The inventory: which cameras there are, adding one, and saying what became of one."""

from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from bodycams.keyset import BadLink, Keyset, Sort
from bodycams.look import Badge, Heading
from initiatives.words import from_to, thousands
from inventory.forms import CameraFilter, CameraForm, ChangeForm
from inventory.models import Camera
from inventory.services import NotPossible, add_camera, change_camera
from organisation.permissions import may, require, require_for, units_with
from organisation.requests import Request
from organisation.roles import Perm

PER_PAGE = 50
BY_SERIAL = Keyset("cameras", {"": Sort(F("serial"), False, lambda row: row.serial, str)})
COLUMNS = [Heading(name) for name in ("Camera", "Eenheid", "Herkomst", "Staat")]
HEAD = ("Eenheid", *map(str.capitalize, Camera.Status.labels), "In bezit")
OWNED = (Camera.Status.OPERATIONAL, Camera.Status.DEFECT)
"""What counts as a camera: not one that was replaced, since its replacement counts (T-14), nor one that is gone."""
LOOKS = {
    "operationeel": ("good", ""),
    "defect": ("warn", "alert-triangle"),
    "vervangen": ("off", ""),
    "afgevoerd": ("off", "trash"),
}
CRUMBS = [("Inventaris", reverse_lazy("inventory"))]
asks_first = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def inventory(request: Request) -> HttpResponse:
    """The cameras of the own unit or of the country: counted per unit, and one by one by serial."""
    person = request.user
    require(person, Perm.SEE_OVERVIEW)
    visible = Camera.objects.visible_to(person)
    counted = visible.counted()
    form = CameraFilter(request.GET)
    form.offer(list(dict.fromkeys((code, name) for code, name, *_ in counted)))
    per_unit, total = _per_unit(counted)
    context = {
        "form": form,
        "columns": COLUMNS,
        "head": HEAD,
        "counts": per_unit,
        "sum": total,
        "any": bool(counted),
        "figures": [(many, words.lower(), "") for many, words in zip(total[1:], HEAD[1:], strict=True)],
        "may_keep": may(person, Perm.KEEP_CAMERAS),
    }
    if form.is_valid():
        try:
            context |= _found(visible, form.cleaned_data, request)
        except BadLink:
            return render(request, "400.html", {"reason": "Deze bladzijde is er niet. Begin vooraan."}, status=400)
    return render(request, "inventory/inventory.html", context, status=400 if form.errors else 200)


@asks_first
def new_camera(request: Request) -> HttpResponse:
    require(request.user, Perm.KEEP_CAMERAS)
    units = units_with(request.user, Perm.KEEP_CAMERAS)
    form = CameraForm(request.POST if request.method == "POST" else None, units=units)
    if form.is_valid():
        try:
            camera = add_camera(form.save(commit=False), by=request.user)
            messages.success(request, f"Camera {camera.serial} staat in de inventaris.")
            return redirect("inventory")
        except NotPossible as refused:
            form.add_error("serial", str(refused))
    context = {"form": form, "crumbs": CRUMBS}
    return render(request, "inventory/new_camera.html", context, status=400 if form.errors else 200)


@asks_first
def camera(request: Request, pk: int) -> HttpResponse:
    """What became of one: another status, or another camera in its place."""
    seen = Camera.objects.visible_to(request.user).select_related("unit", "initiative", "replaced_by")
    found = get_object_or_404(seen, pk=pk)
    require_for(request.user, Perm.KEEP_CAMERAS, found)
    form = ChangeForm(request.POST if request.method == "POST" else None, camera=found)
    if form.is_valid():
        try:
            change_camera(pk, **form.cleaned_data, by=request.user)
            messages.success(request, f"Camera {found.serial} is gewijzigd.")
            return redirect("inventory")
        except NotPossible as refused:
            form.add_error(None, str(refused))
    context = {"form": form, "crumbs": CRUMBS, "camera": found}
    return render(request, "inventory/camera.html", context, status=400 if form.errors else 200)


def _per_unit(counted: list[tuple[str, str, str, int]]) -> tuple[list[tuple[Any, ...]], tuple[Any, ...]]:
    """A line for each unit, and one for all."""
    units: dict[str, dict[str, int]] = {}
    for _, name, status, count in counted:
        units.setdefault(name, {})[status] = count
    everything = {status: sum(one.get(status, 0) for one in units.values()) for status in Camera.Status.values}
    return [_line(name, one) for name, one in units.items()], _line("Samen", everything)


def _line(name: str, counts: dict[str, int]) -> tuple[Any, ...]:
    each = [counts.get(status, 0) for status in Camera.Status.values]
    return (name, *map(thousands, each), thousands(sum(counts.get(status, 0) for status in OWNED)))


def _found(visible: Any, asked: dict[str, str], request: Request) -> dict[str, Any]:
    fields = {"serienummer": "serial__istartswith", "staat": "status", "eenheid": "unit__code"}
    kept = {name: value for name, value in asked.items() if value}
    cameras = visible.filter(**{fields[name]: value for name, value in kept.items()})
    page = BY_SERIAL.page(cameras.select_related("unit", "replaced_by"), "", PER_PAGE, request.GET.get("pagina", ""))
    units = units_with(request.user, Perm.KEEP_CAMERAS)
    return {
        "rows": [(one, Badge(one.get_status_display(), *LOOKS[one.status]), one.unit_id in units) for one in page.rows],
        "position": from_to(page.position, len(page.rows)),
        "previous_url": f"?{urlencode({**kept, 'pagina': page.previous})}" if page.previous else "",
        "next_url": f"?{urlencode({**kept, 'pagina': page.next})}" if page.next else "",
    }
