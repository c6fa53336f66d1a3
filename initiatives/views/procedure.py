"""The procedure in plain words, for everybody, made from what the application itself obeys."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from initiatives import diagram
from initiatives.models import Initiative
from organisation.step_pages import STEP_COLUMNS, steps_in_words
from workflow.terms import KINDS


@require_safe
@login_not_required
def procedure(request: HttpRequest) -> HttpResponse:
    """What happens to an initiative, who does it, and when: a picture and a table made from the declared steps."""
    context = {
        "boxes": diagram.boxes(),
        "arrows": diagram.arrows(),
        "size": (diagram.WIDTH, diagram.HEIGHT),
        "columns": STEP_COLUMNS,
        "steps": steps_in_words(Initiative),
        "terms": {name: kind.days // 7 for name, kind in KINDS.items()},
    }
    return render(request, "initiatives/procedure.html", context)
