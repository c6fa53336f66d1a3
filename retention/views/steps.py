"""The pages of a recording's steps. How such a page goes is in `organisation/step_pages.py`; here is what it shows of a
recording, and where the judge goes next.
"""

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
from organisation.roles import Role
from organisation.step_pages import StepPages
from retention.clock import now
from retention.forms.steps import FORMS, StepForm
from retention.looking.seen import record_view
from retention.models import Recording
from retention.services import take_step
from retention.shown import recording as shown
from retention.shown.ahead import IF_YOU, consequences, way_back
from retention.views.recording import heading
from retention.worklist.asked import whole
from retention.worklist.next_due import next_due
from workflow.steps import Step
from workflow.take import Reader, Taken

ON = "volgende"
"""The button `… en volgende` sends `naar=volgende`: who works through a list need not go back to it."""
JUDGING = ("noodzakelijk_verklaren", "niet_noodzakelijk_verklaren", "tijdstip_vaststellen")


@require_http_methods(["GET", "HEAD", "POST"])
def recording_step(request: Request, pk: int, name: str) -> HttpResponse:
    return PAGES.answer(request, pk, name)


class RecordingSteps(StepPages):
    model = Recording
    back = "Ga naar de opname"

    def now(self) -> datetime:
        return now()

    def find(self, person: Person, pk: int) -> Any:
        return whole(Recording.objects.visible_to(person)).filter(pk=pk).first()

    def form(self, step: Step, data: QueryDict | None, subject: Any, request: Request, at: datetime) -> StepForm:
        return FORMS[step.name](data, recording=subject, person=request.user, at=at)

    def take(self, pk: int, name: str, *, person: Person, at: datetime, read: Reader) -> Taken:
        return take_step(pk, name, person=person, at=at, read=read)

    def seen(self, subject: Any, person: Person) -> None:
        record_view(subject, person)

    def page(self, request: Request, step: Step, form: Any, at: datetime, status: HTTPStatus) -> HttpResponse:
        """What was locked to be judged is fetched again, with all that a page says of it."""
        found = form.recording if "held" in vars(form.recording) else self.find(request.user, form.recording.pk)
        head, url = heading(found, request.user, at), reverse("recording", args=[found.pk])
        context = {
            **head,
            "crumbs": [*head["crumbs"], (head["title"], url)],
            "recording_url": url,
            "chart": shown.line(found, at),
            "facts": list(shown.facts(found)),
            "step": step,
            "kind": "danger" if step.tone == "danger" else "primary",
            "form": form,
            "on": ON if step.name in JUDGING else "",
            "will_title": f"Dit gebeurt er als u {IF_YOU[step.name]}",
            "will": consequences(step, found, at),
            "way_back": way_back(step.name),
        }
        return render(request, "retention/step.html", context, status=status)

    def url(self, subject: Any) -> str:
        return reverse("recording", args=[subject.pk])

    def called(self, subject: Any) -> str:
        return f"opname {subject.source_id}"

    def done(self, request: Request, taken: Taken) -> HttpResponse:
        """To the recording; the wearer to the own ones, and who goes on to the next one."""
        said = taken.step.sentence.removeprefix("heeft ")
        messages.success(request, f"Opname {taken.subject.source_id}: u hebt {said}.")
        if taken.capacity.role == Role.WEARER:
            return redirect("own-recordings")
        if request.POST.get("naar") == ON:
            following = next_due(taken.subject, request.user, taken.at)
            return redirect("recording", following) if following else redirect("recordings")
        return redirect("recording", taken.subject.pk)


PAGES = RecordingSteps()
