"""One's own recordings, for who wore the camera: of the last shift with its judgement, and of earlier ones."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bodycams.keyset import BadLink, Page
from bodycams.look import term_html
from initiatives.views.register import address
from initiatives.words import from_to
from organisation.permissions import require
from organisation.roles import Perm
from retention.choices import AT_END_OF_SHIFT
from retention.clock import now
from retention.shown.recording import place_of
from retention.worklist.left import term_of
from retention.worklist.own import older, own, shift
from retention.worklist.rows import Reader, badges_of, groups, line_of, used_in_words
from workflow.clock import AMSTERDAM
from workflow.dates import weekday_in_words
from workflow.offers import Offer, offers

AT_THE_END, UNDO = "niet_zinvol_verklaren", "ongedaan_maken"
SIZE = 20


@require_safe
def own_recordings(request: HttpRequest) -> HttpResponse:
    """Each of the last shift can be judged at once; of older ones is told how long still."""
    person = request.user
    require(person, Perm.WEAR_CAMERA)
    at = now()
    before = _older(request, at)
    context: dict[str, Any] = {
        "lead": f"{_moment(at)} uur. U ziet hier alleen opnamen van uw eigen camera.",
        "shift": [_row(recording, offers(recording, person, at), at) for recording in shift(own(person), at)],
        "codes": [(code.value, code.label.capitalize()) for code in AT_END_OF_SHIFT],
        "groups": groups(before.rows, Reader(at, tells_holds=False), "", {}) if before else [],
        "is_wrong": before is None,
        **(_paging(before, request) if before else {}),
    }
    return render(request, "retention/own_recordings.html", context, status=200 if before else 400)


def _moment(at: datetime) -> str:
    here = at.astimezone(AMSTERDAM)
    return f"{weekday_in_words(here.date()).capitalize()}, {here:%H.%M}"


def _older(request: HttpRequest, at: datetime) -> Page | None:
    """None for a link that this list did not make."""
    try:
        return older(own(request.user), at, SIZE, request.GET.get("pagina", ""))
    except BadLink:
        return None


def _paging(before: Page, request: HttpRequest) -> dict[str, str]:
    return {
        "shown": from_to(before.position, len(before.rows)),
        "previous_url": address(request.GET, pagina=before.previous) if before.previous else "",
        "next_url": address(request.GET, pagina=before.next) if before.next else "",
    }


def _row(recording: Any, found: list[Offer], at: datetime) -> dict[str, Any]:
    """One recording of the last shift: what it is, and what its wearer can say of it now, or why not."""
    url = reverse("recording", args=[recording.pk])
    steps = {offer.step.name: offer for offer in found}
    at_the_end, undo = steps.get(AT_THE_END), steps.get(UNDO)
    return {
        "url": url,
        "name": recording.source_id,
        "used": used_in_words(recording.true_from or recording.used_from),
        "place": place_of(recording),
        "badges": badges_of(recording, at, tells_holds=False),
        "tone": term_of(recording, at).tone,
        "term": term_html(term_of(recording, at)),
        "line": line_of(recording, at),
        "judge_url": f"{url}stap/{AT_THE_END}/" if at_the_end and at_the_end.is_open else "",
        "undo_url": f"{url}stap/{UNDO}/" if undo and undo.is_open else "",
        "reasons": at_the_end.reasons if at_the_end else (),
    }
