"""The reviews and what they destroyed: the list, one run, and letting one go that waits."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.views.decorators.http import require_http_methods, require_safe

from bodycams.errors import conflict
from bodycams.keyset import BadLink
from bodycams.look import Heading, moment_html
from initiatives.words import so_many, thousands
from organisation.models import Person
from organisation.permissions import may, require, require_one_of
from organisation.refusals import OrganisationRefused
from organisation.requests import Request
from organisation.roles import Perm
from retention.choices import Stop
from retention.clock import now
from retention.destroying import releases, valve
from retention.destroying import runs as room
from retention.forms.reasons import ReleaseForm
from retention.models import Destruction, Recording, Run
from retention.numbers import figures
from retention.shown import declarations
from retention.worklist.rows import line_of
from workflow.clock import local_date
from workflow.dates import day_in_words

PER_PAGE = 50
CRUMBS = [("Vernietigingen", reverse_lazy("destruction-runs"))]
COLUMNS = [
    Heading("Controle"),
    Heading("Door"),
    *(Heading(words, "n") for words in ("Gepland", "Vernietigd")),
    Heading("Stand"),
    Heading("Verklaring"),
]
MONTHS = [Heading("Maand"), Heading("Vernietigd", "n"), Heading("Verklaring")]
COUNTED = [Heading("Waarom"), Heading("Hoe vastgesteld"), Heading("Aantal", "n")]
MISSING = "Het bestand was al weg toen het vernietigd moest worden."
LAST, STOOD_STILL = ("laatste controle door de klok", ""), ("laatste controle: de klok staat stil", "late")
DONE = {
    Stop.QUANTITY: "De vernietiging is vrijgegeven. Zij gaat binnen enkele minuten door.",
    Stop.CLOCK: "De datum is bevestigd. De vernietiging gaat binnen enkele minuten door.",
}


@require_safe
def destruction_runs(request: Request) -> HttpResponse:
    """Every review, newest first; one that found nothing as well."""
    require_one_of(request.user, room.SEES_RUNS)
    try:
        page = room.page(PER_PAGE, request.GET.get("pagina", ""))
    except BadLink:
        reason = "Deze bladzijde bestaat niet. Begin bij de eerste."
        return render(request, "400.html", {"reason": reason}, status=400)
    units = room.units_seen(request.user)
    gone, declared = room.destroyed(page.rows, units), declarations.of_runs(page.rows, units)
    address = reverse("destruction-runs")
    context = {
        "runs": [
            _row(run, gone.get(run.pk, 0), units is None) | {"declared": declared.get(run.pk)} for run in page.rows
        ],
        "months": declarations.of_months(units),
        "month_columns": MONTHS,
        "columns": [column for column in COLUMNS if units is None or column.label != "Gepland"],
        "figures": _figures(units),
        "is_national": units is None,
        "position": f"vanaf {thousands(page.position)}",
        "previous_url": f"{address}?pagina={page.previous}" if page.previous else "",
        "next_url": f"{address}?pagina={page.next}" if page.next else "",
    }
    return render(request, "retention/runs.html", context)


@require_safe
def destruction_run(request: Request, pk: int) -> HttpResponse:
    """One review: what it destroyed, on which grounds, how that was established, and what is in the way."""
    require_one_of(request.user, room.SEES_RUNS)
    run = get_object_or_404(room.runs(), pk=pk)
    units = room.units_seen(request.user)
    rows, at = room.counted(run, units), now()
    context = {
        "run": run,
        "title": title_of(run),
        "crumbs": CRUMBS,
        "facts": _facts(run, units),
        "rows": rows,
        "total": thousands(sum(row.number for row in rows)),
        "columns": COUNTED,
        "troubles": [_trouble(one, request.user, at) for one in room.troubles(run, units)],
        "waits": _waits(run, units is None) if releases.waits(run) else "",
        "released": _released(run),
        "declared": declarations.of_runs([run], units).get(run.pk),
        "may_release": releases.waits(run) and may(request.user, Perm.GUARD_PRIVACY),
        "release_label": "Datum bevestigen" if run.waits_for == Stop.CLOCK else "Vrijgeven",
    }
    return render(request, "retention/run.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def release_run(request: Request, pk: int) -> HttpResponse:
    """A privacy officer lets it go on, with reasons."""
    require(request.user, Perm.GUARD_PRIVACY)
    run = get_object_or_404(room.runs(), pk=pk)
    if not releases.waits(run):
        return conflict(request, releases.NOTHING_WAITS)
    form = ReleaseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            releases.release(run, form.cleaned_data["reasons"], by=request.user)
        except OrganisationRefused as refused:
            return conflict(request, str(refused))
        messages.success(request, DONE[Stop(run.waits_for)])
        return redirect("destruction-run", run.pk)
    context = {
        "form": form,
        "title": title_of(run),
        "crumbs": [*CRUMBS, (title_of(run), reverse("destruction-run", args=[pk]))],
        "waits": _waits(run, is_national=True),
        "clocks": _clocks() if run.waits_for == Stop.CLOCK else [],
        "back": reverse("destruction-run", args=[pk]),
    }
    return render(request, "retention/release_run.html", context, status=400 if form.errors else 200)


def title_of(run: Run) -> str:
    return f"Controle {run.pk} van {day_in_words(local_date(run.began_at))}"


def _row(run: Run, destroyed: int, is_national: bool) -> dict[str, Any]:
    return {
        "url": reverse("destruction-run", args=[run.pk]),
        "began": moment_html(run.began_at),
        "late": _missed(run),
        "by": "een medewerker" if run.by_id else "de klok",
        "planned": thousands(run.planned) if is_national else None,
        "destroyed": thousands(destroyed),
        "state": _state(run),
    }


def _state(run: Run) -> str:
    if run.waits_for and not hasattr(run, "release"):
        return f"wacht: {run.get_waits_for_display()}"
    if run.waits_for:
        return "vrijgegeven" if run.release.by_id else "vanzelf doorgegaan"
    return "klaar" if run.ended_at else "niet afgemaakt"


def _missed(run: Run) -> str:
    if not run.missed:
        return ""
    return f"haalt {so_many(run.missed, 'gemiste controle', 'gemiste controles')} in"


def _figures(units: set[int] | None) -> list[tuple[Any, str, str]]:
    """Whether the promise is kept, now, in these units; None: in all."""
    late, failing, oldest, last, is_alive = figures.standing(units)
    return [
        (thousands(late), "over tijd: had er niet meer mogen zijn", "late" if late else ""),
        (thousands(failing), "mislukt of vermist", "late" if failing else ""),
        (day_in_words(local_date(oldest)) if oldest else "–", "dan sluit beoordelen het eerst", ""),
        (moment_html(last) if last else "–", *(LAST if is_alive else STOOD_STILL)),
    ]


def _facts(run: Run, units: set[int] | None) -> list[tuple[str, Any]]:
    facts: list[tuple[str, Any]] = [
        ("Begonnen", moment_html(run.began_at)),
        ("Klaar", moment_html(run.ended_at) if run.ended_at else "niet afgemaakt; de volgende ging verder"),
        ("Door", "een medewerker" if run.by_id else "de klok"),
    ]
    if run.missed:
        facts.append(("Te laat", _missed(run)))
    if units is None:
        facts += [("Bewaartermijn afgelopen", thousands(run.lapsed)), ("Gepland", thousands(run.planned))]
    return [*facts, ("Nog te vernietigen", thousands(room.waiting_to_go(run, units)))]


def _trouble(intent: Destruction, person: Person, at: datetime) -> tuple[Recording, str, str, str]:
    """The recording, what is wrong, its 28 days, and where a privacy officer closes that it is missing."""
    found = intent.recording
    may_declare = intent.missing_at and may(person, Perm.GUARD_PRIVACY) and not found.is_of(person)
    url = reverse("declare-loss", args=[found.pk]) if may_declare else ""
    return found, MISSING if intent.missing_at else intent.last_error, line_of(found, at), url


def _waits(run: Run, is_national: bool) -> str:
    """Why it waits; who is of a unit hears no national numbers."""
    if run.waits_for == Stop.CLOCK:
        return (
            "De klok van de database klopt misschien niet. Er wordt niets vernietigd tot een privacyfunctionaris de "
            "datum heeft bevestigd."
        )
    many = "Deze controle zou landelijk veel meer opnamen vernietigen dan op andere dagen."
    if is_national:
        many = (
            f"Deze controle zou {thousands(run.would_destroy)} opnamen vernietigen; op andere dagen zijn dat er "
            f"ongeveer {thousands(round(run.daily_median))}."
        )
    return f"{many} Een privacyfunctionaris kijkt eerst. Op de laatste dag om 18.00 uur gaat het vanzelf door."


def _clocks() -> list[tuple[str, str]]:
    """What whoever confirms the date compares with a clock of their own."""
    found = valve.clocks()
    told: list[tuple[str, str]] = [
        ("De database zegt nu", moment_html(found.at)),
        ("De server zegt nu", moment_html(found.at - found.ahead)),
    ]
    if found.newest_entry_at:
        told.append(("Het journaal is bij tot", moment_html(found.newest_entry_at)))
    return told


def _released(run: Run) -> str:
    if not run.waits_for or not hasattr(run, "release"):
        return ""
    return run.release.reasons or "Het wachten is vanzelf voorbijgegaan."
