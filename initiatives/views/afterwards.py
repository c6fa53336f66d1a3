"""What the unit says after approval: the report of what became of an initiative, and the evaluation of an experiment.

What was learnt is read in `views/lessons.py`.
"""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from initiatives import evaluations, executions
from initiatives.choices import CarriedOut
from initiatives.concepts import AlreadySent
from initiatives.evaluations import NotEvaluated, SavedMeanwhile
from initiatives.forms.afterwards import EvaluationForm, ExecutionForm
from initiatives.models import Initiative
from initiatives.views.file import heading
from initiatives.views.scope import SENT_BEFORE, form_id_of
from initiatives.whole import whole
from organisation.permissions import require_for
from organisation.requests import Request
from organisation.roles import Perm
from workflow.clock import local_date, now

NOT_PERMITTED = "Er is geen toestemming gegeven. Dan valt er niets te melden."
MEANWHILE = "Intussen is deze evaluatie ergens anders bewaard. Kopieer uw tekst, en open haar daarna opnieuw."


@require_http_methods(["GET", "HEAD", "POST"])
def execution(request: Request, pk: int) -> HttpResponse:
    """The unit reports that it was carried out, ended early or not carried out."""
    initiative, at = _file(request, pk), now()
    since = executions.permitted_on(initiative)
    if since is None:
        return _closed(request, initiative, NOT_PERMITTED)
    form = ExecutionForm(request.POST if request.method == "POST" else None, since=since, today=local_date(at))
    status = 400 if form.is_bound else 200
    if form.is_valid():
        said, form_id = form.cleaned_data, form_id_of(request.POST)
        try:
            executions.report(
                initiative,
                CarriedOut(said["outcome"]),
                said["on_day"],
                said["sentence"],
                person=request.user,
                at=at,
                form_id=form_id,
            )
        except AlreadySent:
            form.add_error(None, SENT_BEFORE)
            status = 409
        else:
            messages.success(request, "Uw melding staat in het dossier en in het landelijk overzicht.")
            return redirect("file", pk)
    context = {**heading(initiative, local_date(at)), "form": form, "form_id": uuid4()}
    return render(request, "initiatives/execution.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def evaluation(request: Request, pk: int) -> HttpResponse:
    """The unit writes down what its experiment taught: kept as a draft, then submitted once."""
    initiative = _file(request, pk)
    written = evaluations.evaluation_of(initiative)
    if why := evaluations.why_not(initiative):
        return _closed(request, initiative, why)
    if written and written.submitted_at:
        return _closed(request, initiative, "Deze evaluatie is al ingediend. Daarna verandert er niets meer aan.")
    draft = "draft" in request.POST
    form = EvaluationForm(request.POST if request.method == "POST" else None, written=written, draft=draft)
    if form.is_valid():
        return _save(request, initiative, form, draft)
    return _evaluation_page(request, initiative, form, 400 if form.is_bound else 200)


def _save(request: Request, initiative: Initiative, form: EvaluationForm, draft: bool) -> HttpResponse:
    after = form.cleaned_data["after"] or 0
    try:
        evaluations.save(initiative, form.answers(), person=request.user, at=now(), after=after, submit=not draft)
    except SavedMeanwhile:
        form.add_error(None, MEANWHILE)
        return _evaluation_page(request, initiative, form, 409)
    except NotEvaluated as refused:
        return _closed(request, initiative, str(refused))
    if draft:
        messages.success(request, "Het concept is bewaard. U kunt later verdergaan.")
        return redirect("evaluation", initiative.pk)
    messages.success(request, "De evaluatie is ingediend. Alle contactpersonen kunnen haar lezen.")
    return redirect("file", initiative.pk)


def _evaluation_page(request: Request, initiative: Initiative, form: EvaluationForm, status: int) -> HttpResponse:
    today = local_date(now())
    context = {**heading(initiative, today), "form": form, "due": evaluations.due_on(initiative)}
    return render(request, "initiatives/evaluation.html", context, status=status)


def _file(request: Request, pk: int) -> Initiative:
    """The file, for somebody who speaks for its unit."""
    initiative = whole(Initiative.objects.visible_to(request.user), pk)
    if initiative is None:
        raise Http404
    require_for(request.user, Perm.FILE, initiative)
    return initiative


def _closed(request: Request, initiative: Initiative, why: str) -> HttpResponse:
    to_file: dict[str, Any] = {
        "label": "Ga naar het dossier",
        "url": reverse("file", args=[initiative.pk]),
        "note": str(initiative),
    }
    return render(request, "initiatives/closed.html", {"why": why, "links": [to_file]}, status=409)
