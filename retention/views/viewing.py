"""Seeing image and sound: first the purpose, then for a quarter of an hour a player, with bytes for nobody else than
who stated it, in the session in which it was stated.
"""

from contextlib import suppress
from datetime import datetime
from math import ceil
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bodycams.errors import conflict, unavailable
from organisation.requests import Request
from retention.choices import Use
from retention.clock import now
from retention.forms.viewing import PurposeForm
from retention.intake.content import look_for
from retention.looking.streaming import UNKNOWN, NotThere, key_of, kind_of, played
from retention.looking.viewings import (
    REFUSED,
    NotAllowed,
    NotNow,
    digest_of,
    goes_on,
    may_use,
    record_refusal,
    state_purpose,
)
from retention.models import Recording, Viewing
from retention.shown.recording import line, span
from retention.storage import StorageError, recordings
from retention.worklist.looks import place_of
from workflow.clock import AMSTERDAM

NOT_YET = "Het bestand van deze opname is er niet, of nog niet. Kijk later opnieuw, of waarschuw de beheerder."
PLAYS = "De browser kan dit bestand niet afspelen. Een beoordelaar kan het downloaden."


@require_http_methods(["GET", "HEAD", "POST"])
def recording_view(request: Request, pk: int) -> HttpResponse:
    """GET asks for the purpose, POST states it."""
    at, found = now(), visible_recording(request, pk)
    try:
        capacity = may_use(found, Use.VIEW, request.user, at)
        form = PurposeForm(request.POST if request.method == "POST" else None, capacity.role)
        if form.is_valid():
            with suppress(StorageError):  # said by the page that follows
                look_for(found)
            viewing = state_purpose(found, Use.VIEW, **stated(request, form), at=at)
            return redirect("viewing", viewing.pk)
    except (NotAllowed, NotNow) as refused:
        return refuse(request, found, REFUSED[Use.VIEW], refused)
    context = {**about(found, at), "form": form, "capacity": capacity}
    return render(request, "retention/recording_view.html", context, status=400 if form.is_bound else 200)


@require_safe
def viewing(request: Request, pk: UUID) -> HttpResponse:
    """The player, and how long it may still be used."""
    at, found = now(), own_viewing(request, pk)
    if over := _over(request, found, at):
        return over
    context = {
        **about(found.recording, at),
        "viewing": found,
        "stream_url": reverse("viewing-stream", args=[pk]),
        "minutes": ceil((found.valid_until - at).total_seconds() / 60),
        "until": f"{found.valid_until.astimezone(AMSTERDAM):%H.%M} uur",
        "again_url": reverse("recording-view", args=[found.recording_id]),
    }
    try:
        mime, _ = kind_of(recordings(), key_of(found.recording))
    except (NotThere, StorageError) as error:
        return unavailable(request, str(error) or NOT_YET)
    context |= {"cannot_play": PLAYS if mime == UNKNOWN[0] else ""}
    return render(request, "retention/viewing.html", context)


@require_safe
def viewing_stream(request: Request, pk: UUID) -> HttpResponseBase:
    """The bytes. Everything is asked again: the time, the person, the session, and what became of the recording."""
    at, found = now(), own_viewing(request, pk)
    if over := _over(request, found, at):
        return over
    try:
        return played(request, recordings(), found.recording, lambda: goes_on(found.pk))
    except (NotThere, StorageError) as error:
        return unavailable(request, str(error) or NOT_YET)


def _over(request: Request, found: Viewing, at: datetime) -> HttpResponse | None:
    """What is answered when it may not be seen (any more), though the purpose was stated."""
    if at >= found.valid_until:
        again = reverse("recording-view", args=[found.recording_id])
        return render(
            request, "retention/viewing_over.html", {**about(found.recording, at), "again_url": again}, status=410
        )
    try:
        capacity = may_use(found.recording, Use.VIEW, request.user, at)
    except (NotAllowed, NotNow) as refused:
        return refuse(request, found.recording, REFUSED[Use.VIEW], refused)
    return None if capacity.role == found.role else _another_role(found)


def _another_role(found: Viewing) -> HttpResponse:
    """The role in which the purpose was stated is no longer held: that viewing has ended."""
    raise Http404(str(found))


def own_viewing(request: Request, pk: UUID) -> Viewing:
    """Of this person, stated in this session; for anybody else there is no such page."""
    found = get_object_or_404(
        Viewing.objects.select_related("recording__destruction", "recording__initiative", "recording__unit"),
        pk=pk,
        use=Use.VIEW,
        person=request.user,
        session=digest_of(request.session.session_key or ""),
    )
    if not Recording.objects.visible_to(request.user).filter(pk=found.recording_id).exists():
        raise Http404
    return found


def visible_recording(request: Request, pk: int) -> Recording:
    visible = Recording.objects.visible_to(request.user).select_related("destruction", "initiative", "unit")
    found: Recording = get_object_or_404(visible, pk=pk)
    return found


def refuse(request: Request, found: Recording, sentence: str, refused: Exception) -> HttpResponse:
    """403 or 409, with the reason; both stand in the journal."""
    if isinstance(refused, NotAllowed):
        raise PermissionDenied(str(refused))
    if request.method != "HEAD":
        record_refusal(found, request.user, sentence, str(refused))
    return conflict(request, str(refused))


def stated(request: Request, form: PurposeForm) -> dict[str, Any]:
    return {
        "person": request.user,
        "session": request.session.session_key or "",
        "purpose": form.cleaned_data["purpose"],
        "reasons": form.cleaned_data["reasons"],
    }


def about(found: Recording, at: datetime) -> dict[str, Any]:
    """What every page about one recording says of it."""
    return {
        "recording": found,
        "chart": line(found, at),
        "crumbs": [("Opnamen", reverse("recordings")), (found.source_id, reverse("recording", args=[found.pk]))],
        "facts": [
            ("Opname", found.source_id),
            ("Eenheid", found.unit.name),
            ("Gebruikt", span(found)),
            ("Plaats", place_of(found)),
            ("Controlegetal", found.sha256),
        ],
    }
