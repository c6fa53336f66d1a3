"""Typed text outlives what goes wrong around it: a session that ended, a form that grew old, a character that cannot be
stored.

What arrives after a session ended is kept in the new session of the same browser, for an hour, and only when somebody
logged in with that browser before (a signed cookie says who): a stranger cannot fill our table. After log-in the same
person gets it back as a form to send again; anybody else gets nothing. A form that is too old, but that came from our
own page, is given back at once. Works without JavaScript and asks nothing of the page; only a page with a password on
it says `@never_kept`.
"""

import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from bodycams.middleware import ControlCharacter, has_control_character, texts, without_control_characters

COOKIE = f"{settings.COOKIE_PREFIX}person"
SESSION_NAME = "kept"
LASTS = 3600
AT_MOST = 3

View = Callable[..., HttpResponseBase]


class Kept(NamedTuple):
    """One form as it was sent: to which address, by whom (primary key as text), when, and every name and value."""

    path: str
    person: str
    at: int
    pairs: list[tuple[str, str]]
    had_files: bool = False

    @classmethod
    def of(cls, request: HttpRequest, person: str) -> "Kept":
        pairs = [(name, value) for name, values in request.POST.lists() for value in values]
        return cls(
            path=request.get_full_path(),
            person=person,
            at=int(time.time()),
            pairs=[pair for pair in pairs if pair[0] != "csrfmiddlewaretoken"],
            had_files=bool(request.FILES),
        )

    @property
    def sentences(self) -> list[str]:
        """What somebody typed, rather than chose: shown, so that one sees that nothing is lost."""
        return [value for _, value in self.pairs if " " in value.strip()]

    @property
    def others(self) -> int:
        return len(self.pairs) - len(self.sentences)


def never_kept(view: View) -> View:
    """What is typed on this page is never kept: it holds a password."""
    view.never_kept = True  # type: ignore[attr-defined]
    return view


def remember_person(response: HttpResponse, person: Any) -> None:
    """Let this browser know who used it last. Called at log-in."""
    response.set_signed_cookie(
        COOKIE, str(person.pk), salt=COOKIE, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )


def keep(request: HttpRequest, view: View) -> None:
    """Keep what was typed until its author logs in again."""
    person = request.get_signed_cookie(COOKIE, default=None, salt=COOKIE)
    if person and not hasattr(view, "never_kept"):
        others = [kept for kept in _all(request) if kept.path != request.get_full_path()]
        _store(request, [Kept.of(request, person), *others][:AT_MOST])


def waiting(request: HttpRequest) -> list[Kept]:
    """What was kept for the person who is logged in now; what is of another or too old goes away."""
    everything = list(_all(request))
    fresh = [k for k in everything if k.person == str(request.user.pk) and time.time() - k.at < LASTS]
    if len(fresh) < len(everything):
        _store(request, fresh)
    return fresh


def forget(request: HttpRequest, path: str) -> None:
    """What was kept for this address has been sent, or is not wanted any more."""
    if SESSION_NAME in request.session:
        _store(request, [kept for kept in _all(request) if kept.path != path])


def give_back(request: HttpRequest, why: str, status: int, *, clean: bool = False) -> HttpResponse:
    """Answer with what was just sent, as a form to send again. `why` is a Dutch sentence."""
    kept = Kept.of(request, str(request.user.pk))
    if clean:
        pairs = [(without_control_characters(name), without_control_characters(value)) for name, value in kept.pairs]
        kept = Kept(kept.path, kept.person, kept.at, pairs, kept.had_files)
    return render(request, "site/kept_forms.html", {"why": why, "forms": [kept]}, status=status)


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def kept_forms(request: HttpRequest) -> HttpResponse:
    """What was kept, to send again or to throw away."""
    if request.method == "POST":
        forget(request, request.POST.get("path", ""))
        return redirect(settings.LOGIN_REDIRECT_URL)
    forms = waiting(request)
    if not forms:
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "site/kept_forms.html", {"why": "U was uitgelogd.", "forms": forms, "stored": True})


class LoginRequired(LoginRequiredMiddleware):
    """Every page asks for log-in, unless it says that it does not; what arrives too late is kept."""

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponseBase | None:
        answer = super().process_view(request, view, args, kwargs)
        if answer is None and request.method == "POST" and request.user.is_authenticated:
            forget(request, request.get_full_path())
        return answer

    def handle_no_permission(self, request: HttpRequest, view_func: View) -> HttpResponseRedirect:
        if request.method == "POST":
            keep(request, view_func)
        return super().handle_no_permission(request, view_func)


class CleanText:
    """Control characters in what was typed are refused; the rest of the text is given back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
        if not any(map(has_control_character, texts(request.POST))):
            return None
        if hasattr(view, "never_kept") or not request.user.is_authenticated:
            raise ControlCharacter("control character in a form")
        why = "In uw tekst stond een teken dat wij niet kunnen bewaren. Het is weggehaald."
        return give_back(request, why, 400, clean=True)


def _all(request: HttpRequest) -> Iterator[Kept]:
    for stored in request.session.get(SESSION_NAME, []):
        yield Kept(**{**stored, "pairs": [(name, value) for name, value in stored["pairs"]]})


def _store(request: HttpRequest, forms: list[Kept]) -> None:
    if forms:
        request.session[SESSION_NAME] = [kept._asdict() for kept in forms]
    else:
        request.session.pop(SESSION_NAME, None)
