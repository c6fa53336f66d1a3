"""What can become of a recording, in plain words, for everybody: made from what the application itself obeys."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organisation.step_pages import STEP_COLUMNS, steps_in_words
from retention.clock import now
from retention.models import Recording
from retention.spans import spans
from workflow.clock import local_date


@require_safe
@login_not_required
def recording_procedure(request: HttpRequest) -> HttpResponse:
    """The 28 days, who judges, how long what is necessary may stay, and a table of the declared steps."""
    context = {
        "columns": STEP_COLUMNS,
        "steps": steps_in_words(Recording),
        "spans": [(f"Artikel {code}", span.words) for code, span in spans(local_date(now())).items()],
    }
    return render(request, "retention/procedure.html", context)
