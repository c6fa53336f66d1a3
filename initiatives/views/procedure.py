"""The procedure in plain words, for everybody, made from what the application itself obeys."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bodycams.look import Heading
from initiatives import diagram
from initiatives.models import Initiative
from initiatives.procedure import Status
from workflow.steps import Step, steps_of
from workflow.terms import KINDS


@require_safe
@login_not_required
def procedure(request: HttpRequest) -> HttpResponse:
    """What happens to an initiative, who does it, and when: a picture and a table made from the declared steps."""
    steps = steps_of(Initiative).values()
    context = {
        "boxes": diagram.boxes(),
        "arrows": diagram.arrows(),
        "size": (diagram.WIDTH, diagram.HEIGHT),
        "columns": [Heading("Stap"), Heading("Wie"), Heading("Van"), Heading("Naar")],
        "steps": [_in_words(number, step) for number, step in enumerate(steps, start=1)],
        "terms": {name: kind.days // 7 for name, kind in KINDS.items()},
    }
    return render(request, "initiatives/procedure.html", context)


def _in_words(number: int, step: Step) -> dict[str, object]:
    return {
        "number": number,
        "label": step.label,
        "explanation": step.explanation,
        "roles": step.who.roles,
        "conditions": step.who.conditions,
        "sources": [Status(source).label for source in step.sources],
        "targets": [] if step.keeps_status else [Status(target).label for target in step.targets],
    }
