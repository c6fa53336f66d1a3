"""What the functional administrator changes under /organisatie/: accounts and roles, and never one's own.

The rules behind each change are in `services.py` and `accounts.py`; here are the pages that ask and then do.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from bodycams.errors import conflict
from organisation import accounts
from organisation.forms.people import AccountForm, DeputyForm, EndRoleForm, RoleForm, accepted
from organisation.models import Person, RoleAssignment, Unit
from organisation.permissions import require
from organisation.refusals import OrganisationRefused
from organisation.requests import Request
from organisation.roles import Perm
from organisation.services import BEGUN, TAKEN_BACK, appoint_deputy, assign_role, end_role, withdraw_role
from organisation.views.directory import crumbs, person_or_404
from workflow import clock

asks_first = require_http_methods(["GET", "HEAD", "POST"])


@asks_first
def new_account(request: Request) -> HttpResponse:
    require(request.user, Perm.MANAGE_ORGANISATION)
    form = AccountForm(request.POST if request.method == "POST" else None)
    if accepted(form, lambda typed: accounts.create_account(**typed, by=request.user)):
        messages.success(request, "Het account is gemaakt. De eigenaar krijgt een link om een wachtwoord te kiezen.")
        return redirect("person", Person.objects.get(number=form.cleaned_data["number"]).pk)
    return _ask(request, "new_account", form, crumbs=crumbs(people=True))


@asks_first
def new_role(request: Request, pk: int) -> HttpResponse:
    require(request.user, Perm.MANAGE_ORGANISATION)
    person, at = person_or_404(pk), clock.now()
    today = clock.local_date(at)
    units = Unit.objects.existing_on(today)
    form = RoleForm(request.POST if request.method == "POST" else None, units=units, today=today)
    if accepted(form, lambda typed: assign_role(person, **typed, by=request.user, at=at)):
        messages.success(request, "De rol is gegeven.")
        return redirect("person", pk)
    return _ask(request, "new_role", form, person=person, crumbs=crumbs(person=person))


@asks_first
def finish_role(request: Request, pk: int) -> HttpResponse:
    require(request.user, Perm.MANAGE_ORGANISATION)
    assignment, at = _assignment(request, pk), clock.now()
    if assignment is None:
        return conflict(request, TAKEN_BACK)
    earliest = max(assignment.from_date, clock.local_date(at) - timedelta(days=1))
    if assignment.until_date and assignment.until_date <= earliest:
        return conflict(request, f"Deze rol eindigt al op {assignment.until_date:%-d-%-m-%Y}. Eerder kan niet meer.")
    form = EndRoleForm(
        request.POST if request.method == "POST" else None, earliest=earliest, latest=assignment.until_date
    )
    if accepted(form, lambda typed: end_role(assignment, **typed, by=request.user, at=at)):
        messages.success(request, "De rol eindigt op de dag die u koos.")
        return redirect("person", assignment.person_id)
    return _ask(request, "finish_role", form, assignment=assignment, crumbs=crumbs(person=assignment.person))


@asks_first
def take_role_back(request: Request, pk: int) -> HttpResponse:
    """A role that has yet to begin."""
    require(request.user, Perm.MANAGE_ORGANISATION)
    assignment, at = _assignment(request, pk), clock.now()
    if assignment is None:
        return conflict(request, TAKEN_BACK)
    if assignment.from_date <= clock.local_date(at):
        return conflict(request, BEGUN)
    if request.method != "POST":
        context = {"assignment": assignment, "crumbs": crumbs(person=assignment.person)}
        return render(request, "organisation/withdraw_role.html", context)
    try:
        withdraw_role(assignment, by=request.user, at=at)
    except OrganisationRefused as refused:
        return conflict(request, str(refused))
    messages.success(request, "De rol is ingetrokken.")
    return redirect("person", assignment.person_id)


@asks_first
def new_deputy(request: Request, pk: int) -> HttpResponse:
    """Let somebody else hold the same role beside who is away."""
    require(request.user, Perm.MANAGE_ORGANISATION)
    absent, at = _assignment(request, pk), clock.now()
    if absent is None:
        return conflict(request, TAKEN_BACK)
    today = clock.local_date(at)
    form = DeputyForm(request.POST if request.method == "POST" else None, today=today, initial={"from_date": today})

    def appoint(typed: dict[str, Any]) -> None:
        appoint_deputy(absent, typed.pop("number"), **typed, by=request.user, at=at)

    if accepted(form, appoint):
        messages.success(request, "De waarneming is geregeld.")
        return redirect("person", absent.person_id)
    return _ask(request, "new_deputy", form, assignment=absent, crumbs=crumbs(person=absent.person))


@asks_first
def close_account(request: Request, pk: int) -> HttpResponse:
    return _change(request, pk, "close_account", accounts.close_account, "Het account is gesloten.")


@asks_first
def open_account(request: Request, pk: int) -> HttpResponse:
    return _change(request, pk, "open_account", accounts.open_account, "Het account is weer open.")


@asks_first
def send_link(request: Request, pk: int) -> HttpResponse:
    return _change(request, pk, "send_link", accounts.send_new_link, "De link is verstuurd.")


def _assignment(request: Request, pk: int) -> RoleAssignment | None:
    """None for a click that comes after the role was taken back; who asks for a page that is not there gets 404."""
    found: RoleAssignment | None = RoleAssignment.objects.select_related("person", "unit").filter(pk=pk).first()
    if found is None and request.method != "POST":
        raise Http404
    return found


def _ask(request: Request, page: str, form: Any, **context: Any) -> HttpResponse:
    """The page with its form; when something in it is wrong, with 400."""
    return render(request, f"organisation/{page}.html", {"form": form, **context}, status=400 if form.errors else 200)


def _change(request: Request, pk: int, page: str, change: Callable[..., None], sentence: str) -> HttpResponse:
    """Ask first, then do: the same for everything that is done to an account."""
    require(request.user, Perm.MANAGE_ORGANISATION)
    person = person_or_404(pk)
    if request.method != "POST":
        return render(request, f"organisation/{page}.html", {"person": person, "crumbs": crumbs(person=person)})
    try:
        change(person, by=request.user)
    except OrganisationRefused as refused:
        return conflict(request, str(refused))
    messages.success(request, sentence)
    return redirect("person", pk)
