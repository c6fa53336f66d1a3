"""The pages under /organisatie/ that show: units, people, their roles. Changing them is `administration.py`."""

from datetime import date
from typing import cast
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
from django.views.decorators.http import require_safe

from bodycams.look import Heading, switch
from journal.read import trail
from organisation import accounts
from organisation.forms.people import PersonSearch
from organisation.models import Outcome, Person, Unit
from organisation.permissions import may, require
from organisation.requests import Request
from organisation.roles import Perm
from workflow import clock
from workflow.dates import day_in_words

PEOPLE_PER_PAGE = 50
ENTRIES_SHOWN = 20
NOT_CONFIRMED = (Outcome.REFUSED, Outcome.WITHDRAWN)

PAGES = [
    ("Eenheden", reverse_lazy("organisation")),
    ("Mensen", reverse_lazy("people")),
    ("Opheffen en samenvoegen", reverse_lazy("endings")),
    ("Tokens van de API", reverse_lazy("api-tokens")),
]
"""What lies beside each other under /organisatie/."""

Crumb = tuple[str, str]


@require_safe
def units(request: Request) -> HttpResponse:
    require(request.user, Perm.SEE_ORGANISATION)
    today = clock.local_date(clock.now())
    context = {
        "pages": switch(PAGES, request.path),
        "units": Unit.objects.of_the_highest_level().with_counts_on(today).order_by("sort_name"),
        "columns": [Heading("Eenheid"), Heading("Soort"), Heading("Onderdelen", "n"), Heading("Rollen", "n")],
    }
    return render(request, "organisation/units.html", context)


@require_safe
def unit(request: Request, code: str) -> HttpResponse:
    require(request.user, Perm.SEE_ORGANISATION)
    found = get_object_or_404(Unit.objects.select_related("parent", "successor"), code=code)
    today = clock.local_date(clock.now())
    above = [(found.parent.name, reverse("unit", args=[found.parent.code]))] if found.parent else []
    context = {
        "unit": found,
        "crumbs": [*crumbs(), *above],
        "facts": _facts(found),
        "predecessors": found.predecessors.all(),
        "endings": found.endings.with_units().exclude(done__isnull=False).exclude(verdict__outcome__in=NOT_CONFIRMED),
        "may_end": may(request.user, Perm.MANAGE_ORGANISATION) and not found.valid_until,
        "children": found.children.all(),
        "assignments": found.assignments.not_ended_on(today)
        .select_related("person")
        .order_by("role", "person__number"),
        "mandates": found.mandates.running_on(today).select_related("given_to"),
        "columns": [Heading(label) for label in ("Rol", "Nummer", "Vanaf", "Tot en met")],
    }
    return render(request, "organisation/unit.html", context)


@require_safe
def people(request: Request) -> HttpResponse:
    """Everybody with an account, by number; the next page begins after the last number shown."""
    require(request.user, Perm.SEE_ORGANISATION)
    search = PersonSearch(request.GET)
    after = request.GET.get("na", "")
    found = list(_found(search, clock.local_date(clock.now())).filter(number__gt=after)[: PEOPLE_PER_PAGE + 1])
    shown = found[:PEOPLE_PER_PAGE]
    more = {**request.GET.dict(), "na": shown[-1].number} if len(found) > PEOPLE_PER_PAGE else None
    context = {
        "form": search,
        "people": shown,
        "pages": switch(PAGES, request.path),
        "next_url": f"?{urlencode(more)}" if more else "",
        "columns": [Heading(label) for label in ("Nummer", "Rollen vandaag", "Account")],
        "may_manage": may(request.user, Perm.MANAGE_ORGANISATION),
    }
    return render(request, "organisation/people.html", context)


@require_safe
def person(request: Request, pk: int) -> HttpResponse:
    require(request.user, Perm.SEE_ORGANISATION)
    found = person_or_404(pk)
    accounts.record_view(found, by=request.user)
    today = clock.local_date(clock.now())
    context = {
        "person": found,
        "crumbs": crumbs(people=True),
        "assignments": found.assignments.saying_when(today).select_related("unit").order_by("-from_date"),
        "trail": trail(found)[:ENTRIES_SHOWN],
        "may_change": may(request.user, Perm.MANAGE_ORGANISATION) and found != request.user,
    }
    return render(request, "organisation/person.html", context)


def _facts(found: Unit) -> list[tuple[str, str]]:
    facts = [("Code", found.code), ("Soort", found.get_kind_display())]
    if found.valid_until:
        facts.append(("Bestond tot en met", day_in_words(found.valid_until)))
    if found.successor:
        facts.append(("Opgegaan in", found.successor.name))
    return facts


def person_or_404(pk: int) -> Person:
    """Everybody but the account in which the clock acts."""
    return get_object_or_404(Person.objects.people(), pk=pk)


def crumbs(*, people: bool = False, person: Person | None = None) -> list[Crumb]:
    """The way from the front page of this part to where somebody is."""
    found = [("Organisatie", reverse("organisation"))]
    if people or person:
        found.append(("Mensen", reverse("people")))
    if person:
        found.append((person.number, reverse("person", args=[person.pk])))
    return found


def _found(search: PersonSearch, today: date) -> QuerySet[Person]:
    """Who is looked for; a filter that makes no sense finds everybody."""
    chosen = search.cleaned_data if search.is_valid() else {}
    found = Person.objects.people().with_roles_on(today).order_by("number")
    if chosen.get("rol"):
        found = found.holding(chosen["rol"], today)
    if chosen.get("nummer"):
        found = found.filter(number__startswith=chosen["nummer"])
    return cast("QuerySet[Person]", found)
