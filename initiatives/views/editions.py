"""The editions of the national overview: the list, each one with what it says of itself, and its files.

Asking for one and answering is in `edition_requests.py`, what differs between two in `edition_changes.py`.
"""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from bodycams.being_made import being_made, looking_again
from bodycams.look import Badge, Heading
from initiatives.editions import asking as room
from initiatives.editions import planning
from initiatives.models import Edition, EditionRequest
from initiatives.overview.words import how_many
from initiatives.words import size_in_words, thousands
from journal.anchors import anchor_of
from journal.write import record
from organisation.permissions import capacity_with, may, require
from organisation.requests import Request
from organisation.roles import Perm
from workflow.clock import local_date, now
from workflow.dates import day_in_words

OVERVIEW = [("Overzicht", reverse_lazy("overview"))]
CRUMBS = [*OVERVIEW, ("Edities", reverse_lazy("editions"))]
COLUMNS = [
    Heading("Editie"),
    Heading("Peildatum"),
    Heading("Gepubliceerd"),
    Heading("Initiatieven", "n"),
    Heading("Met ondersteuning", "n"),
    Heading("Document"),
]
SEES_REQUESTS = (Perm.ASK_EDITION, Perm.CONFIRM_EDITION, Perm.AUDIT)
KINDS = {"pdf": "application/pdf", "json": "application/json", "csv": "text/csv; charset=utf-8"}
_BYTES = ("paper__content", "paper__json", "paper__csv")
FINAL, CORRECTED = Badge("Vastgesteld", "good"), Badge("Verbeterd", "warn", "pencil")


@require_safe
def editions(request: Request) -> HttpResponse:
    """Every edition, the newest first; and to who has to do with it what was asked for and what the clock will ask."""
    require(request.user, Perm.SEE_OVERVIEW)
    found = Edition.objects.select_related("corrected_by", "paper").defer("data", *_BYTES)
    context = {
        "crumbs": OVERVIEW,
        "columns": COLUMNS,
        "editions": [(edition, file_note(edition)) for edition in found],
        "may_ask": may(request.user, Perm.ASK_EDITION),
        **_asked(request),
    }
    return render(request, "initiatives/editions.html", context)


def _asked(request: Request) -> dict[str, Any]:
    if not any(may(request.user, perm) for perm in SEES_REQUESTS):
        return {}
    waiting = EditionRequest.objects.waiting().order_by("id")
    return {
        "requests": [
            {
                "url": reverse("edition-request", args=[asked.pk]),
                "label": capfirst(room.in_words(asked)),
                "note": f"Aangevraagd op {day_in_words(local_date(asked.proposed_at))}. Wacht op de programmamanager.",
            }
            for asked in waiting
        ],
        "sees_plan": True,
        "planned": planning.schedule(),
        "next_peildatum": planning.next_half_year(local_date(now())),
    }


@require_safe
def edition(request: Request, number: int) -> HttpResponse:
    """One edition: what it is, where it comes from, and how anybody can check it."""
    require(request.user, Perm.SEE_OVERVIEW)
    people = "request__verdict"
    found = get_object_or_404(
        Edition.objects.select_related("corrects", "corrected_by", "seal", "paper", people).defer("data", *_BYTES),
        pk=number,
    )
    paper = getattr(found, "paper", None)
    context = {
        "edition": found,
        "title": str(found).capitalize(),
        "lead": f"De goedgekeurde initiatieven van {day_in_words(found.peildatum)}.",
        "crumbs": CRUMBS,
        "facts": _facts(found),
        "genuine": _genuine(found),
        "files": _files(found) if paper else [],
        "before": found.corrects_id or number - 1,
        "may_correct": may(request.user, Perm.ASK_EDITION) and not hasattr(found, "corrected_by"),
        "status": CORRECTED if hasattr(found, "corrected_by") else FINAL,
    }
    response = render(request, "initiatives/edition.html", context)
    return response if paper else looking_again(response)


@require_safe
def edition_file(request: Request, number: int, kind: str) -> HttpResponse:
    """The edition as PDF, or its data: byte for byte as they were made."""
    require(request.user, Perm.SEE_OVERVIEW)
    found = get_object_or_404(Edition.objects.select_related("paper").defer("data"), pk=number)
    if not hasattr(found, "paper"):
        return being_made(
            request, "initiatives/edition_being_made.html", {"edition": found, "crumbs": CRUMBS}, "de editie"
        )
    content = bytes(found.paper.content if kind == "pdf" else getattr(found.paper, kind))
    response = HttpResponse(content, content_type=KINDS[kind])
    response["Content-Disposition"] = f'attachment; filename="{file_name(found, kind)}"'
    if request.method == "GET":
        _record(request, found, kind)
    return response


def _record(request: Request, found: Edition, kind: str) -> None:
    """Before it is sent: nobody has it without a trace."""
    capacity = capacity_with(request.user, Perm.SEE_OVERVIEW)
    record(
        "editie_gedownload",
        f"{capacity.title} heeft {found} gedownload als {kind.upper()}.",
        actor=request.user,
        role=capacity.role,
        unit=capacity.unit,
        about=found,
        data={"kind": kind, "sha256": found.paper.sha256},
    )


def file_name(found: Edition, kind: str) -> str:
    return f"goedgekeurde-initiatieven-editie-{found.pk}.{kind}"


def file_note(found: Edition) -> str:
    """How large its document is; empty while it is being made."""
    paper = getattr(found, "paper", None)
    return size_in_words(paper.size) if paper else ""


def _facts(found: Edition) -> list[tuple[str, str]]:
    asked, verdict = found.request, found.request.verdict
    by = "op de geplande dag" if asked.is_scheduled else "door de projectleider"
    return [
        ("Peildatum", f"{day_in_words(found.peildatum)}, einde van de dag"),
        ("Inhoud", f"{how_many(found.initiatives)}, {thousands(found.supported)} met ondersteuning"),
        ("Aangevraagd", f"op {day_in_words(local_date(asked.proposed_at))}, {by}"),
        ("Bevestigd", f"op {day_in_words(local_date(verdict.decided_at))}, door de programmamanager"),
        ("Waarom", asked.reasons),
    ]


def _genuine(found: Edition) -> list[tuple[str, str]]:
    """What anybody can hold a copy against."""
    paper = getattr(found, "paper", None)
    printed = [("SHA-256", paper.sha256), ("Ondertekend door", paper.signed_by)] if paper else []
    return [*printed, ("Zegel van het journaal", anchor_of(found.seal))]


def _files(found: Edition) -> list[dict[str, str]]:
    notes = {
        "pdf": ("Het ondertekende document", "file-type-pdf", "Toegankelijk en duurzaam: PDF/UA en PDF/A."),
        "json": ("De gegevens voor programma’s", "file-text", "JSON, zoals ook in het document zit."),
        "csv": ("De gegevens voor een rekenblad", "file-text", "CSV, zoals ook in het document zit."),
    }
    return [
        {
            "label": label,
            "icon": icon,
            "note": note,
            "url": reverse(f"edition-{kind}", args=[found.pk]),
            "size": size_in_words(found.paper.size) if kind == "pdf" else "",
        }
        for kind, (label, icon, note) in notes.items()
    ]
