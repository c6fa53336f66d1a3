"""The pages with the tokens of the API: which there are, making one, which is shown once, and taking one back."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bodycams.errors import conflict
from bodycams.look import Heading, switch
from organisation.forms.people import accepted
from organisation.forms.tokens import TokenForm
from organisation.models import ApiToken, Unit
from organisation.permissions import may, require
from organisation.refusals import OrganisationRefused
from organisation.requests import Request
from organisation.roles import Perm
from organisation.tokens import make_token, revoke_token, why_closed
from organisation.views.directory import PAGES, crumbs
from workflow.clock import local_date, now

COLUMNS = ("Token", "Rol", "Eenheid", "Geldig tot en met", "Stand")
asks_first = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def api_tokens(request: Request) -> HttpResponse:
    require(request.user, Perm.SEE_ORGANISATION)
    today = local_date(now())
    context = {
        "pages": switch(PAGES, request.path),
        "tokens": [_shown(token, today) for token in ApiToken.objects.with_what_became_of_them()],
        "columns": [Heading(label) for label in COLUMNS],
        "may_manage": may(request.user, Perm.MANAGE_ORGANISATION),
    }
    return render(request, "organisation/api_tokens.html", context)


@asks_first
def new_api_token(request: Request) -> HttpResponse:
    """The secret stands on the answer to this form and nowhere else: it is not kept."""
    require(request.user, Perm.MANAGE_ORGANISATION)
    at = now()
    today = local_date(at)
    units = Unit.objects.of_the_highest_level().order_by("sort_name")
    form = TokenForm(request.POST if request.method == "POST" else None, units=units, today=today)
    made: list[Any] = []
    if accepted(form, lambda typed: made.append(make_token(**typed, by=request.user, at=at))):
        token, secret = made[0]
        context = {"token": token, "secret": secret, "crumbs": _crumbs()}
        return render(request, "organisation/api_token_made.html", context)
    context = {"form": form, "crumbs": _crumbs()}
    return render(request, "organisation/new_api_token.html", context, status=400 if form.errors else 200)


@asks_first
def revoke_api_token(request: Request, pk: int) -> HttpResponse:
    require(request.user, Perm.MANAGE_ORGANISATION)
    token = get_object_or_404(ApiToken.objects.select_related("revocation"), pk=pk)
    if request.method != "POST":
        return render(request, "organisation/revoke_api_token.html", {"token": token, "crumbs": _crumbs()})
    try:
        revoke_token(token, by=request.user, at=now())
    except OrganisationRefused as refused:
        return conflict(request, str(refused))
    messages.success(request, f"Het token ‘{token.name}’ is ingetrokken.")
    return redirect("api-tokens")


def _shown(token: ApiToken, today: date) -> dict[str, Any]:
    """A row of the list. What a token was used for stands in the journal."""
    where = token.unit.name if token.unit else "alle eenheden"
    return {"token": token, "where": where, "closed": why_closed(token, today)}


def _crumbs() -> list[tuple[str, str]]:
    return [*crumbs(), ("Tokens van de API", reverse("api-tokens"))]
