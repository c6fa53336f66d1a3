"""The national overview on the screen: its figures, and what is in both of its sections on the day that is asked."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from bodycams.look import Heading, Mark
from initiatives.forms.overview import PeildatumForm
from initiatives.models import Initiative
from initiatives.overview.approved import GRANTED, NOT_ASKED, REFUSED, Overview, Row, overview_on, total
from initiatives.overview.charts import kinds, tile_map
from initiatives.overview.figures import per_support
from initiatives.overview.words import SECTIONS, SUPPORT, how_many, in_words, line, rules_in_words
from initiatives.words import thousands
from organisation.permissions import may, require
from organisation.roles import Perm
from workflow.clock import local_date, now

PAGE = 50
MARKS = {GRANTED: Mark("yes", GRANTED), REFUSED: Mark("no", REFUSED), NOT_ASKED: Mark("none", NOT_ASKED)}
COLUMNS = [
    Heading("Initiatief en eenheid"),
    Heading("Soort"),
    Heading("Leverancier, model"),
    Heading("Camera’s", "n"),
    Heading("Besluit", "n"),
    *(Heading(kind, "c") for kind in SUPPORT),
    Heading("Kosten", "n"),
]


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What is approved at the end of a day, today unless asked."""
    require(request.user, Perm.SEE_OVERVIEW)
    form = PeildatumForm(request.GET, local_date(now()))
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        context |= _shown(overview_on(form.cleaned_data["peildatum"]), request)
    return render(request, "initiatives/overview.html", context, status=200 if form.is_valid() else 400)


def _shown(found: Overview, request: HttpRequest) -> dict[str, Any]:
    sums = in_words(found.total)
    pages = {
        key: Paginator(rows, PAGE).get_page(request.GET.get(f"deel_{key}"))
        for key, rows in (("a", found.section_a), ("b", found.section_b))
    }
    files = _files([row.file for page in pages.values() for row in page], request.user)
    return {
        "day": found.peildatum,
        "rules": rules_in_words(found),
        "figures": [
            (sums.initiatives, "goedgekeurde initiatieven", ""),
            (sums.supported, "met ondersteuning", ""),
            (sums.unsupported, "zonder ondersteuning", ""),
            (sums.cameras, "camera’s gevraagd", ""),
            (sums.amount, "kosten van deze initiatieven", ""),
        ],
        "units": tile_map(found.rows),
        "kinds": kinds(found.rows),
        "columns": COLUMNS,
        "marks": MARKS.values(),
        "sections": [_section(key, page, files, request.GET) for key, page in pages.items()],
        "pdf_url": f"{reverse('overview-pdf')}?peildatum={found.peildatum}",
    }


def _files(shown: list[int], person: Any) -> set[int]:
    """Which of these files this person may open. All of them were filed: who may see whatever was needs no asking."""
    if may(person, Perm.SEE_ALL_FILED):
        return set(shown)
    return set(Initiative.objects.visible_to(person).filter(pk__in=shown).values_list("pk", flat=True))


def _section(key: str, page: Any, files: set[int], given: QueryDict) -> dict[str, Any]:
    """A page of section A or B, and what the whole section adds up to."""
    rows = page.paginator.object_list
    title, explanation = SECTIONS[key]
    return {
        "id": f"deel-{key}",
        "title": title,
        "explanation": explanation,
        "lines": [_cells(row, row.file in files) for row in page],
        "count": how_many(len(rows)),
        "sum": in_words(total(rows)),
        "granted": [(short, thousands(kind.granted)) for short, kind in zip(SUPPORT, per_support(rows), strict=True)],
        "paging": _paging(key, page, given),
    }


def _paging(key: str, page: Any, given: QueryDict) -> dict[str, str] | None:
    if page.paginator.num_pages == 1:
        return None
    first, last, total = map(thousands, (page.start_index(), page.end_index(), page.paginator.count))
    return {
        "text": f"{first} tot en met {last} van {total}",
        "previous_url": _address(key, page.number - 1, given) if page.has_previous() else "",
        "next_url": _address(key, page.number + 1, given) if page.has_next() else "",
    }


def _cells(row: Row, has_file: bool) -> dict[str, Any]:
    words = line(row)
    return {
        "line": words,
        "url": reverse("file", args=[row.file]) if has_file else "",
        "support": [(kind, MARKS[answer]) for kind, answer in zip(SUPPORT, words.support, strict=True)],
    }


def _address(key: str, number: int, given: QueryDict) -> str:
    """This page with another part of one section."""
    kept = {name: value for name in ("peildatum", "deel_a", "deel_b") if (value := given.get(name))}
    kept[f"deel_{key}"] = str(number)
    return f"?{urlencode(kept)}#deel-{key}"
