"""A letter of a file, to be saved: the bytes that were made once. Each time somebody takes one, the journal says so."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from bodycams.being_made import being_made
from initiatives.letters.posting import file_name
from initiatives.models import Initiative, Letter
from journal.write import record
from organisation.permissions import capacity_to_see
from organisation.requests import Request


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
    file_url = reverse("file", args=[initiative.pk])
    context = {
        "title": found.get_kind_display(),
        "reference": str(found),
        "file_url": file_url,
        "crumbs": [(initiative.number, file_url)],
    }
    return being_made(request, "initiatives/letter_being_made.html", context, "de brief")
