"""Which recordings a request is about: searching and linking them, and taking one off again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from bodycams.errors import conflict
from initiatives.words import so_many
from organisation.requests import Request
from retention import holds
from retention.clock import now
from retention.forms.finding import FindingForm, to_choose_from
from retention.forms.requests import LinkForm, UnlinkForm
from retention.models import RequestLink
from retention.requests import finding, services
from retention.views.requests import head, visible
from retention.words import label_of, note_of
from retention.worklist.rows import line_of


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: Request, pk: int) -> HttpResponse:
    """Search by what the requester tells, and say which recordings it is about. Each is held from then on."""
    found, at, search = visible(request, pk), now(), FindingForm(request.GET)
    recordings = finding.find(search.sought()) if search.is_valid() else []
    data = request.POST if request.method == "POST" else None
    choices = to_choose_from(recordings, request.POST if request.method == "POST" else request.GET)
    form = LinkForm(data, recordings=choices, at=at)
    try:
        if form.is_valid():
            added = services.link(found, form.cleaned_data["opname"], person=request.user, at=at)
            messages.success(request, f"U hebt {so_many(added, 'opname', 'opnamen')} gekoppeld.")
            return redirect("privacy-request", pk)
    except holds.NotPossible as refused:
        return conflict(request, str(refused))
    shown = head(found, at)
    context = {
        **shown,
        "crumbs": [*shown["crumbs"], (found.number, shown["request_url"])],
        "requester": getattr(found, "requester", None),
        "search": search,
        "form": form,
        "choices": choices,
        "more": len(recordings) > finding.SHOWN,
    }
    status = 400 if form.is_bound or search.errors else 200
    return render(request, "retention/request_link.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def unlink(request: Request, pk: int, link: int) -> HttpResponse:
    """It was not about this recording after all."""
    found, at = visible(request, pk), now()
    linked = get_object_or_404(RequestLink.objects.select_related("recording__unit"), pk=link, request=found)
    form = UnlinkForm(request.POST if request.method == "POST" else None)
    try:
        if form.is_valid():
            services.unlink(linked, form.cleaned_data["reasons"], person=request.user, at=at)
            messages.success(request, "U hebt de opname losgekoppeld.")
            return redirect("privacy-request", pk)
    except holds.NotPossible as refused:
        return conflict(request, str(refused))
    shown = head(found, at)
    context = {
        **shown,
        "crumbs": [*shown["crumbs"], (found.number, shown["request_url"])],
        "recording": f"{label_of(linked.recording)}; {note_of(linked.recording)}",
        "line": line_of(linked.recording, at),
        "form": form,
    }
    return render(request, "retention/request_unlink.html", context, status=400 if form.is_bound else 200)
