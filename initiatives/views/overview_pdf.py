"""The national overview as PDF. The worker makes it; here somebody waits a moment for it, is told how far it is, or
gets it, and then that stands in the journal first.
"""

import threading
import time
from contextlib import ExitStack

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bodycams import heartbeat
from bodycams.being_made import looking_again, no_worker
from bodycams.errors import unavailable
from initiatives.forms.overview import PeildatumForm
from initiatives.overview.approved import Overview, overview_on
from initiatives.overview.files import Document, document_of
from initiatives.overview.words import how_many
from initiatives.views.overview_data import sent
from initiatives.words import thousands
from organisation.permissions import require
from organisation.requests import Request
from organisation.roles import Perm
from workflow.clock import local_date, now

PATIENCE = 8
"""Seconds that a request waits for a document, counted from when it was first asked for."""
LOOKS_EVERY = 0.1
NO_WORKER = no_worker("de PDF")

_may_wait = threading.BoundedSemaphore(3)
"""So many requests wait in this process at once; a thread is left for who asks something else."""


@require_safe
def overview_pdf(request: Request) -> HttpResponse:
    """The document, or while it is made (202) a page that comes back by itself. A HEAD makes nothing."""
    require(request.user, Perm.SEE_OVERVIEW)
    form = PeildatumForm(request.GET, local_date(now()))
    if not form.is_valid():
        return render(request, "400.html", {"reason": form.refusal}, status=400)
    found = overview_on(form.cleaned_data["peildatum"])
    document = document_of(found)
    if request.method == "HEAD":
        return HttpResponse(content_type="application/pdf", status=_status(document))
    if not document.is_ready():
        failure = document.progress().failure or ("" if _is_asked_for(document, found) else NO_WORKER)
        if failure:
            return unavailable(request, failure)
        if not _comes(document):
            return _being_made(request, found, document)
    return sent(request, found, document.read(), "pdf")


def _status(document: Document) -> int:
    if document.is_ready():
        return 200
    return 202 if heartbeat.is_heard(heartbeat.WORKER) else 503


def _is_asked_for(document: Document, found: Overview) -> bool:
    from initiatives.tasks import have_made  # brings Celery along, which no other page needs

    return have_made(document, found.peildatum)


def _comes(document: Document) -> bool:
    """Waits until the document is there; not long, and not at all once it is known to be a long one."""
    with ExitStack() as stack:
        if _may_wait.acquire(blocking=False):
            stack.callback(_may_wait.release)
            until = time.monotonic() + PATIENCE - document.asked_ago()
            while not document.is_ready() and document.progress() == (0, 0, "") and time.monotonic() < until:
                time.sleep(LOOKS_EVERY)
    return document.is_ready()


def _being_made(request: Request, found: Overview, document: Document) -> HttpResponse:
    done, total, failure = document.progress()
    if failure:
        return unavailable(request, failure)
    overview_url = f"{reverse('overview')}?peildatum={found.peildatum}"
    context = {
        "day": found.peildatum,
        "count": how_many(len(found.rows)),
        "percent": 100 * done // total if total else 0,
        "words": f"{thousands(done)} van {thousands(total)} initiatieven" if total else "",
        "url": request.get_full_path(),
        "crumbs": [("Overzicht", overview_url)],
        "overview_url": overview_url,
    }
    return looking_again(render(request, "initiatives/overview_being_made.html", context, status=202))
