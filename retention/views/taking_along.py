"""Taking a recording along with its conditions, and registering that it was given to others. Both are for a judge of
the unit and for a privacy officer, never for who wore the camera (S4-08, S4-10).
"""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods

from bodycams.errors import unavailable
from organisation.requests import Request
from retention.choices import Use
from retention.clock import now
from retention.forms.viewing import DisclosureForm, DownloadForm
from retention.intake.content import look_for
from retention.looking.streaming import NotThere, Watched, Zipped, key_of, kind_of, saved
from retention.looking.viewings import (
    NOT_DISCLOSED,
    REFUSED,
    NotAllowed,
    NotNow,
    disclose,
    goes_on,
    may_use,
    state_purpose,
)
from retention.models import Recording, Viewing
from retention.shown.conditions import conditions
from retention.storage import Pieces, StorageError, recordings
from retention.views.viewing import NOT_YET, about, refuse, stated, visible_recording
from workflow.clock import AMSTERDAM, local_date
from workflow.dates import day_in_words


@require_http_methods(["GET", "HEAD", "POST"])
def recording_download(request: Request, pk: int) -> HttpResponseBase:
    """GET shows the conditions and asks for the purpose; POST puts it on record and sends the file."""
    at, found = now(), visible_recording(request, pk)
    try:
        capacity = may_use(found, Use.DOWNLOAD, request.user, at)
        form = DownloadForm(request.POST if request.method == "POST" else None, capacity.role)
        if form.is_valid():
            return _sent(request, found, form, at)
    except (NotAllowed, NotNow) as refused:
        return refuse(request, found, REFUSED[Use.DOWNLOAD], refused)
    context = {**about(found, at), "form": form, "capacity": capacity, "conditions": list(conditions(found, at))}
    return render(request, "retention/recording_download.html", context, status=400 if form.is_bound else 200)


def _sent(request: Request, found: Recording, form: DownloadForm, at: datetime) -> HttpResponseBase:
    """The file is opened before anything is put on record: what is not there was not downloaded."""
    try:
        storage = recordings()
        look_for(found)
        _, ending = kind_of(storage, key_of(found))
        pieces = storage.open(key_of(found))
        if pieces is None:
            raise NotThere
    except (NotThere, StorageError) as error:
        return unavailable(request, str(error) or NOT_YET)
    try:
        viewing = state_purpose(found, Use.DOWNLOAD, **stated(request, form), at=at)
    except BaseException:
        pieces.close()
        raise
    watched = Watched(pieces, lambda: goes_on(viewing.pk))
    return saved(_enclosed(found, viewing, f"opname-{found.pk}", ending, watched), f"opname-{found.pk}.zip")


def _enclosed(found: Recording, viewing: Viewing, name: str, ending: str, pieces: Pieces) -> Zipped:
    context = {
        "facts": [
            *about(found, viewing.at)["facts"],
            ("Gedownload", f"{viewing.at.astimezone(AMSTERDAM):%d-%m-%Y, %H.%M} uur"),
            ("Door", viewing.title),
            ("Waarvoor", viewing.get_purpose_display()),
            ("Waarom", viewing.reasons),
            ("Kenmerk van de download", str(viewing.pk)),
        ],
        "conditions": list(conditions(found, viewing.at)),
    }
    page = render_to_string("retention/enclosed_conditions.html", context).encode()
    return Zipped({"voorwaarden.html": page}, f"{name}.{ending}", pieces, viewing.at)


@require_http_methods(["GET", "HEAD", "POST"])
def recording_disclose(request: Request, pk: int) -> HttpResponse:
    """Register to whom a recording was given. The register itself sends nothing."""
    at, found = now(), visible_recording(request, pk)
    data = request.POST if request.method == "POST" else None
    try:
        capacity = may_use(found, Use.DOWNLOAD, request.user, at)
        form = DisclosureForm(data, first=local_date(found.used_from), last=local_date(at))
        if form.is_valid():
            given = disclose(found, person=request.user, **form.cleaned_data, at=at)
            messages.success(request, f"De verstrekking van {day_in_words(given.given_on)} is vastgelegd.")
            return redirect("recording", pk)
    except (NotAllowed, NotNow) as refused:
        return refuse(request, found, NOT_DISCLOSED, refused)
    context = {**about(found, at), "form": form, "capacity": capacity}
    return render(request, "retention/recording_disclose.html", context, status=400 if form.is_bound else 200)
