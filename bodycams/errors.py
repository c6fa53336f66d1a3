"""Pages that say no: 400, 403, 404, 409, 500, 503, and a form that is forged or has grown old. Each in the house, with
the right status, a sentence and a way on. None of them counts on anything that may have just failed.
"""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import (
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import transaction
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render

from bodycams.kept_forms import Kept, give_back, keep
from bodycams.middleware import BrokenOff, ControlCharacter, without_control_characters
from bodycams.plain_page import plain_page
from journal.models import Result
from journal.write import record

REASONS: dict[type[Exception], str] = {
    RequestDataTooBig: "U stuurde meer dan 5 MB. Maak de tekst of het bestand kleiner en verstuur het opnieuw.",
    TooManyFieldsSent: "U stuurde te veel velden tegelijk.",
    TooManyFilesSent: "U stuurde te veel bestanden tegelijk.",
    BrokenOff: "Uw formulier kwam niet helemaal aan. Ga terug en verstuur het opnieuw.",
    ControlCharacter: "In het adres of in uw tekst staat een teken dat wij niet kunnen verwerken.",
}

UNREADABLE = (BadRequest, MultiPartParserError, SuspiciousOperation, UnreadablePostError)
"""What reading a form raises when it is no form."""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", {"reason": REASONS.get(type(exception), "")}, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A page that this person's role has nothing to do with; that it was tried stands in the journal."""
    if isinstance(exception, PermissionDenied) and request.user.is_authenticated:
        with transaction.atomic():
            record(
                "toegang_geweigerd",
                f"De bladzijde {request.path} is geweigerd.",
                actor=request.user,
                result=Result.REFUSED,
                reason=str(exception),
            )
    return render(request, "403.html", {"exception": str(exception)}, status=403)


def conflict(request: HttpRequest, sentence: str) -> HttpResponse:
    """It cannot be done now, or not any more; `sentence` says why."""
    return render(request, "409.html", {"reason": sentence}, status=409)


def unavailable(request: HttpRequest, sentence: str) -> HttpResponse:
    """What is needed for it does not work at this moment; `sentence` says what to do."""
    response = render(request, "503.html", {"reason": sentence}, status=503)
    response["Retry-After"] = "60"
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Perhaps it is gone since the page was opened: then what was typed is shown, so that it can be copied."""
    return render(request, "404.html", {"typed": _typed(request)}, status=404)


def _typed(request: HttpRequest) -> list[str]:
    try:
        return [without_control_characters(text) for text in Kept.of(request, "").sentences]
    except UNREADABLE:
        return []


def broken(request: HttpRequest) -> HttpResponse:
    """Shown when anything failed, perhaps what the page itself asks for: then it comes without what surrounds it."""
    try:
        return render(request, "500.html", status=500)
    except Exception:
        return HttpResponse(plain_page("500.html"), status=500)


def forged_or_stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the right token. From elsewhere it is forged and refused. From our own page (the browser says so)
    it is only old, for instance because somebody logged in again in another window: then what was typed is not lost.
    """
    view: Any = request.resolver_match.func if request.resolver_match else None
    if hasattr(view, "when_stale"):
        answer: HttpResponse = view.when_stale(request)
        return answer
    if request.headers.get("Sec-Fetch-Site") == "same-origin" and not hasattr(view, "never_kept"):
        if request.user.is_authenticated:
            return give_back(request, "Dit formulier stond te lang open. Er is nog niets veranderd.", 403)
        keep(request, view)
        return redirect_to_login(request.get_full_path())
    return render(request, "403_csrf.html", status=403)
