"""What is different between two editions, as a page and as data: from what was confirmed of each, never from now."""

import json
from typing import NamedTuple

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bodycams.downloads import headers_only, only_asks_about
from initiatives.editions.asking import overview_of
from initiatives.forms.editions import CompareForm
from initiatives.models import Edition
from initiatives.overview.changes import Changes, as_data
from initiatives.overview.comparison import Comparison
from initiatives.views.editions import CRUMBS
from journal.write import record
from organisation.permissions import capacity_with, require
from organisation.requests import Request
from organisation.roles import Perm
from workflow.dates import day_in_words


class Two(NamedTuple):
    """Two editions, in the order of their numbers unless asked otherwise."""

    before: Edition
    after: Edition

    @property
    def found(self) -> Changes:
        return Changes(overview_of(self.before), overview_of(self.after))


@require_safe
def edition_changes(request: Request, number: int) -> HttpResponse:
    """From the edition in `met`, else the one that this corrects or the one before it."""
    require(request.user, Perm.SEE_OVERVIEW)
    two = _two(request, number)
    names = [f"Editie {edition.pk}" for edition in two]
    data_url = f"{reverse('edition-changes-json', args=[number])}?met={two.before.pk}"
    context = {
        "crumbs": [*CRUMBS, (names[1], reverse("edition", args=[number]))],
        "title": f"Van editie {two.before.pk} naar editie {number}",
        "lead": _lead(_day(two.before), _day(two.after)),
        "form": CompareForm({"met": two.before.pk}, after=two.after),
        "changes": Comparison(two.found, request.GET, *names).shown(set()),
        "data_url": data_url,
    }
    return render(request, "initiatives/edition_changes.html", context)


@require_safe
def changes_json(request: Request, number: int) -> HttpResponseBase:
    """The same for programs."""
    require(request.user, Perm.SEE_OVERVIEW)
    two = _two(request, number)
    name = f"verschil-editie-{two.before.pk}-en-{two.after.pk}.json"
    if only_asks_about(request):
        return headers_only("application/json", name)
    capacity = capacity_with(request.user, Perm.SEE_OVERVIEW)
    record(
        "verschil_gedownload",
        f"{capacity.title} heeft het verschil tussen {two.before} en {two.after} gedownload.",
        actor=request.user,
        role=capacity.role,
        unit=capacity.unit,
        about=two.after,
        data={"before": two.before.pk, "after": two.after.pk},
    )
    said = {"editions": {"before": two.before.pk, "after": two.after.pk}, **as_data(two.found)}
    content = json.dumps(said, ensure_ascii=False, sort_keys=True, indent=2)
    return HttpResponse(
        content, content_type="application/json", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _two(request: Request, number: int) -> Two:
    after = get_object_or_404(Edition, pk=number)
    given = request.GET.get("met", "")
    other = int(given) if given.isdecimal() and len(given) < 9 else after.corrects_id or number - 1
    if other == number:
        raise Http404("Kies een andere editie om mee te vergelijken.")
    before = get_object_or_404(Edition, pk=other)
    return Two(before, after)


def _lead(before: str, after: str) -> str:
    """A correction is about the same day."""
    return f"Beide gaan over {after}." if before == after else f"Wat er anders is tussen {before} en {after}."


def _day(edition: Edition) -> str:
    return day_in_words(edition.peildatum)
