"""A file that is missing: a privacy officer declares that it is gone, and why."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.views.decorators.http import require_http_methods

from bodycams.errors import conflict
from organisation.permissions import require
from organisation.refusals import OrganisationRefused
from organisation.requests import Request
from organisation.roles import Perm
from retention.destroying import losses
from retention.forms.reasons import LossForm
from retention.models import Recording

DECLARED = "De vermissing is afgesloten. Het bewijs zegt dat u dit hebt verklaard."
THERE_AFTER_ALL = "Het bestand is er toch. Het wordt binnen enkele minuten vernietigd; u hoeft niets te doen."


@require_http_methods(["GET", "HEAD", "POST"])
def declare_loss(request: Request, pk: int) -> HttpResponse:
    """The storage is asked again when the declaration is sent, and only then."""
    require(request.user, Perm.GUARD_PRIVACY)
    recording = get_object_or_404(Recording.objects.select_related("unit", "destruction"), pk=pk)
    if why_not := losses.why_not(recording, request.user):
        return conflict(request, why_not)
    run = recording.destruction.run_id
    form = LossForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            is_declared = losses.declare(recording, form.cleaned_data["reasons"], by=request.user)
        except OrganisationRefused as refused:
            return conflict(request, str(refused))
        if is_declared:
            messages.success(request, DECLARED)
        else:
            messages.warning(request, THERE_AFTER_ALL)
        return redirect("destruction-run", run)
    back = reverse("destruction-run", args=[run])
    context = {
        "form": form,
        "recording": recording,
        "recording_url": reverse("recording", args=[pk]),
        "crumbs": [("Vernietigingen", reverse_lazy("destruction-runs")), (f"Controle {run}", back)],
        "back": back,
    }
    return render(request, "retention/declare_loss.html", context, status=400 if form.errors else 200)
