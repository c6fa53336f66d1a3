"""The page of one step, the same for all steps: GET asks and says what will happen, POST takes it.

Answers, in this order: 404 what somebody may not see or what does not exist, 403 what this person may never do, 409
what cannot be done now, 400 what was filled in wrongly, and 302 to the file when the step was taken.
"""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from initiatives.drafts import save_draft
from initiatives.forms.assessment import AssessmentForm
from initiatives.forms.base import StepForm
from initiatives.forms.steps import FORMS
from initiatives.models import Initiative
from initiatives.seen import record_view
from initiatives.services import take_step
from initiatives.shown import facts, matrix
from initiatives.shown.ahead import IF_YOU, way_back
from initiatives.shown.consequences import consequences
from initiatives.shown.refusal import last_step, typed
from initiatives.similar import similar_to
from initiatives.views.file import form_url, heading, recorded
from initiatives.whole import whole
from organisation.requests import Request
from workflow.clock import AMSTERDAM, local_date, now
from workflow.steps import Step, steps_of
from workflow.take import Forbidden, InputInvalid, InputRefused, NotThere, Refused, StepRefused, allow, record_refusal

ASSESSING = "beoordelen"
SEE = "Daar staat hoe het ervoor staat, en wat u wel kunt doen."


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: Request, pk: int, name: str) -> HttpResponse:
    at = now()
    try:
        return _take(request, pk, name, at) if request.method == "POST" else _ask(request, pk, name, at)
    except NotThere:
        raise Http404 from None
    except Forbidden as refused:
        return _refused(request, refused, HTTPStatus.FORBIDDEN)
    except StepRefused as refused:
        return _refused(request, refused, HTTPStatus.CONFLICT)


def _ask(request: Request, pk: int, name: str, at: datetime) -> HttpResponse:
    initiative = whole(Initiative.objects.visible_to(request.user), pk)
    asked = steps_of(Initiative).get(name)
    if initiative is None or asked is None:
        raise NotThere
    try:
        allow(asked, initiative, request.user, at)
    except Refused as refused:
        record_refusal(refused, request.user)
        raise
    record_view(initiative, request.user)
    form = FORMS[name](None, initiative=initiative, at=at)
    form.take_up(request.user)
    return _page(request, asked, form, HTTPStatus.OK)


def _take(request: Request, pk: int, name: str, at: datetime) -> HttpResponse:
    forms: list[StepForm] = []

    def read(initiative: Initiative, asked: Step) -> dict[str, Any]:
        form = FORMS[asked.name](request.POST, initiative=initiative, at=at)
        forms.append(form)
        if not form.is_valid():
            raise InputInvalid
        return form.answers()

    try:
        taken = take_step(pk, name, person=request.user, at=at, read=read)
    except InputInvalid:
        record_view(forms[0].initiative, request.user)
        return _page(request, steps_of(Initiative)[name], forms[0], HTTPStatus.BAD_REQUEST)
    except InputRefused as refused:
        forms[0].refuse(refused.reasons)
        return _page(request, refused.step, forms[0], HTTPStatus.BAD_REQUEST)
    messages.success(request, f"U hebt {taken.step.sentence.removeprefix('heeft ')}.")
    return redirect("file", pk)


def _page(request: Request, asked: Step, form: StepForm, status: HTTPStatus) -> HttpResponse:
    initiative, today = form.initiative, local_date(form.at)
    context = {
        **heading(initiative, today),
        **recorded(initiative, today),
        "step": asked,
        "subject": initiative.title,
        "kind": "danger" if asked.tone == "danger" else "primary",
        "form": form,
        "will_title": f"Dit gebeurt er als u {IF_YOU[asked.name]}",
        "will": consequences(asked, initiative, request.user, today),
        "way_back": way_back(asked.name),
        "basis": facts.signed_for(initiative),
        **beside(form),
    }
    return render(request, "initiatives/step.html", context, status=status)


def beside(form: StepForm) -> dict[str, Any]:
    """What stands beside a form that is written at length: what the file itself says, and others like it."""
    if not isinstance(form, AssessmentForm):
        return {}
    saved = form.saved_at.astimezone(AMSTERDAM) if form.saved_at else None
    return {
        "matrix": matrix.shown(form.initiative, None, local_date(form.at)),
        "similar": similar_to(form.initiative),
        "drafts": [(local_date(draft.saved_at), found) for draft, found in form.differences()],
        "draft_url": reverse("assessment-draft", args=[form.initiative.pk]),
        "draft_saved": f"Bewaard op {saved:%-d-%-m-%Y} om {saved:%H.%M} uur." if saved else "Nog niet bewaard.",
    }


@require_http_methods(["POST"])
def assessment_draft(request: Request, pk: int) -> HttpResponse:
    """Keep what was typed so far in an assessment. A script asks for it in the background, a button without one."""
    at, asked = now(), steps_of(Initiative)[ASSESSING]
    initiative = whole(Initiative.objects.visible_to(request.user), pk)
    if initiative is None:
        raise Http404
    try:
        allow(asked, initiative, request.user, at)
    except Refused as refused:
        record_refusal(refused, request.user)
        status = HTTPStatus.FORBIDDEN if isinstance(refused, Forbidden) else HTTPStatus.CONFLICT
        return _refused(request, refused, status)
    known = FORMS[ASSESSING](None, initiative=initiative, at=at).fields
    typed = {name: request.POST[name] for name in known if name in request.POST}
    save_draft(initiative, typed, person=request.user, at=at)
    if request.accepts("text/html"):
        return redirect("step", pk, ASSESSING)
    moment = at.astimezone(AMSTERDAM)
    return JsonResponse({"saved": f"Bewaard om {moment:%H.%M} uur."})


def _refused(request: Request, refused: Refused, status: HTTPStatus) -> HttpResponse:
    initiative = refused.subject
    context = {
        "step": refused.step,
        "code": status.value,
        "can": "Dat kan nu niet" if status == HTTPStatus.CONFLICT else "Dat mag u niet",
        "lead": f"{refused.step.label}, bij {initiative}.",
        "reasons": refused.reasons,
        "form_url": form_url(initiative, request.user),
        "meanwhile": last_step(initiative, request.user) if status == HTTPStatus.CONFLICT else "",
        "typed": typed(request.POST),
        "links": [{"url": reverse("file", args=[initiative.pk]), "label": "Ga naar het dossier", "note": SEE}],
        "foot": "Er is niets veranderd.",
    }
    return render(request, "initiatives/step_refused.html", context, status=status)
