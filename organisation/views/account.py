"""One's own account: roles, mandates, log-ins, the password; and the mandates that a unit head gives and takes back."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from bodycams.errors import conflict
from bodycams.kept_forms import never_kept
from journal.read import done_by
from organisation.accounts import choose_mail, person_of_link, set_password
from organisation.forms.people import ChangePasswordForm, MailForm, MandateForm, NewPasswordForm, accepted
from organisation.mandates import give_mandate, revoke_mandate
from organisation.models import Mandate, Person, Unit
from organisation.permissions import may, require, units_with
from organisation.refusals import OrganisationRefused
from organisation.requests import Request
from organisation.roles import Perm, Role
from workflow import clock

LOG_INS_SHOWN = 5
CRUMBS = [("Uw account", "/account/")]


@require_safe
def account(request: Request) -> HttpResponse:
    person = request.user
    context = {
        "assignments": person.assignments.select_related("unit").order_by("-from_date"),
        "mandates": _mandates(person),
        "mail": Person.Mail(person.mail).label,
        "log_ins": done_by(person.number, "ingelogd")[:LOG_INS_SHOWN],
        "may_give_mandate": may(person, Perm.GIVE_MANDATE),
        "new_mandate_url": reverse("new-mandate"),
    }
    return render(request, "organisation/account.html", context)


@require_safe
def stay(request: Request) -> HttpResponse:
    """Asked for by the warning that a session is about to end: asking is using it."""
    return HttpResponse(status=204)


@never_kept
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: Request) -> HttpResponse:
    form = ChangePasswordForm(request.user, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        person = request.user
        set_password(person, form.cleaned_data["new_password1"])
        update_session_auth_hash(request, person)
        messages.success(request, "Uw nieuwe wachtwoord geldt vanaf nu. Op andere apparaten bent u uitgelogd.")
        return redirect("account")
    context = {"form": form, "crumbs": CRUMBS}
    return render(request, "organisation/change_password.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def mail_choice(request: Request) -> HttpResponse:
    """Every message at once, or one mail a day."""
    person = request.user
    form = MailForm(request.POST if request.method == "POST" else None, initial={"mail": person.mail})
    if form.is_bound and form.is_valid():
        choose_mail(person, form.cleaned_data["mail"])
        messages.success(request, "Uw keuze is bewaard.")
        return redirect("account")
    context = {"form": form, "crumbs": CRUMBS}
    return render(request, "organisation/mail_choice.html", context, status=400 if form.errors else 200)


@login_not_required
@never_kept
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def choose_password(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """The page behind the link that was mailed; it asks for no log-in, the link is the key."""
    person = person_of_link(pk, token)
    if person is None:
        return render(request, "organisation/link_ended.html", status=410)
    form = NewPasswordForm(person, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        set_password(person, form.cleaned_data["new_password1"])
        messages.success(request, "Uw wachtwoord is gekozen. Log ermee in.")
        return redirect(settings.LOGIN_URL)
    return render(request, "organisation/choose_password.html", {"form": form}, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def new_mandate(request: Request) -> HttpResponse:
    require(request.user, Perm.GIVE_MANDATE)
    today = clock.local_date(clock.now())
    units = Unit.objects.of_the_highest_level().filter(pk__in=units_with(request.user, Perm.GIVE_MANDATE))
    people = Person.objects.holding(Role.CONTACT, today, units).filter(is_active=True)
    typed = request.POST if request.method == "POST" else None
    form = MandateForm(typed, units=units, people=people, today=today)
    if accepted(form, lambda typed: give_mandate(request.user, **typed)):
        messages.success(request, "Het mandaat is gegeven.")
        return redirect("account")
    context = {"form": form, "crumbs": CRUMBS}
    return render(request, "organisation/new_mandate.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def end_mandate(request: Request, pk: int) -> HttpResponse:
    mandate = get_object_or_404(_mandates(request.user), pk=pk)
    require(request.user, Perm.GIVE_MANDATE)
    if request.method != "POST":
        return render(request, "organisation/end_mandate.html", {"mandate": mandate, "crumbs": CRUMBS})
    try:
        revoke_mandate(mandate, by=request.user, at=clock.now())
    except OrganisationRefused as refused:
        return conflict(request, str(refused))
    messages.success(request, "Het mandaat is ingetrokken.")
    return redirect("account")


def _mandates(person: Any) -> QuerySet[Mandate]:
    """Those that this person holds, and those of the units that this person heads."""
    units = units_with(person, Perm.GIVE_MANDATE)
    return Mandate.objects.concerning(person, units).select_related("unit", "given_to", "given_by")
