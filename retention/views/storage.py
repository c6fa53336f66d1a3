"""Storage and register compared: what is not right, what became of it, each comparison, and having files destroyed."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.views.decorators.http import require_http_methods, require_safe

from bodycams.errors import conflict
from bodycams.keyset import BadLink, Keyset, Sort
from bodycams.look import Heading, moment_html
from initiatives.words import so_many, thousands
from organisation.permissions import may, require, require_one_of
from organisation.refusals import OrganisationRefused
from organisation.requests import Request
from organisation.roles import Perm
from retention.choices import Ending
from retention.clock import now
from retention.comparing import astray, clearing
from retention.destroying.runs import NATIONAL
from retention.forms.reasons import OrderForm, ReleaseFilesForm
from retention.models import Comparison, StorageIncident
from retention.shown import astray as shown
from workflow.clock import local_date

PER_PAGE, SHOWN, ENDED = 31, 100, 20
CRUMBS = [("Vernietigingen", reverse_lazy("destruction-runs"))]
HERE = ("Opslag en register", reverse_lazy("storage-compared"))
OPEN = [Heading("Bestand"), Heading("Wat er is"), Heading("Gevonden"), Heading("Uiterlijk weg op")]
OVER = [Heading("Bestand"), Heading("Wat er was"), Heading("Hoe het afliep"), Heading("Wanneer")]
COMPARED = [Heading("Vergelijking"), Heading("Bestanden", "n"), Heading("Nieuw gevonden"), Heading("Stand")]
NEWEST = "nieuwste"
LIST = Keyset(
    "retention.comparisons",
    {NEWEST: Sort(F("began_at"), True, lambda one: one.began_at.isoformat(), datetime.fromisoformat)},
)
WAS_GONE = "Het bestand was er al niet meer. De opslag heeft het nagekeken."
SAID: dict[str, str] = {
    Ending.DELETED: "Het bestand is vernietigd. De opslag heeft nagekeken dat het weg is.",
    Ending.CLAIMED: "Het bestand hoort nu bij een opname, en blijft.",
}
TRIED = "Het bestand is nog niet weg. Het register probeert het elke tien minuten opnieuw."
RELEASED = "De vernietiging is vrijgegeven. Zij begint binnen tien minuten."


@require_safe
def storage_compared(request: Request) -> HttpResponse:
    """What is not right now, the last that was, and every comparison."""
    require_one_of(request.user, NATIONAL)
    try:
        page = LIST.page(Comparison.objects.all(), NEWEST, PER_PAGE, request.GET.get("pagina", ""))
    except BadLink:
        reason = "Deze bladzijde bestaat niet. Begin bij de eerste."
        return render(request, "400.html", {"reason": reason}, status=400)
    found, today = astray.open_ones(), local_date(now())
    rows = found.select_related("recording").order_by("destroy_from", "pk")[:SHOWN]
    over = StorageIncident.objects.exclude(ended_at=None).order_by("-ended_at", "-pk")[:ENDED]
    last, count, waiting = Comparison.objects.first(), found.count(), clearing.waiting()
    address = reverse("storage-compared")
    context = {
        "crumbs": CRUMBS,
        "last": last,
        "figures": _figures(last, count),
        "columns": OPEN,
        "rows": [shown.row(one, request.user, today) for one in rows],
        "more": thousands(count - SHOWN) if count > SHOWN else "",
        "over_columns": OVER,
        "over": [shown.ended(one) for one in over],
        "compared_columns": COMPARED,
        "compared": [shown.compared(one) for one in page.rows],
        "waiting": so_many(waiting, "bestand moet", "bestanden moeten") if waiting else "",
        "release_url": reverse("release-files") if waiting and may(request.user, Perm.GUARD_PRIVACY) else "",
        "position": f"vanaf {thousands(page.position)}",
        "previous_url": f"{address}?pagina={page.previous}" if page.previous else "",
        "next_url": f"{address}?pagina={page.next}" if page.next else "",
    }
    return render(request, "retention/storage_compared.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def destroy_stray(request: Request, pk: int) -> HttpResponse:
    """A privacy officer does not wait for the term of a file that nobody knows."""
    require(request.user, Perm.GUARD_PRIVACY)
    incident = get_object_or_404(StorageIncident, pk=pk)
    if why := clearing.why_not(incident):
        return conflict(request, why)
    form = OrderForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            ended = clearing.order(incident, form.cleaned_data["reasons"], by=request.user)
        except OrganisationRefused as refused:
            return conflict(request, str(refused))
        if ended:
            messages.success(request, SAID.get(ended, WAS_GONE))
        else:
            messages.warning(request, TRIED)
        return redirect("storage-compared")
    context = {"form": form, "incident": incident, "note": shown.note_of(incident), "crumbs": [*CRUMBS, HERE]}
    return render(request, "retention/destroy_stray.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def release_files(request: Request) -> HttpResponse:
    """A privacy officer looked at files that are too many to go by themselves."""
    require(request.user, Perm.GUARD_PRIVACY)
    last = Comparison.objects.first()
    if last is None or not (waiting := clearing.waiting()):
        return conflict(request, clearing.NOTHING_WAITS)
    form = ReleaseFilesForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            clearing.release(last, form.cleaned_data["reasons"], by=request.user)
        except OrganisationRefused as refused:
            return conflict(request, str(refused))
        messages.success(request, RELEASED)
        return redirect("storage-compared")
    context = {"form": form, "waiting": so_many(waiting, "bestand", "bestanden"), "crumbs": [*CRUMBS, HERE]}
    return render(request, "retention/release_files.html", context, status=400 if form.errors else 200)


def _figures(last: Comparison | None, count: int) -> list[tuple[Any, str, str]]:
    late = astray.overdue().count()
    stood = ("laatste vergelijking: niet afgemaakt", "late") if last and last.error else ("laatste vergelijking", "")
    return [
        (thousands(count), "melding die nog open is" if count == 1 else "meldingen die nog open zijn", ""),
        (thousands(late), "over tijd: had er niet meer mogen zijn", "late" if late else ""),
        (thousands(last.files) if last else "–", "bestanden in de opslag", ""),
        (moment_html(last.began_at) if last else "–", *stood),
    ]
