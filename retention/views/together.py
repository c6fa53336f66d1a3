"""Several recordings judged at once: asked on one page with all that were chosen; told afterwards which were not."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from initiatives.words import so_many
from organisation.permissions import require
from organisation.requests import Request
from organisation.roles import Perm
from organisation.step_pages import typed
from retention.clock import now
from retention.forms.together import TOO_MANY, TogetherForm, chosen
from retention.models import Recording
from retention.services import MOST, TOGETHER, judge_together
from retention.shown import ahead
from retention.shown import recording as shown
from retention.views.recording import LIST
from retention.worklist.asked import whole
from retention.worklist.rows import line_of
from workflow.steps import steps_of
from workflow.take import NotThere, Refused, closed_because
from workflow.together import Together
from workflow.who import Refusal

TITLE = "Samen niet noodzakelijk verklaren"


@require_http_methods(["GET", "HEAD", "POST"])
def judge_several(request: Request) -> HttpResponse:
    """The list sends what was chosen; this page sends it again with the reason."""
    require(request.user, Perm.JUDGE_RECORDINGS)
    at = now()
    given = request.POST if request.method == "POST" else request.GET
    keys = chosen(given)
    answers = request.method == "POST" and "reason_code" in given
    form = TogetherForm(given if answers else None)
    if not keys:
        messages.error(request, "Kies eerst een of meer opnamen op de lijst.")
        return redirect("recordings")
    if len(keys) > MOST:
        return _page(request, form, keys[:MOST], at, TOO_MANY)
    if not (answers and form.is_valid()):
        return _page(request, form, keys, at)
    try:
        done = judge_together(keys, person=request.user, at=at, given=form.answers())
    except NotThere:
        raise Http404 from None
    return _told(request, done)


def _page(request: Request, form: TogetherForm, keys: list[int], at: datetime, wrong: str = "") -> HttpResponse:
    found = whole(Recording.objects.visible_to(request.user)).filter(pk__in=keys)
    rows = [_row(one, request.user, at) for one in found.order_by("judging_closes_at", "pk")]
    if not rows:
        raise Http404
    context = {
        "crumbs": [LIST],
        "title": TITLE,
        "form": form,
        "rows": rows,
        "wrong": wrong,
        "list_url": reverse("recordings"),
        "will": ahead.of_several(at),
    }
    status = HTTPStatus.BAD_REQUEST if form.is_bound or wrong else HTTPStatus.OK
    return render(request, "retention/together.html", context, status=status)


def _row(recording: Any, person: Any, at: datetime) -> dict[str, Any]:
    """What was chosen, and why it cannot be judged now, if it cannot."""
    step = steps_of(Recording)[TOGETHER]
    authority = step.who(person, recording)
    reasons = (
        [authority.sentence]
        if isinstance(authority, Refusal)
        else [reason.sentence for reason in closed_because(step, recording, person, at)]
    )
    return {
        "pk": recording.pk,
        "url": reverse("recording", args=[recording.pk]),
        "name": recording.source_id,
        "used": shown.span(recording),
        "place": shown.place_of(recording),
        "line": line_of(recording, at),
        "why": " ".join(reasons),
    }


def _told(request: Request, done: Together) -> HttpResponse:
    """Back to the list when all were judged; else which were not, and why."""
    count = len(done.taken)
    said = f"{_recordings(count)} niet noodzakelijk verklaard. U kunt dit een uur lang terugdraaien."
    if not done.refused:
        messages.success(request, said)
        return redirect("recordings")
    context = {
        "crumbs": [LIST],
        "title": TITLE,
        "said": said if count else "Er is niets veranderd.",
        "left": [_left(refused) for refused in done.refused],
        "typed": typed(request.POST),
        "list_url": reverse("recordings"),
    }
    return render(request, "retention/together_left.html", context, status=HTTPStatus.CONFLICT)


def _left(refused: Refused) -> dict[str, str]:
    found = refused.subject
    return {"url": reverse("recording", args=[found.pk]), "label": f"Opname {found.source_id}", "note": str(refused)}


def _recordings(count: int) -> str:
    return so_many(count, "opname is", "opnamen zijn")
