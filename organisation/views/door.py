"""The door: log-in and log-out. One's own account is in `account.py`, the pages about units and people in
`directory.py`.

Who gets in and who does not stands in the journal. The answer to a wrong number is the same as to a wrong password, and
takes as long.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from bodycams.kept_forms import never_kept, remember_person, waiting
from bodycams.sessions import begin
from journal.models import Result
from journal.write import record
from organisation import throttle
from organisation.forms.people import LogInForm
from organisation.models import Person

WRONG = "Dit nummer en dit wachtwoord horen niet bij elkaar. Kijk beide na en probeer het opnieuw."
STALE = "Deze bladzijde stond te lang open. Vul uw wachtwoord opnieuw in."
DEMO_ACCOUNTS = (
    ("1021", "contactpersoon, Oost-Nederland"),
    ("1022", "politiechef, Oost-Nederland"),
    ("1023", "beoordelaar, Oost-Nederland"),
    ("1024", "drager, Oost-Nederland"),
    ("2001", "projectleider"),
    ("2002", "programmamanager"),
    ("2003", "portefeuillehouder"),
    ("2004", "auditor"),
    ("2005", "privacyfunctionaris"),
    ("2006", "functioneel beheerder"),
)


@login_not_required
@never_kept
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated and request.method != "POST":
        return HttpResponseRedirect(_where_to(request))
    form = LogInForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        number = form.cleaned_data["username"]
        person = authenticate(request, username=number, password=form.cleaned_data["password"])
        if isinstance(person, Person):
            return _enter(request, person)
        if not request.axes_locked_out:  # type: ignore[attr-defined]
            _record_failure("inloggen_mislukt", "Inloggen mislukte.", number)
        form.add_error(None, WRONG)
    return _door(request, form, 400 if form.errors else 200)


def locked_out(request: HttpRequest, _: Any = None, __: Any = None) -> HttpResponse:
    """The answer after too many failures, given by axes' middleware instead of the view's."""
    form = LogInForm(request.POST)
    number = request.POST["username"].strip()
    minutes = throttle.minutes_to_wait(request, number)
    _record_failure("inloggen_geblokkeerd", "Inloggen is geblokkeerd na te veel mislukte pogingen.", number)
    wait = "1 minuut" if minutes == 1 else f"{minutes} minuten"
    form.add_error(None, f"U hebt te vaak een verkeerd wachtwoord ingevuld. Probeer het over {wait} opnieuw.")
    response = _door(request, form, 429)
    response.headers["Retry-After"] = str(minutes * 60)
    return response


def stale_log_in(request: HttpRequest) -> HttpResponse:
    """A log-in form that is forged or has grown old: the number is kept, the password is not looked at."""
    form = LogInForm({"username": request.POST.get("username", "")[:20]})
    form.errors.clear()
    form.add_error(None, STALE)
    return _door(request, form, 403)


log_in.when_stale = stale_log_in  # type: ignore[attr-defined]


@login_not_required
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        with transaction.atomic():
            record("uitgelogd", f"Nummer {request.user.number} logde uit.", actor=request.user, about=request.user)
            logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


def _enter(request: HttpRequest, person: Person) -> HttpResponse:
    with transaction.atomic():
        login(request, person)
        begin(request.session)
        record("ingelogd", f"Nummer {person.number} logde in.", actor=person, about=person)
    response = HttpResponseRedirect(reverse("kept-forms") if waiting(request) else _where_to(request))
    remember_person(response, person)
    return response


def _door(request: HttpRequest, form: LogInForm, status: int) -> HttpResponse:
    context = {
        "form": form,
        "next": request.POST.get("next", "") or request.GET.get("next", ""),
        "accounts": DEMO_ACCOUNTS if settings.DEMO else (),
        "idle_minutes": settings.SESSION_ENDS_UNUSED.seconds // 60 if settings.SESSION_ENDS_UNUSED else None,
    }
    return render(request, "organisation/log_in.html", context, status=status)


def _where_to(request: HttpRequest) -> str:
    """Where somebody was going, if that is an address of this site; else to one's own work."""
    wanted = request.POST.get("next", "") or request.GET.get("next", "")
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return reverse(settings.LOGIN_REDIRECT_URL)


def _record_failure(action: str, sentence: str, number: str) -> None:
    """The number typed is kept only when it is somebody's; otherwise it may well be a password."""
    person = Person.objects.filter(number=number).first()
    data = {"number": number} if person else {"number_hash": throttle.hashed(number)}
    record(action, sentence, about=person, result=Result.FAILED, data=data)
