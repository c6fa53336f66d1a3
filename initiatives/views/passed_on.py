"""Who passed the procedure on within the unit, and who has not (S0-15)."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.views.decorators.http import require_http_methods, require_safe

from bodycams.look import Badge, Heading
from initiatives import passed_on as room
from initiatives.concepts import AlreadySent
from initiatives.forms.library import PassOnForm
from initiatives.models import PassedOn
from initiatives.passed_on import State
from initiatives.views.scope import SENT_BEFORE, form_id_of
from initiatives.words import short_day
from organisation.models import Unit
from organisation.permissions import require_for, require_one_of, units_with
from organisation.requests import Request
from organisation.roles import Perm
from workflow.clock import local_date, now

LIST = [("Beleid", reverse_lazy("policy")), ("Doorgegeven", reverse_lazy("passed-on"))]
COLUMNS = [Heading("Onderdeel"), Heading("Stand"), Heading("Bevestigd op", "n"), Heading("Hoe")]
DONE, OUTDATED, NEVER = (
    Badge("Bevestigd", "good"),
    Badge("Nieuwe versie", "warn", "alert-triangle"),
    Badge("Nog niet", "open"),
)


@require_safe
def passed_on(request: Request) -> HttpResponse:
    """Every unit that this person may know of, those that did not confirm first."""
    person, today = request.user, local_date(now())
    require_one_of(person, (Perm.SEE_ALL_FILED, Perm.SEE_FILES))
    states = sorted(room.states(person, today), key=lambda state: (state.is_current, state.unit.sort_name))
    mine = units_with(person, Perm.PASS_ON)
    context = {
        "crumbs": LIST[:1],
        "columns": COLUMNS,
        "version": room.version_on(today),
        "missing": sum(not state.is_current for state in states),
        "rows": [
            {
                "unit": state.unit.name,
                "state": _state(state),
                "on": short_day(local_date(state.last.confirmed_at)) if state.last else "",
                "how": state.last.how if state.last else "",
                "url": reverse("pass-on", args=[state.unit.code]) if state.unit.pk in mine else "",
            }
            for state in states
        ],
    }
    return render(request, "initiatives/passed_on.html", context)


def _state(state: State) -> Badge:
    if state.is_current:
        return DONE
    return OUTDATED if state.last else NEVER


@require_http_methods(["GET", "HEAD", "POST"])
def pass_on(request: Request, code: str) -> HttpResponse:
    """The head confirms it, for the first time or anew."""
    person, at = request.user, now()
    today = local_date(at)
    seen = [state.unit.pk for state in room.states(person, today)]
    unit = get_object_or_404(Unit.objects.filter(pk__in=seen), code=code)
    require_for(person, Perm.PASS_ON, PassedOn(unit=unit))
    form = PassOnForm(request.POST if request.method == "POST" else None)
    status = 400 if form.is_bound else 200
    if form.is_valid():
        form_id = form_id_of(request.POST)
        try:
            room.confirm(unit, form.cleaned_data["how"], person=person, at=at, day=today, form_id=form_id)
        except AlreadySent:
            form.add_error(None, SENT_BEFORE)
            status = 409
        else:
            messages.success(request, "Uw bevestiging staat in de lijst.")
            return redirect("passed-on")
    version = room.version_on(today)
    context = {"form": form, "form_id": uuid4(), "unit": unit, "version": version, "crumbs": LIST}
    return render(request, "initiatives/pass_on.html", context, status=status)
