"""An edition is asked for by the project leader and answered by the programme manager; and the clock can be had to ask
for one each half-year.
"""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bodycams.errors import conflict
from initiatives.editions import asking as room
from initiatives.editions import planning
from initiatives.forms.editions import EditionAnswerForm, EditionForm
from initiatives.models import Edition, EditionRequest
from initiatives.overview.approved import overview_on
from initiatives.overview.words import how_many, in_words, rules_in_words
from initiatives.views.editions import CRUMBS, SEES_REQUESTS
from organisation.models import Outcome
from organisation.permissions import may, require, require_one_of
from organisation.proposals import ANSWERED
from organisation.refusals import OrganisationRefused
from organisation.requests import Request
from organisation.roles import Perm
from workflow.clock import local_date, now
from workflow.dates import day_in_words

DONE = {
    Outcome.REFUSED: "De aanvraag is geweigerd. Er komt geen editie.",
    Outcome.WITHDRAWN: "De aanvraag is ingetrokken.",
}
PLANS = {
    "aan": "Voortaan wordt aan het eind van elk halfjaar een editie aangevraagd. De programmamanager bevestigt haar.",
    "uit": "Er wordt geen halfjaarlijkse editie meer aangevraagd.",
}


@require_http_methods(["GET", "HEAD", "POST"])
def ask_edition(request: Request) -> HttpResponse:
    """The form; with `verbetert` it is about a correction of that edition."""
    require(request.user, Perm.ASK_EDITION)
    given, at = request.GET.get("verbetert", ""), now()
    corrects = get_object_or_404(Edition, pk=int(given)) if given.isdecimal() and len(given) < 9 else None
    form = EditionForm(
        request.POST if request.method == "POST" else None,
        today=local_date(at),
        corrects=corrects is not None,
        initial={"peildatum": planning.last_half_year(local_date(at))},
    )
    if form.is_bound and form.is_valid() and (asked := _asked(form, corrects, request, at)):
        messages.success(request, "De editie is aangevraagd. De programmamanager bevestigt of weigert haar.")
        return redirect("edition-request", asked.pk)
    context = {"form": form, "corrects": corrects, "crumbs": CRUMBS, "back": reverse("editions")}
    return render(request, "initiatives/ask_edition.html", context, status=400 if form.errors else 200)


def _asked(form: EditionForm, corrects: Edition | None, request: Request, at: datetime) -> EditionRequest | None:
    """What was asked for; a refusal becomes an error of the form."""
    said = form.cleaned_data
    day = corrects.peildatum if corrects else said["peildatum"]
    try:
        return room.ask(day, said["reasons"], by=request.user, at=at, corrects=corrects)
    except OrganisationRefused as refused:
        form.add_error(None if corrects else "peildatum", str(refused))
        return None


@require_safe
def edition_request(request: Request, pk: int) -> HttpResponse:
    """What was asked for, what would be in it, and what became of it."""
    require_one_of(request.user, SEES_REQUESTS)
    asked = get_object_or_404(EditionRequest.objects.saying_who().select_related("edition"), pk=pk)
    is_own = asked.proposed_by_id == request.user.pk
    context = {
        **_about(asked),
        "is_own": is_own,
        "may_answer": not hasattr(asked, "verdict") and (is_own or may(request.user, Perm.CONFIRM_EDITION)),
    }
    return render(request, "initiatives/edition_request.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def answer_edition(request: Request, pk: int) -> HttpResponse:
    """The programme manager confirms or refuses; whoever asked can withdraw."""
    require_one_of(request.user, (Perm.CONFIRM_EDITION, Perm.ASK_EDITION))
    asked = get_object_or_404(EditionRequest.objects.saying_who(), pk=pk)
    is_own = asked.proposed_by_id == request.user.pk
    if not is_own and not may(request.user, Perm.CONFIRM_EDITION):
        raise PermissionDenied(room.NOT_A_MANAGER)
    if hasattr(asked, "verdict"):
        return conflict(request, ANSWERED)
    about = _about(asked)
    form = EditionAnswerForm(
        request.POST if request.method == "POST" else None, is_own=is_own, initial={"seen": about["seen"]}
    )
    if form.is_bound and form.is_valid():
        return _answered(request, asked, form.cleaned_data)
    context = {"form": form, "is_own": is_own, **about, "back": reverse("edition-request", args=[pk])}
    return render(request, "initiatives/answer_edition.html", context, status=400 if form.errors else 200)


def _answered(request: Request, asked: EditionRequest, said: dict[str, Any]) -> HttpResponse:
    outcome = said["outcome"]
    try:
        edition = room.decide(asked, outcome, said["reasons"], by=request.user, at=now(), seen=said["seen"])
    except OrganisationRefused as refused:
        return conflict(request, str(refused))
    if edition is None:
        messages.success(request, DONE[outcome])
        return redirect("editions")
    messages.success(request, f"Het is {edition} geworden. Het document wordt nu gemaakt en ondertekend.")
    return redirect("edition", edition.pk)


@require_POST
def plan_editions(request: Request) -> HttpResponse:
    """The clock asks for an edition of each half-year from now on, or no longer."""
    require(request.user, Perm.ASK_EDITION)
    plan = request.POST.get("plan", "")
    if plan not in PLANS:
        return render(request, "400.html", {"reason": "Kies of er een editie gepland moet worden."}, status=400)
    planning.set_schedule(plan == "aan", by=request.user, at=now())
    messages.success(request, PLANS[plan])
    return redirect("editions")


def _about(asked: EditionRequest) -> dict[str, Any]:
    """What would be on the edition, as it is now; once it was answered, as it was then."""
    verdict = getattr(asked, "verdict", None)
    found = None if verdict else overview_on(asked.peildatum)
    counted = verdict.effect if verdict else room.counted(found) if found else {}
    words = room.in_words(asked)
    facts = [
        ("Peildatum", f"{day_in_words(asked.peildatum)}, einde van de dag"),
        ("Inhoud", f"{how_many(counted['initiatives'])}, {counted['supported']} met ondersteuning"),
    ]
    if found:
        sums = in_words(found.total)
        facts += [("Camera’s", sums.cameras), ("Kosten", sums.amount), ("Regels", rules_in_words(found) or "geen")]
    return {
        "asked": asked,
        "title": f"{words[0].upper()}{words[1:]}",
        "verdict": verdict,
        "facts": facts,
        "seen": counted["digest"],
        "crumbs": CRUMBS,
        "overview_url": f"{reverse('overview')}?peildatum={asked.peildatum}",
        "is_today": asked.peildatum == local_date(now()),
    }
