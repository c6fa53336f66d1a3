"""The pages of a request's steps. How such a page goes is in `organisation/step_pages.py`."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from organisation.models import Person
from organisation.requests import Request
from organisation.step_pages import StepPages
from retention.clock import now
from retention.forms.requests import FORMS, RequestStepForm
from retention.models import PrivacyRequest
from retention.requests.services import take_step
from retention.shown import requests as shown
from retention.views.requests import head, record_view
from workflow.clock import local_date
from workflow.steps import Step
from workflow.take import Reader, Taken


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: Request, pk: int, name: str) -> HttpResponse:
    return PAGES.answer(request, pk, name)


class RequestSteps(StepPages):
    model = PrivacyRequest
    back = "Ga naar het verzoek"

    def now(self) -> datetime:
        return now()

    def find(self, person: Person, pk: int) -> PrivacyRequest | None:
        return PrivacyRequest.objects.visible_to(person).recorded().filter(pk=pk).first()

    def form(self, step: Step, data: QueryDict | None, subject: Any, request: Request, at: datetime) -> RequestStepForm:
        return FORMS[step.name](data, subject=subject, at=at)

    def take(self, pk: int, name: str, *, person: Person, at: datetime, read: Reader) -> Taken:
        return take_step(pk, name, person=person, at=at, read=read)

    def seen(self, subject: Any, person: Person) -> None:
        record_view(subject, person)

    def page(self, request: Request, step: Step, form: Any, at: datetime, status: HTTPStatus) -> HttpResponse:
        subject, shown_head = form.subject, head(form.subject, at)
        context = {
            **shown_head,
            "crumbs": [*shown_head["crumbs"], (subject.number, shown_head["request_url"])],
            "step": step,
            "kind": "danger" if step.tone == "danger" else "primary",
            "form": form,
            "facts": shown.facts(subject),
            "terms": list(shown.terms(subject, local_date(at))),
        }
        return render(request, "retention/request_step.html", context, status=status)

    def url(self, subject: Any) -> str:
        return reverse("privacy-request", args=[subject.pk])

    def done(self, request: Request, taken: Taken) -> HttpResponse:
        messages.success(request, f"U hebt {taken.step.sentence.removeprefix('heeft ')}.")
        return redirect("privacy-request", taken.subject.pk)


PAGES = RequestSteps()
