"""The pages about policy rules: which hold on a day, the versions of one, and what waits for an answer.

Changing one is in `policy_changes.py`.
"""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bodycams.look import Heading
from initiatives.forms.policy import DayForm
from initiatives.models import Initiative
from initiatives.policy_effects import differences_on
from initiatives.policy_words import changes_in_words, facts, held
from organisation.models import PolicyChange, PolicyRule
from organisation.permissions import may, require_one_of
from organisation.policy import in_force, versions_by_code
from organisation.policy_changes import NEVER_CHANGED
from organisation.requests import Request
from organisation.roles import Perm
from workflow.clock import local_date, now

SEES_PROPOSALS = (Perm.MANAGE_POLICY, Perm.SEE_ALL_FILED)
"""Who sees what a change would do to files: their numbers, not what is in them."""


@require_safe
def policy(request: Request) -> HttpResponse:
    """The policy rules that hold on a day (today unless asked), and what is proposed."""
    today = local_date(now())
    form = DayForm(request.GET or {"datum": today})
    day = form.cleaned_data["datum"] if form.is_valid() else today
    versions = versions_by_code()
    rules = [rule for held_so_far in versions.values() if (rule := in_force(held_so_far, day))]
    context = {
        "form": form,
        "day": day,
        "rules": [(rule, facts(rule)) for rule in rules],
        "others": [code for code in versions if code not in {rule.code for rule in rules}],
        "waiting": PolicyChange.objects.waiting().saying_who(),
        "sees_proposals": any(may(request.user, perm) for perm in SEES_PROPOSALS),
        "sees_passed_on": any(may(request.user, perm) for perm in (Perm.SEE_ALL_FILED, Perm.SEE_FILES)),
    }
    return render(request, "initiatives/policy.html", context, status=200 if form.is_valid() else 400)


@require_safe
def policy_rule(request: Request, code: str) -> HttpResponse:
    """Every version that one rule ever had, the newest first, and how each came about."""
    versions = list(PolicyRule.objects.filter(code=code).saying_who_changed())
    if not versions:
        raise Http404
    context = {
        "code": code,
        "crumbs": crumbs(),
        "sentence": versions[-1].sentence,
        "versions": [(rule, held(rule, versions), facts(rule)) for rule in reversed(versions)],
        "others": PolicyChange.objects.filter(code=code, rule__isnull=True).saying_who(),
        "sees_proposals": any(may(request.user, perm) for perm in SEES_PROPOSALS),
        "fixed": NEVER_CHANGED.get(code, ""),
        "may_change": may(request.user, Perm.MANAGE_POLICY) and code not in NEVER_CHANGED,
    }
    return render(request, "initiatives/policy_rule.html", context)


@require_safe
def policy_differences(request: Request) -> HttpResponse:
    """The open files that the rules of today would judge otherwise than those of the day of their filing."""
    require_one_of(request.user, (Perm.MANAGE_POLICY, Perm.SEE_ALL_FILED, Perm.SEE_FILES))
    today = local_date(now())
    person = request.user
    sees_all = may(person, Perm.MANAGE_POLICY) or may(person, Perm.SEE_ALL_FILED)
    found = differences_on(today, Initiative.objects.all() if sees_all else Initiative.objects.in_register_of(person))
    context = {
        "crumbs": crumbs(),
        "day": today,
        "count": found.count,
        "more": found.count - len(found.rows),
        "rows": [(row, changes_in_words(row.changes)) for row in found.rows],
        "opens_files": not may(person, Perm.MANAGE_POLICY) or may(person, Perm.SEE_ALL_FILED),
        "columns": [Heading("Dossier"), Heading("Eenheid"), Heading("Wat er anders zou zijn")],
    }
    return render(request, "initiatives/policy_differences.html", context)


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [("Beleid", reverse("policy")), *more]
