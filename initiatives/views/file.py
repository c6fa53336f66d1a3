"""The page of one file: where it stands, whose turn it is, what the reader can do, what was decided, what happened."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.views.decorators.http import require_safe

from initiatives.looks import URGENT, look_of
from initiatives.models import Initiative
from initiatives.questions import may_ask_about
from initiatives.seen import record_view
from initiatives.shown import (
    afterwards,
    arranged,
    assessment,
    decisions,
    facts,
    letters,
    line,
    matrix,
    questions,
    support,
    terms,
    trail,
    turn,
)
from initiatives.whole import whole
from organisation.permissions import may_for
from organisation.requests import Request
from organisation.roles import Perm
from workflow.clock import local_date, now
from workflow.offers import offers

MY_WORK = ("Mijn werk", reverse_lazy("my-work"))
REGISTER = ("Register", reverse_lazy("register"))


@require_safe
def file(request: Request, pk: int) -> HttpResponse:
    at = now()
    today = local_date(at)
    initiative = whole(Initiative.objects.visible_to(request.user), pk)
    if initiative is None:
        raise Http404
    record_view(initiative, request.user)
    entries = trail.entries(initiative)
    head = heading(initiative, today)
    beside = _beside(initiative, request.user, today)
    context = {
        **head,
        **recorded(initiative, today),
        "crumbs": head["crumbs"][:1],
        "parts": _parts(initiative, beside),
        "points": line.line(initiative, entries),
        "offers": offers(initiative, request.user, at),
        "form_url": form_url(initiative, request.user),
        "whose": turn.whose_turn(initiative, today),
        "sections": facts.sections(initiative),
        "necessity": decisions.necessity(initiative),
        **_handed_over(initiative, today),
        "terms": terms.terms(initiative, today),
        **beside,
        **trail.shown(entries),
    }
    return render(request, "initiatives/file.html", context)


def heading(initiative: Initiative, today: date) -> dict[str, Any]:
    """What stands in the head of every page about one file."""
    title = initiative.heading
    url = reverse("file", args=[initiative.pk])
    where = REGISTER if initiative.number else MY_WORK
    cameras = facts.value_of(initiative, "cameras_requested")
    return {
        "initiative": initiative,
        "title": title,
        "file_url": url,
        "steps_url": f"{url}stap/",
        "crumbs": [where, (initiative.number or title, url)],
        "status": look_of(initiative),
        "flags": [URGENT] if initiative.urgent and initiative.due_on else [],
        "running": terms.running(initiative, today),
        "facts": [
            ("Eenheid", initiative.unit.name),
            ("Soort", facts.kinds_of(initiative)),
            *([("Camera’s", cameras)] if cameras else []),
        ],
    }


def _handed_over(initiative: Initiative, today: date) -> dict[str, Any]:
    """What the unit handed in and how far it meets what is asked; what was written to it, and what it was granted."""
    return {
        "letters": letters.letters(initiative),
        "support": support.of_file(initiative, today),
        "documents": arranged.documents(initiative),
        "matrix": matrix.shown(initiative, assessment.in_force(initiative), today),
    }


def form_url(initiative: Initiative, person: Any) -> str:
    """Where this person can fill in what is missing; empty for who cannot, or not any more."""
    writes = initiative.is_concept and may_for(person, Perm.FILE, initiative)
    return reverse("concept", args=[initiative.pk]) if writes else ""


def recorded(initiative: Initiative, today: date) -> dict[str, Any]:
    """What others wrote about it: asked, judged, decided, objected."""
    assessed, assessed_before = assessment.assessments(initiative)
    return {
        "returned": decisions.pending_return(initiative),
        "assessed": assessed,
        "assessed_before": assessed_before,
        "decisions": decisions.decisions(initiative, today),
        "objection": decisions.objection(initiative),
        "views": decisions.views(initiative),
    }


def _beside(initiative: Any, person: Any, today: date) -> dict[str, Any]:
    """What stands beside the procedure: what came after approval, and questions."""
    return {
        "afterwards": afterwards.on_file(initiative, person, today),
        "questions": questions.on_file(initiative, may_ask_about(person, initiative)),
    }


def _parts(initiative: Any, beside: dict[str, Any]) -> list[tuple[str, str]]:
    """The sections that this file's page has, with their anchors."""
    there: dict[tuple[str, str], Any] = {
        ("Wat ontbreekt", "aanvullen"): initiative.pending_return(),
        ("Bezwaar", "bezwaar"): hasattr(initiative, "objection"),
        ("Besluit", "besluit"): initiative.decisions.all(),
        ("Ondersteuning", "ondersteuning"): initiative.support_rows,
        ("Waar het over gaat", "inhoud-dossier"): True,
        ("Noodzaak", "noodzaak"): initiative.necessity,
        ("Documenten", "documenten"): initiative.documents_by_place(),
        ("Termijnen", "termijnen"): True,
        ("Brieven", "brieven"): initiative.letter_rows,
        ("Toetsing", "toetsing"): True,
        ("Beoordeling", "beoordeling"): initiative.assessments.all(),
        ("Uitvoering", "uitvoering"): beside["afterwards"],
        ("Vragen", "vragen"): beside["questions"],
        ("Wat er is gebeurd", "spoor"): True,
    }
    return [part for part, is_there in there.items() if is_there]
