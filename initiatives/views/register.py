"""The register on the screen: what is looked for, a page of what was found, and what it adds up to."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from bodycams.forms import FilterForm
from bodycams.keyset import BadLink, Page
from bodycams.look import Heading
from bodycams.spreadsheets.formats import FORMATS
from initiatives.forms.register import RegisterForm
from initiatives.register.asked import BEST_FIRST, COUNTED, LIST, NEWEST_FIRST, Asked, Totals, page, selection, totals
from initiatives.register.finding import WEIGHED
from initiatives.register.rows import rows_html
from initiatives.views.scope import ways_in
from initiatives.words import from_to, thousands
from organisation.permissions import may, require
from organisation.roles import Perm
from workflow.clock import local_date
from workflow.dates import day_in_words


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Every initiative that was ever filed and that this person may see, narrowed by what stands in the address."""
    person = request.user
    may_look(person)
    form = RegisterForm(request.GET)
    found = selection(person, form.asked() if form.is_valid() else Asked())
    shown = _page(form, found, request.GET.get("pagina", ""))
    sums = totals(person, found, exact=request.GET.get("totaal") == "exact")
    form.offer(sums.units, sums.vendors)
    context = {
        **ways_in(person),
        "form": form,
        "chips": list(chips(form, request.GET)),
        **_saved(form, sums),
        **(_list(form, shown, sums, request.GET) if shown else {}),
    }
    return render(request, "initiatives/register.html", context, status=200 if shown else 400)


def may_look(person: Any) -> None:
    """Who sees no initiative at all has no register. Raises `PermissionDenied`."""
    if not may(person, Perm.SEE_ALL_FILED):
        require(person, Perm.SEE_FILES)


def _saved(form: RegisterForm, sums: Totals) -> dict[str, Any]:
    """One's own selections, and where this one is saved when it is none of those."""
    here = form.address() if form.is_valid() else ""
    saved = [{"name": name, "url": f"?{address}", "is_here": address == here} for name, address in sums.saved]
    is_new = here and all(address != here for _, address in sums.saved)
    return {"saved": saved, "save_url": f"{reverse('new-selection')}?{here}" if is_new else ""}


def _page(form: RegisterForm, found: Any, link: str) -> Page | None:
    """The page that the link leads to; None when what stands in the address is not right, and then the form says
    why.
    """
    if form.is_valid():
        try:
            return page(found, form.asked(), form.size(), link)
        except BadLink:
            form.add_error(None, "Deze bladzijde bestaat niet. Begin bij de eerste.")
    return None


def _list(form: RegisterForm, shown: Page, sums: Totals, given: QueryDict) -> dict[str, Any]:
    """What the page says of what was found."""
    asked = form.asked()
    last = shown.position + len(shown.rows) - 1
    following = min(form.size(), sums.count - last) if sums.exact else form.size()
    weighed = thousands(WEIGHED) if asked.order == BEST_FIRST and sums.count > WEIGHED else ""
    return {
        "rows": rows_html(shown.rows, local_date(sums.at), asked.sought) if shown.rows else "",
        "columns": _columns(asked, given),
        "weighed": weighed,
        "newest_url": address(given, sortering=NEWEST_FIRST),
        "found": _count(sums),
        "detail": _detail(sums),
        "downloads": _downloads(given),
        "exact_url": "" if sums.exact else address(given, totaal="exact"),
        "shown": f"{_which(shown.position, last)} van {f'de nieuwste {weighed}' if weighed else _of(sums)}",
        "first_url": address(given) if shown.previous else "",
        "last_url": address(given, pagina=_last(asked, sums)) if shown.next else "",
        "previous_url": address(given, pagina=shown.previous) if shown.previous else "",
        "next_url": address(given, pagina=shown.next) if shown.next else "",
        "next_label": f"Volgende {max(following, 1)}",
    }


def _which(first: int, last: int) -> str:
    """Which rows are shown; below 0 they are counted from the end."""
    if first > 0:
        return from_to(first, last - first + 1)
    if last == -1:
        return f"de laatste {thousands(-first)}"
    return f"{from_to(-last, last - first + 1)} vanaf het eind"


def _last(asked: Asked, sums: Totals) -> str:
    """The way to the last page: what is counted says how many lie before it, unless not all of it is shown."""
    is_all = sums.exact and not (asked.order == BEST_FIRST and sums.count > WEIGHED)
    return LIST.last(asked.order, sums.count if is_all else None)


def _downloads(given: QueryDict) -> list[tuple[str, str]]:
    """What this selection can be had as, whichever part of it is shown."""
    return [(file.label, reverse("register-export", args=[kind]) + address(given)) for kind, file in FORMATS.items()]


def _of(sums: Totals) -> str:
    return thousands(sums.count) if sums.exact else f"meer dan {thousands(COUNTED)}"


def _count(sums: Totals) -> str:
    return "1 initiatief" if sums.count == 1 else f"{_of(sums).capitalize()} initiatieven"


def _detail(sums: Totals) -> str:
    parts = []
    if sums.everything is not None:
        parts.append(f"van {thousands(sums.everything)} in het register")
    if sums.exact:
        parts.append(f"{thousands(sums.cameras)} camera’s gevraagd")
    return " · ".join(parts)


def _columns(asked: Asked, given: QueryDict) -> list[Heading]:
    """The heads of the table; three of them lead to another order."""
    usual = asked._replace(sort="").order

    def sorting(label: str, align: str, first: str, then: str) -> Heading:
        """A head that sorts by `first`, or by `then` when it does already."""
        following = then if asked.order == first else first
        url = address(given, sortering="" if following == usual else following)
        orders = {name: "descending" if name.startswith("-") else "ascending" for name in (first, then)}
        return Heading(label, align, url, orders.get(asked.order, ""))

    return [
        Heading("Initiatief en eenheid"),
        Heading("Soort"),
        sorting("Camera’s gevraagd", "n", "-cameras", "cameras"),
        sorting("Aangemeld", "n", "-aangemeld", "aangemeld"),
        Heading("Status"),
        sorting("Termijn", "", "termijn", "termijn"),
    ]


def chips(form: FilterForm, given: QueryDict) -> Iterator[dict[str, str]]:
    """What narrows the list, each with the address of the list without it."""
    for name in form.narrowing:
        value = form.cleaned_data.get(name)
        if value:
            choices = dict(getattr(form.fields[name].widget, "choices", ()))
            words = choices.get(value, value) if isinstance(value, str) else day_in_words(value)
            label = "Zoekwoord" if name == "q" else form.fields[name].label
            yield {"label": str(label), "value": str(words), "url": address(given, **{name: ""})}


def address(given: QueryDict, **changes: str) -> str:
    """This list with something changed, from its first page on unless the change is the page; empty takes away."""
    kept = {name: str(value) for name, value in given.items() if name not in ("pagina", "totaal")}
    asked = {name: value for name, value in {**kept, **changes}.items() if value}
    return f"?{urlencode(asked)}"
