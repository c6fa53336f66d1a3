"""The pages of a file's steps. How such a page goes is in `organisation/step_pages.py`; here is what it shows of a
file, and the draft of an assessment.
"""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
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
from initiatives.similar import similar_to
from initiatives.views.file import form_url, heading, recorded
from initiatives.whole import whole
from organisation.models import Person
from organisation.requests import Request
from organisation.step_pages import StepPages
from workflow.clock import AMSTERDAM, local_date, now
from workflow.steps import Step, steps_of
from workflow.take import Forbidden, Reader, Refused, Taken, allow, record_refusal

ASSESSING = "beoordelen"


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: Request, pk: int, name: str) -> HttpResponse:
    return PAGES.answer(request, pk, name)


class FileSteps(StepPages):
    model = Initiative
    back = "Ga naar het dossier"

    def now(self) -> datetime:
        return now()

    def find(self, person: Person, pk: int) -> Initiative | None:
        return whole(Initiative.objects.visible_to(person), pk)

    def form(self, step: Step, data: QueryDict | None, subject: Any, request: Request, at: datetime) -> StepForm:
        form = FORMS[step.name](data, initiative=subject, at=at)
        if data is None:
            form.take_up(request.user)
        return form

    def take(self, pk: int, name: str, *, person: Person, at: datetime, read: Reader) -> Taken:
        return take_step(pk, name, person=person, at=at, read=read)

    def seen(self, subject: Any, person: Person) -> None:
        record_view(subject, person)

    def page(self, request: Request, step: Step, form: Any, at: datetime, status: HTTPStatus) -> HttpResponse:
        initiative, today = form.initiative, local_date(at)
        context = {
            **heading(initiative, today),
            **recorded(initiative, today),
            "step": step,
            "subject": initiative.title,
            "kind": "danger" if step.tone == "danger" else "primary",
            "form": form,
            "will_title": f"Dit gebeurt er als u {IF_YOU[step.name]}",
            "will": consequences(step, initiative, request.user, today),
            "way_back": way_back(step.name),
            "basis": facts.signed_for(initiative),
            **beside(form),
        }
        return render(request, "initiatives/step.html", context, status=status)

    def url(self, subject: Any) -> str:
        return reverse("file", args=[subject.pk])

    def form_url(self, subject: Any, person: Person) -> str:
        return form_url(subject, person)

    def done(self, request: Request, taken: Taken) -> HttpResponse:
        messages.success(request, f"U hebt {taken.step.sentence.removeprefix('heeft ')}.")
        return redirect("file", taken.subject.pk)


PAGES = FileSteps()


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
        return PAGES.refused(request, refused, status)
    known = FORMS[ASSESSING](None, initiative=initiative, at=at).fields
    typed = {name: request.POST[name] for name in known if name in request.POST}
    save_draft(initiative, typed, person=request.user, at=at)
    if request.accepts("text/html"):
        return redirect("step", pk, ASSESSING)
    moment = at.astimezone(AMSTERDAM)
    return JsonResponse({"saved": f"Bewaard om {moment:%H.%M} uur."})
