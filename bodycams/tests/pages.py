"""Pages that only the tests have, to try what holds for every page: `override_settings(ROOT_URLCONF=__name__)`."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path

from bodycams import urls
from bodycams.kept_forms import never_kept

handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500


def echo(request: HttpRequest) -> HttpResponse:
    """Answers with what was sent, so that a test sees what arrived."""
    return HttpResponse(repr(sorted(request.POST.lists())))


@never_kept
def secret(request: HttpRequest) -> HttpResponse:
    return HttpResponse("geheim")


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("Uw rol geeft u dit recht niet.")


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("Nummer 1021 bestaat niet\nDETAIL: Key (number)=(1021)")


urlpatterns = [
    path("proef/echo/", echo),
    path("proef/geheim/", secret),
    path("proef/verboden/", forbidden),
    path("proef/stuk/", broken),
    *urls.urlpatterns,
]
