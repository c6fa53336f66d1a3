"""The procedure in plain words, for everybody, and the policy rules. Both are made from what the application itself
obeys.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bodycams.look import Heading
from initiatives import diagram
from initiatives.forms.policy import DayForm
from initiatives.models import Initiative
from initiatives.procedure import Status
from organisation.models import PolicyRule
from organisation.policy import rules_on
from workflow.clock import local_date, now
from workflow.dates import day_in_words
from workflow.steps import Step, steps_of
from workflow.terms import KINDS


@require_safe
@login_not_required
def procedure(request: HttpRequest) -> HttpResponse:
    """What happens to an initiative, who does it, and when: a picture and a table made from the declared steps."""
    steps = steps_of(Initiative).values()
    context = {
        "boxes": diagram.boxes(),
        "arrows": diagram.arrows(),
        "size": (diagram.WIDTH, diagram.HEIGHT),
        "columns": [Heading("Stap"), Heading("Wie"), Heading("Van"), Heading("Naar")],
        "steps": [_in_words(number, step) for number, step in enumerate(steps, start=1)],
        "terms": {name: kind.days // 7 for name, kind in KINDS.items()},
    }
    return render(request, "initiatives/procedure.html", context)


def _in_words(number: int, step: Step) -> dict[str, object]:
    return {
        "number": number,
        "label": step.label,
        "explanation": step.explanation,
        "roles": step.who.roles,
        "conditions": step.who.conditions,
        "sources": [Status(source).label for source in step.sources],
        "targets": [] if step.keeps_status else [Status(target).label for target in step.targets],
    }


@require_safe
def policy(request: HttpRequest) -> HttpResponse:
    """The policy rules that hold on a day (today unless asked), and all versions that ever were."""
    today = local_date(now())
    form = DayForm(request.GET or {"dag": today})
    day = form.cleaned_data["dag"] if form.is_valid() else today
    held = rules_on(day)
    context = {
        "form": form,
        "day": day,
        "rules": [(rule, _facts(rule)) for rule in held.values()],
        "others": [(rule, _facts(rule)) for rule in PolicyRule.objects.exclude(pk__in=[r.pk for r in held.values()])],
    }
    return render(request, "initiatives/policy.html", context, status=200 if form.is_valid() else 400)


def _facts(rule: PolicyRule) -> list[tuple[str, str]]:
    until = f" tot en met {day_in_words(rule.valid_until)}" if rule.valid_until else ""
    return [
        ("Regel", rule.code),
        ("Werking", rule.get_mode_display()),
        ("Geldt", f"vanaf {day_in_words(rule.valid_from)}{until}"),
        ("Bron", rule.citation),
    ]
