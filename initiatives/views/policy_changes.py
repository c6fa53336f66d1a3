"""A policy rule is changed: one administrator proposes a version, another answers. Both see which open files it
changes, counted at that moment.
"""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bodycams.errors import conflict
from bodycams.look import Heading
from initiatives.forms.policy import ChangeForm
from initiatives.policy_effects import Effect, effect_of
from initiatives.policy_words import changes_in_words, differences, groups_in_words, held
from initiatives.views.policy import SEES_PROPOSALS, crumbs
from organisation.forms.proposals import AnswerForm
from organisation.models import Outcome, Person, PolicyChange, PolicyRule
from organisation.permissions import may, require, require_one_of
from organisation.policy import in_force
from organisation.policy_changes import NEVER_CHANGED, decide, propose
from organisation.proposals import ANSWERED
from organisation.refusals import OrganisationRefused
from organisation.requests import Request
from organisation.roles import Perm
from workflow.clock import local_date, now

DONE = {
    Outcome.CONFIRMED: "De nieuwe versie van de regel staat vast.",
    Outcome.REFUSED: "Het voorstel is geweigerd. Er verandert niets.",
    Outcome.WITHDRAWN: "Het voorstel is ingetrokken. Er verandert niets.",
}


@require_http_methods(["GET", "HEAD", "POST"])
def propose_policy(request: Request, code: str) -> HttpResponse:
    """The form of a new version. The second button shows what it would do, and changes nothing."""
    require(request.user, Perm.MANAGE_POLICY)
    last = PolicyRule.objects.filter(code=code).order_by("valid_from", "pk").last()
    if last is None:
        raise Http404
    if code in NEVER_CHANGED:
        return conflict(request, NEVER_CHANGED[code])
    at = now()
    form = ChangeForm(request.POST if request.method == "POST" else None, last=last, today=local_date(at))
    effect = effect_of(form.version(), local_date(at)) if form.is_bound and form.is_valid() else None
    if effect and "bekijken" not in request.POST and (change := _proposed(form, effect, request.user, at)):
        messages.success(request, "Uw voorstel staat klaar. Een andere beheerder bevestigt of weigert het.")
        return redirect("policy-change", change.pk)
    context = {
        "form": form,
        "code": code,
        "crumbs": crumbs((code, reverse("policy-rule", args=[code]))),
        **(in_view(effect, request.user) if effect else {}),
    }
    return render(request, "initiatives/propose_policy.html", context, status=400 if form.errors else 200)


def _proposed(form: ChangeForm, effect: Effect, person: Person, at: datetime) -> PolicyChange | None:
    """The proposal that was made; a refusal becomes an error of the form."""
    try:
        return propose(form.version(), form.cleaned_data["reasons"], effect.as_data(), by=person, at=at)
    except OrganisationRefused as refused:
        form.add_error(None, str(refused))
        return None


@require_safe
def policy_change(request: Request, pk: int) -> HttpResponse:
    """A proposal: what it says beside the version of now, what it does to open files, and what became of it."""
    require_one_of(request.user, SEES_PROPOSALS)
    change = get_object_or_404(PolicyChange.objects.saying_who(), pk=pk)
    verdict = getattr(change, "verdict", None)
    effect = None if verdict else effect_of(change.as_rule(), local_date(now()))
    context = {
        "verdict": verdict,
        "may_answer": effect and may(request.user, Perm.MANAGE_POLICY),
        **_beside_what_holds(change),
        **(in_view(effect, request.user) if effect else {}),
    }
    return render(request, "initiatives/policy_change.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def answer_policy(request: Request, pk: int) -> HttpResponse:
    """The answer to a proposal, with what it does to open files as it is counted now."""
    require(request.user, Perm.MANAGE_POLICY)
    change = get_object_or_404(PolicyChange.objects.saying_who(), pk=pk)
    if hasattr(change, "verdict"):
        return conflict(request, ANSWERED)
    at = now()
    effect = effect_of(change.as_rule(), local_date(at))
    is_own = change.proposed_by_id == request.user.pk
    form = AnswerForm(request.POST if request.method == "POST" else None, is_own=is_own)
    if form.is_bound and form.is_valid():
        return _answered(request, change, form.cleaned_data, effect, at)
    back = reverse("policy-change", args=[pk])
    context = {
        "form": form,
        "is_own": is_own,
        **_beside_what_holds(change),
        **in_view(effect, request.user),
        "crumbs": crumbs((f"Voorstel {change.code}", back)),
        "back": back,
    }
    return render(request, "initiatives/answer_policy.html", context, status=400 if form.errors else 200)


def _answered(
    request: Request, change: PolicyChange, answer: dict[str, Any], effect: Effect, at: datetime
) -> HttpResponse:
    try:
        decide(change, answer["outcome"], answer["reasons"], effect.as_data(), by=request.user, at=at)
    except OrganisationRefused as refused:
        return conflict(request, str(refused))
    messages.success(request, DONE[answer["outcome"]])
    return redirect("policy-rule", change.code)


def _beside_what_holds(change: PolicyChange) -> dict[str, Any]:
    """The proposal beside the version that it comes after."""
    earlier = list(PolicyRule.objects.filter(code=change.code).exclude(change__gte=change.pk))
    rule = change.as_rule()
    return {
        "holds": held(rule, [*earlier, rule]),
        "change": change,
        "crumbs": crumbs((change.code, reverse("policy-rule", args=[change.code]))),
        "said": differences(in_force(earlier, change.valid_from), change),
        "columns": [Heading("Onderdeel"), Heading("Nu"), Heading("Voorstel")],
        "counted_then": change.effect.get("files", 0),
    }


def in_view(effect: Effect, person: Any) -> dict[str, Any]:
    """What a page says of what a change does to open files; who sees no files gets their numbers only."""
    sees_files = may(person, Perm.SEE_ALL_FILED)
    return {
        "effect": effect,
        "groups": groups_in_words(effect.groups),
        "groups_head": ("Uitkomst", "Dossiers", "Concepten"),
        "files": [
            (row, reverse("file", args=[row.pk]) if sees_files else "", changes_in_words(row.changes))
            for row in effect.rows
        ],
    }
