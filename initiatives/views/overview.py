"""The national overview on the screen: its figures, and what is in both of its sections on the day that is asked."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bodycams.charts import Chart
from bodycams.look import Heading, Mark
from initiatives.forms.overview import OverviewForm
from initiatives.models import Initiative
from initiatives.overview.approved import GRANTED, NOT_ASKED, REFUSED, Overview, Row, overview_on, total
from initiatives.overview.changes import Changes
from initiatives.overview.charts import kinds, months, paces, support, tile_map, units, vendors
from initiatives.overview.comparison import Comparison
from initiatives.overview.figures import per_support
from initiatives.overview.parts import paging, part
from initiatives.overview.words import SECTIONS, SUPPORT, how_many, in_words, line, rules_in_words
from initiatives.words import short_day, thousands
from organisation.permissions import may, require
from organisation.roles import Perm
from workflow.clock import local_date, now

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
FILES = (
    ("pdf", "Download als PDF", "primary"),
    ("json", "Gegevens als JSON", "secondary"),
    ("csv", "Gegevens als CSV", "secondary"),
)


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What is approved at the end of a day, today unless asked; and if asked, what changed since an earlier day."""
    require(request.user, Perm.SEE_OVERVIEW)
    form = OverviewForm(request.GET, local_date(now()))
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        found = overview_on(form.cleaned_data["peildatum"])
        since = form.cleaned_data["sinds"]
        context |= _shown(found, overview_on(since) if since else None, request)
    return render(request, "initiatives/overview.html", context, status=200 if form.is_valid() else 400)


def _shown(found: Overview, before: Overview | None, request: HttpRequest) -> dict[str, Any]:
    sums, given = in_words(found.total), request.GET
    pages = {key: part(f"deel_{key}", rows, given) for key, rows in (("a", found.section_a), ("b", found.section_b))}
    compared = _compared(before, found, given) if before else None
    shown = [row.file for page in pages.values() for row in page] + (compared.files if compared else [])
    files = _files(shown, request.user)
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
        "charts": _charts(found),
        "since": before and before.peildatum,
        "changes": compared and compared.shown(files),
        "columns": COLUMNS,
        "marks": MARKS.values(),
        "sections": [_section(key, page, files, given) for key, page in pages.items()],
        "files": [(label, _file_url(kind, found), tone) for kind, label, tone in FILES],
    }


def _compared(before: Overview, found: Overview, given: QueryDict) -> Comparison:
    return Comparison(Changes(before, found), given, short_day(before.peildatum), short_day(found.peildatum))


def _charts(found: Overview) -> list[list[tuple[str, Chart]]]:
    """In two columns, about as long as each other."""
    rows = found.rows
    if not rows:
        return []
    where = [("Waar in het land", tile_map(rows)), ("Per eenheid", units(rows)), ("Per soort", kinds(rows))]
    what = [("Gevraagde ondersteuning", support(rows)), ("Per leverancier", vendors(rows))]
    when = [("Besluiten per maand", months(rows, found.peildatum)), ("Doorlooptijd", paces(rows))]
    return [where, [*what, *when]]


def _file_url(kind: str, found: Overview) -> str:
    address = reverse("overview-pdf") if kind == "pdf" else reverse("overview-data", args=[kind])
    return f"{address}?peildatum={found.peildatum}"


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
        "paging": paging(f"deel_{key}", page, given, f"deel-{key}"),
    }


def _cells(row: Row, has_file: bool) -> dict[str, Any]:
    words = line(row)
    return {
        "line": words,
        "url": reverse("file", args=[row.file]) if has_file else "",
        "support": [(kind, MARKS[answer]) for kind, answer in zip(SUPPORT, words.support, strict=True)],
    }
