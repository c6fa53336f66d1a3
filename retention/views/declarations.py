"""Declarations of destruction as files: the data, and the paper. Both are the bytes that were kept, and each download
is put on record.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from journal.write import record
from organisation.models import Unit
from organisation.permissions import capacity_with, may, require_one_of, units_with
from organisation.requests import Request
from retention.destroying.declarations import is_for, name_of
from retention.destroying.runs import SEES_RUNS, units_seen
from retention.models import Declaration

OF_OTHERS = "In deze verklaring staan ook andere eenheden. De aantallen van uw eenheid staan bij de controle."


@require_safe
def declaration_data(request: Request, pk: int) -> HttpResponse:
    """Every proof, as JSON."""
    found = _for(request, pk, Declaration.objects.all())
    return _file(request, found, bytes(found.data), found.sha256, "json")


@require_safe
def declaration_pdf(request: Request, pk: int) -> HttpResponse:
    """The numbers, on paper."""
    found = _for(request, pk, Declaration.objects.defer("data").select_related("paper"))
    if not hasattr(found, "paper"):
        raise Http404
    return _file(request, found, bytes(found.paper.content), found.paper.sha256, "pdf")


def _for(request: Request, pk: int, declarations: "QuerySet[Declaration]") -> Declaration:
    require_one_of(request.user, SEES_RUNS)
    found = get_object_or_404(declarations, pk=pk)
    units = units_seen(request.user)
    codes = None if units is None else set(Unit.objects.filter(pk__in=units).values_list("code", flat=True))
    if not is_for(found, codes):
        raise PermissionDenied(OF_OTHERS)
    return found


def _file(request: Request, found: Declaration, content: bytes, digest: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=f"application/{kind}")
    name = f"verklaring-{name_of(found)}.{kind}".replace(" ", "-")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    if request.method == "GET":
        perm = next(perm for perm in SEES_RUNS if may(request.user, perm) or units_with(request.user, perm))
        capacity = capacity_with(request.user, perm)
        words = f"{capacity.title} heeft de verklaring van vernietiging over {name_of(found)} gedownload."
        with transaction.atomic():
            record(
                "verklaring_gedownload",
                words,
                actor=request.user,
                role=capacity.role,
                about=found,
                data={"kind": kind, "sha256": digest},
            )
    return response
