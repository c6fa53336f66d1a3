"""A letter of a file, to be saved: the bytes that were made once. Each time somebody takes one, the journal says so."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bodycams import heartbeat
from bodycams.errors import unavailable
from initiatives.letters.posting import file_name
from initiatives.models import Initiative, Letter
from journal.write import record
from organisation.permissions import capacity_to_see
from organisation.requests import Request

REFRESH = 3
"""Seconds after which a page that says that a letter is being made, looks again."""
NO_WORKER = "Er is nu niemand die de brief maakt. Probeer het over een paar minuten opnieuw, of waarschuw de beheerder."


@require_safe
def letter(request: Request, pk: int, n: int) -> HttpResponse:
    """The letter, or while the worker makes it (202) a page that comes back by itself."""
    initiative = get_object_or_404(Initiative.objects.visible_to(request.user), pk=pk)
    found = Letter.objects.filter(initiative=initiative, n=n).select_related("paper").first()
    if found is None:
        raise Http404
    if not hasattr(found, "paper"):
        return _being_made(request, initiative, found)
    response = HttpResponse(bytes(found.paper.content), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{file_name(found)}"'
    if request.method == "GET":
        _record(request, initiative, found)
    return response


def _record(request: Request, initiative: Initiative, found: Letter) -> None:
    """Before it is sent: nobody has it without a trace."""
    capacity = capacity_to_see(request.user, initiative)
    record(
        "brief_gedownload",
        f"{capacity.title} heeft brief {found} gedownload.",
        actor=request.user,
        role=capacity.role,
        unit=capacity.unit,
        about=found,
        data={"sha256": found.paper.sha256},
    )


def _being_made(request: Request, initiative: Initiative, found: Letter) -> HttpResponse:
    if not heartbeat.is_heard(heartbeat.WORKER):
        return unavailable(request, NO_WORKER)
    file_url = reverse("file", args=[initiative.pk])
    context = {
        "title": found.get_kind_display(),
        "reference": str(found),
        "url": request.get_full_path(),
        "file_url": file_url,
        "crumbs": [(initiative.number, file_url)],
    }
    response = render(request, "initiatives/letter_being_made.html", context, status=202)
    response["Refresh"] = str(REFRESH)
    return response
