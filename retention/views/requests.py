"""Requests of filmed persons: the list with what is due first, registering one, one request, its letters, and the
counts of a year. Linking recordings is in `request_recordings.py`, the steps are in `request_steps.py`.
"""

from typing import Any

from django.contrib import messages
from django.db.models import Count, F, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.views.decorators.http import require_http_methods, require_safe

from bodycams.being_made import being_made
from bodycams.errors import conflict
from bodycams.kept_forms import never_kept
from bodycams.look import Heading, switch
from initiatives.words import from_to, so_many, thousands
from journal.models import Result
from journal.write import record
from organisation.permissions import capacity_with, may, require, require_one_of
from organisation.requests import Request
from organisation.roles import Perm
from retention.clock import now
from retention.forms.requests import MendForm, NewRequestForm, RequestFilter
from retention.holds import NotPossible
from retention.models import Hold, PrivacyRequest, RequestLetter
from retention.requests import services
from retention.requests.figures import of_year
from retention.requests.holds import short
from retention.shown import requests as shown
from retention.views.holds import PAGES, page_of
from workflow.clock import local_date
from workflow.offers import offers

PER_PAGE = 50
REQUESTS = ("Verzoeken", reverse_lazy("privacy-requests"))
COLUMNS = [Heading("Termijn"), Heading("Verzoek"), Heading("Ontvangen"), Heading("Opnamen", "n"), Heading("Stand")]


@require_safe
def request_list(request: Request) -> HttpResponse:
    """What still runs, the first term first; or others, the newest first."""
    require(request.user, Perm.GUARD_PRIVACY)
    today, form = local_date(now()), RequestFilter(request.GET)
    found = _asked(form)
    count, page = found.count(), page_of(request)
    last = max(1, -(-count // PER_PAGE))
    start = PER_PAGE * (min(page, last) - 1)
    kept = "".join(
        f"{name}={request.GET[name]}&" for name in form.narrowing if form.is_valid() and request.GET.get(name)
    )
    linked = Count("links", filter=Q(links__unlink__isnull=True))
    rows = found.annotate(recordings=linked).select_related("objection__outcome")[start : start + PER_PAGE]
    context = {
        "form": form,
        "pages": switch(PAGES, request.path),
        "narrowed": bool(kept),
        "columns": COLUMNS,
        "rows": [shown.row(one, today) for one in rows],
        "found": so_many(count, "verzoek", "verzoeken"),
        "position": f"{from_to(start + 1, min(PER_PAGE, count - start))} van {thousands(count)}",
        "previous_url": f"?{kept}pagina={page - 1}" if 1 < page <= last else "",
        "next_url": f"?{kept}pagina={page + 1}" if page < last else "",
    }
    return render(request, "retention/requests.html", context, status=400 if form.errors else 200)


def _asked(form: RequestFilter) -> Any:
    found = PrivacyRequest.objects.all()
    if not form.is_valid():
        return found.none()
    stand, kind = form.cleaned_data["stand"], form.cleaned_data["soort"]
    if kind:
        found = found.filter(kind=kind)
    if not stand:
        return found.filter(closed_at__isnull=True).order_by(F("decided_on").asc(nulls_first=True), "due_on", "pk")
    return (found if stand == "alles" else found.filter(status=stand)).order_by("-pk")


@never_kept  # name and address of a citizen stay out of sessions
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Register what came in."""
    require(request.user, Perm.GUARD_PRIVACY)
    at = now()
    form = NewRequestForm(request.POST if request.method == "POST" else None, at=at)
    if form.is_valid():
        made = services.receive(form.received(), person=request.user, at=at)
        messages.success(request, f"Het verzoek is geregistreerd als {made.number}.")
        return redirect("privacy-request", made.pk)
    context = {"form": form, "crumbs": [REQUESTS]}
    return render(request, "retention/request_new.html", context, status=400 if form.is_bound else 200)


@never_kept
@require_http_methods(["GET", "HEAD", "POST"])
def mend(request: Request, pk: int) -> HttpResponse:
    """Put right what was typed wrongly of who asks."""
    found, at = visible(request, pk), now()
    if found.closed_at:
        return conflict(request, services.CLOSED)
    record_view(found, request.user)
    form = MendForm(request.POST if request.method == "POST" else None, about=found)
    try:
        if form.is_valid():
            seen = form.cleaned_data["seen"]
            if services.mend_requester(found, form.given(), seen=seen, person=request.user):
                messages.success(request, "De gegevens van de verzoeker zijn verbeterd.")
            else:
                messages.info(request, "Er is niets veranderd.")
            return redirect("privacy-request", pk)
    except NotPossible as refused:
        return conflict(request, str(refused))
    shown_head = head(found, at)
    crumbs = [*shown_head["crumbs"], (found.number, shown_head["request_url"])]
    context = {**shown_head, "crumbs": crumbs, "form": form, "here": mend_words(found)}
    return render(request, "retention/request_mend.html", context, status=400 if form.is_bound else 200)


def mend_words(found: PrivacyRequest) -> str:
    return "Adres verbeteren" if found.identity_on else "Naam en adres verbeteren"


@require_safe
def one(request: Request, pk: int) -> HttpResponse:
    """One request: who asks, until when, what was decided, which recordings, what happened."""
    at, person = now(), request.user
    found = visible(request, pk)
    record_view(found, person)
    links = services.linked(found)
    held = set(
        Hold.objects.in_force(at)
        .filter(recording__in=[link.recording_id for link in links])
        .values_list("recording", flat=True)
    )
    out_of_use = set(found.restrictions.values_list("recording", flat=True))
    context = {
        **head(found, at),
        "facts": shown.facts(found),
        "requester": getattr(found, "requester", None),
        "offers": offers(found, person, at),
        "steps_url": f"{request.path}stap/",
        "terms": list(shown.terms(found, local_date(at))),
        "letters": shown.letters(found),
        "recordings": [shown.recording(link, held, out_of_use, not found.closed_at, at) for link in links],
        "short": [] if found.closed_at else [shown.longer(one, person) for one in short(links, at)],
        "link_url": "" if found.closed_at else reverse("privacy-request-link", args=[pk]),
        "mend_words": mend_words(found),
        "mend_url": "" if found.closed_at else reverse("privacy-request-mend", args=[pk]),
        "trail": shown.trail(found),
    }
    return render(request, "retention/request.html", context)


@require_safe
def letter(request: Request, pk: int, n: int) -> HttpResponse:
    """The letter, or while the worker makes it (202) a page that comes back by itself."""
    found = visible(request, pk)
    asked = RequestLetter.objects.filter(request=found, n=n).select_related("paper").first()
    if asked is None or not (hasattr(asked, "paper") or hasattr(found, "requester")):
        raise Http404
    if not hasattr(asked, "paper"):
        return _being_made(request, found, asked)
    response = HttpResponse(bytes(asked.paper.content), content_type="application/pdf")
    name = f"{found.number}-B{asked.n}.pdf".lower()
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    if request.method == "GET":
        capacity = capacity_with(request.user, Perm.GUARD_PRIVACY)
        words = f"{capacity.title} heeft brief {asked} gedownload."
        data = {"sha256": asked.paper.sha256}
        record("brief_gedownload", words, actor=request.user, role=capacity.role, about=found, data=data)
    return response


def _being_made(request: Request, found: PrivacyRequest, asked: RequestLetter) -> HttpResponse:
    url = reverse("privacy-request", args=[found.pk])
    context = {
        "title": asked.get_kind_display(),
        "reference": str(asked),
        "file_url": url,
        "crumbs": [REQUESTS, (found.number, url)],
    }
    return being_made(request, "initiatives/letter_being_made.html", context, "de brief")


@require_safe
def figures(request: Request) -> HttpResponse:
    """What came in during a year and what became of it; nothing of who asked."""
    require_one_of(request.user, (Perm.GUARD_PRIVACY, Perm.AUDIT))
    today = local_date(now())
    asked = request.GET.get("jaar", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 and 2015 <= int(asked) <= today.year else today.year
    years = [(str(one), f"?jaar={one}") for one in range(today.year, today.year - 6, -1)]
    context = {
        "year": year,
        "years": switch(years, f"?jaar={year}"),
        "pages": switch(PAGES, request.path) if may(request.user, Perm.GUARD_PRIVACY) else (),
        **of_year(year, today),
    }
    return render(request, "retention/request_figures.html", context)


def visible(request: Request, pk: int) -> PrivacyRequest:
    found = PrivacyRequest.objects.visible_to(request.user).recorded().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def record_view(found: PrivacyRequest, person: Any) -> None:
    """Before anything of it is shown."""
    capacity = capacity_with(person, Perm.GUARD_PRIVACY)
    words = f"{capacity.title} heeft het verzoek ingezien."
    record("verzoek_ingezien", words, actor=person, role=capacity.role, about=found, result=Result.SEEN)


def head(found: PrivacyRequest, at: Any) -> dict[str, Any]:
    """What stands in the head of every page about one request."""
    return {
        "number": found.number,
        "title": f"Verzoek om {found.get_kind_display()}",
        "state": shown.state_of(found),
        "running": shown.running(found, local_date(at)),
        "request_url": reverse("privacy-request", args=[found.pk]),
        "crumbs": [REQUESTS],
    }
