"""A list, a page of one row, and a step that locks, changes and writes down."""

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now

from bench.bare.models import Audit, Row


@login_required
def rows(request: HttpRequest) -> HttpResponse:
    size = int(request.GET.get("aantal") or 50)
    found = Row.objects.select_related("unit").filter(state=request.GET["state"]).order_by("-submitted_at", "-id")
    if words := request.GET.get("q"):
        found = found.filter(Q(title__icontains=words) | Q(description__icontains=words))
    return render(request, "rows.html", {"rows": found[:size]})


@login_required
def row(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Row.objects.select_related("unit"), pk=pk)
    return render(request, "row.html", {"row": found})


@login_required
def step(request: HttpRequest, pk: int) -> HttpResponse:
    with transaction.atomic():
        found = get_object_or_404(Row.objects.select_for_update(), pk=pk)
        found.state = request.POST["state"]
        found.save()
        Audit.objects.create(row=found, at=now(), person=request.user.username, action=found.state)
    return redirect("row", pk)
