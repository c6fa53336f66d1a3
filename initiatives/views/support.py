"""Support work: the list of the country or of the own unit, and one piece of it, which the project leader keeps up to
date.
"""

import re
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Case, Count, F, When
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bodycams.look import Heading
from initiatives.choices import Progress, Support
from initiatives.forms.support import SupportFilter, SupportForm
from initiatives.models import SupportWork
from initiatives.querysets import SupportQuerySet
from initiatives.shown import support as look
from initiatives.support import ChangedMeanwhile, write_about
from initiatives.views.register import address, chips
from initiatives.words import from_to, thousands
from journal.models import ClockTimestamp
from organisation.permissions import may, may_for, require, require_for
from organisation.requests import Request
from organisation.roles import Perm
from workflow.clock import local_date, now

PER_PAGE = 50
CONFLICT = 409
NUMBER = re.compile(r"[0-9]{1,6}")
COLUMNS = [
    Heading("Initiatief en eenheid"),
    Heading("Ondersteuning"),
    Heading("Verantwoordelijk"),
    Heading("Stand"),
    Heading("Termijn"),
]
HEAD = ("Soort", *Progress.labels, "Samen")
NOT_DONE_FIRST = (Case(When(progress=Progress.DONE, then=1), default=0), F("due_on").asc(nulls_last=True), "id")


@require_safe
def support(request: HttpRequest) -> HttpResponse:
    """What is done for the units: counted per kind, and piece by piece, the first to be ready first."""
    person = request.user
    if not may(person, Perm.SEE_ALL_FILED):
        require(person, Perm.SEE_FILES)
    form = SupportFilter(request.GET)
    visible: SupportQuerySet = SupportWork.objects.visible_to(person)
    groups = ("initiative__unit__code", "initiative__unit__name", "kind", "progress")
    counted = list(visible.order_by().values_list(*groups).annotate(Count("id")))
    form.offer(sorted({(code, name) for code, name, *_ in counted}, key=lambda unit: unit[1]))
    rows, total = look.per_kind(counted)
    context = {"form": form, "head": HEAD, "counts": rows, "sum": total, "columns": COLUMNS, "any": bool(counted)}
    if form.is_valid():
        context |= _found(visible, form, counted, request.GET)
    return render(request, "initiatives/support.html", context, status=400 if form.errors else 200)


def _found(visible: SupportQuerySet, form: SupportFilter, counted: look.Counted, asked: QueryDict) -> dict[str, Any]:
    """A page of what the filters leave; how many there are is known from the counts."""
    given = form.cleaned_data
    unit, kind, stand = given["eenheid"], given["soort"], given["stand"]
    count = sum(n for u, _, k, p, n in counted if unit in ("", u) and kind in ("", k) and stand in ("", p))
    wanted = {"initiative__unit__code": unit, "kind": kind, "progress": stand}
    found = visible.filter(**{name: value for name, value in wanted.items() if value}).order_by(*NOT_DONE_FIRST)
    last = max(1, -(-count // PER_PAGE))
    number = asked.get("pagina", "")
    page = min(max(int(number), 1), last) if NUMBER.fullmatch(number) else 1
    start = PER_PAGE * (page - 1)
    works = found.select_related("initiative__unit").annotate(at=ClockTimestamp())[start : start + PER_PAGE]
    rows = [(work.initiative, look.shown(work, local_date(work.at))) for work in works]
    return {
        "rows": rows,
        "count": f"{thousands(count)} keer ondersteuning",
        "chips": list(chips(form, asked)),
        "position": f"{from_to(start + 1, len(rows))} van {thousands(count)}",
        "previous_url": address(asked, pagina=str(page - 1)) if page > 1 else "",
        "next_url": address(asked, pagina=str(page + 1)) if page < last else "",
    }


@require_safe
def support_work(request: Request, pk: int) -> HttpResponse:
    """One piece of work with its log."""
    work = _visible(request, pk)
    today = local_date(now())
    context = {
        **_head(work, today),
        "log": look.log(work),
        "line_url": reverse("support-line", args=[pk]) if may_for(request.user, Perm.DECIDE, work.initiative) else "",
    }
    return render(request, "initiatives/support_work.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def support_line(request: Request, pk: int) -> HttpResponse:
    """The form in which the project leader writes the next line about a piece of work."""
    work = _visible(request, pk)
    require_for(request.user, Perm.DECIDE, work.initiative)
    at = now()
    form = SupportForm(request.POST if request.method == "POST" else None, work=work, today=local_date(at))
    if not form.is_bound:
        return _form(request, work, form, 200)
    if not form.is_valid():
        return _form(request, work, form, 400)
    try:
        write_about(work, form.answers(), lines=form.cleaned_data["lines"], person=request.user, at=at)
    except ChangedMeanwhile:
        fresh = _visible(request, pk)
        return _form(request, fresh, form.going_on_from(fresh), 409)
    messages.success(request, "U hebt de ondersteuning bijgewerkt. De eenheid krijgt bericht.")
    return redirect("support-work", pk)


def _visible(request: Request, pk: int) -> SupportWork:
    found = SupportWork.objects.visible_to(request.user).select_related("initiative__unit")
    return get_object_or_404(found, pk=pk)


def _form(request: Request, work: SupportWork, form: SupportForm, status: int) -> HttpResponse:
    meanwhile = look.log(work)[0] if status == CONFLICT else None
    context = {**_head(work, form.today), "form": form, "meanwhile": meanwhile}
    return render(request, "initiatives/support_line.html", context, status=status)


def _head(work: SupportWork, today: date) -> dict[str, Any]:
    """What stands in the head of both pages about a piece of work."""
    initiative, title = work.initiative, Support(work.kind).label
    work_url, file_url = reverse("support-work", args=[work.pk]), reverse("file", args=[initiative.pk])
    return {
        "work": look.shown(work, today),
        "number": initiative.number,
        "title": title,
        "facts": look.facts(work, initiative),
        "work_url": work_url,
        "file_url": file_url,
        "crumbs": [("Ondersteuning", reverse("support")), (initiative.number, file_url)],
        "crumbs_below": [("Ondersteuning", reverse("support")), (f"{title}, {initiative.number}", work_url)],
    }
