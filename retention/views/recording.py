"""The page of one recording: what it is, how long still, what the reader can do, what was judged and seen of it, and
after its destruction the proof. Never image or sound: those are behind a purpose.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
from django.views.decorators.http import require_safe

from organisation.requests import Request
from retention.clock import now
from retention.looking import told
from retention.looking.seen import record_view
from retention.models import Recording
from retention.procedure import Status
from retention.shown import recording as shown
from retention.shown.holds import on_recording
from retention.shown.looking import Ways, ways
from retention.worklist.asked import whole
from retention.worklist.looks import LOOKS
from workflow.offers import Offer, offers

LIST = ("Opnamen", reverse_lazy("recordings"))
LOOK = ("B", "bekijken")
JUDGE = {"noodzakelijk_verklaren": ("N", "noodzakelijk"), "niet_noodzakelijk_verklaren": ("V", "niet noodzakelijk")}
"""Keys, and what they do (`static/js/queue.js`); by step."""


@require_safe
def recording(request: Request, pk: int) -> HttpResponse:
    at = now()
    found = get_object_or_404(whole(Recording.objects.visible_to(request.user)), pk=pk)
    record_view(found, request.user)
    offered, seen = offers(found, request.user, at), ways(found, request.user, at)
    context = {
        **heading(found, request.user, at),
        "chart": shown.line(found, at),
        "offers": offered,
        "steps_url": f"{reverse('recording', args=[pk])}stap/",
        "ways": seen,
        "keys": list(_keys(offered, seen)),
        "tells_why": told.is_told_why(request.user, found),
        "looked": told.looked(found, request.user),
        "facts": list(shown.facts(found)),
        "kept": list(told.kept(found, request.user)),
        "proof": list(shown.proof(found)),
        "held": on_recording(found, request.user, at) if shown.tells_holds(found, request.user) else None,
        "trail": told.trail(found, request.user),
    }
    return render(request, "retention/recording.html", context)


def _keys(offered: list[Offer], seen: Ways) -> Iterator[tuple[str, str]]:
    """The keys that do something here and now."""
    if seen.view_url:
        yield LOOK
    for offer in offered:
        if offer.is_open and offer.step.name in JUDGE:
            yield JUDGE[offer.step.name]


def heading(found: Any, person: Any, at: datetime) -> dict[str, Any]:
    """What stands in the head of every page about one recording."""
    return {
        "recording": found,
        "crumbs": [LIST],
        "title": f"Opname {found.source_id}",
        "status": LOOKS[Status(found.status)],
        "flags": shown.marks(found, person, at),
        "head_facts": shown.in_short(found),
        "term": shown.term(found, at),
    }
