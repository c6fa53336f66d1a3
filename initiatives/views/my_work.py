"""The start page: what waits for who is logged in, when it must be done, and what lies with others or stands out."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bodycams.charts import Chart, Column, columns
from bodycams.look import MONTHS
from initiatives.models import Initiative
from initiatives.views.scope import ways_in
from initiatives.work.beside import beside
from initiatives.work.elsewhere import Lying, lying_elsewhere, pace, units_without
from initiatives.work.errands import errands
from initiatives.work.waiting import GROUPS, Counts, counted, duties_of, first_rows, waiting_for
from initiatives.work.words import row_of, when_nothing_waits
from organisation.permissions import may
from organisation.roles import Perm
from workflow.clock import local_date, now
from workflow.dates import day_in_words, weekday_in_words

WEEKS = 6


@require_safe
def my_work(request: HttpRequest) -> HttpResponse:
    """Everything that waits for this person, with its terms, and the figures of that work."""
    person, today = request.user, local_date(now())
    found = waiting_for(person, today)
    counts = counted(found, today)
    rows = first_rows(found)
    context = {
        **ways_in(person),
        "today": weekday_in_words(today),
        "counts": counts,
        "has_duties": bool(duties_of(person, today)),
        "figures": list(_figures(person, counts)),
        "groups": list(_groups(rows, counts)),
        "left_out": counts.all - len(rows),
        "empty": when_nothing_waits(person),
        "errands": errands(person, today),
        "chart": _chart(counts),
        "beside": beside(person),
        "may_compare": may(person, Perm.SEE_ALL_FILED),
        "elsewhere": [_link(lying) for lying in lying_elsewhere(person)],
        "stands_out": list(_stands_out(person, counts)),
    }
    return render(request, "initiatives/my_work.html", context)


def _figures(person: Any, counts: Counts) -> Iterator[tuple[int, str, str]]:
    yield counts.all, "wacht op u" if counts.all == 1 else "wachten op u", ""
    yield counts.late, "te laat", "late" if counts.late else ""
    yield counts.soon, f"{'loopt' if counts.soon == 1 else 'lopen'} af binnen een week", "soon" if counts.soon else ""
    if speed := pace(person, counts.today):
        yield speed.days, "gemiddeld aantal dagen tot besluit, dit jaar", ""
        yield speed.in_time, f"van {speed.decided} besluiten dit jaar op tijd", ""


def _groups(rows: list[Initiative], counts: Counts) -> Iterator[dict[str, Any]]:
    """The heads of the list under which something stands, each with how many that are in all."""
    by_group = counts.by_group()
    for title in GROUPS:
        under = [row_of(row, counts.today) for row in rows if counts.group_of(row.due_on) == title]
        if under:
            yield {"title": title, "count": by_group[title], "rows": under}


def _chart(counts: Counts) -> Chart | None:
    """How many terms end in each of the coming weeks; nothing when none does."""
    bars = [Column("te laat", counts.late, "late", "Te laat")]
    first = counts.today
    for tone in ("soon", *[""] * (WEEKS - 1)):
        sunday = first + timedelta(days=6 - first.weekday())
        week = first.isocalendar().week
        words = f"Week {week}, tot en met {sunday.day} {MONTHS[sunday.month - 1]}"
        bars.append(Column(f"wk {week}", counts.between(first, sunday), tone, words))
        first = sunday + timedelta(days=1)
    if not any(bar.value for bar in bars):
        return None
    title = "Termijnen die aflopen: " + ", ".join(f"{bar.long_label} {bar.value}" for bar in bars)
    return columns(title, bars, ["Week", "Dossiers"])


def _link(lying: Lying) -> dict[str, str]:
    words = lying.what.one if lying.files == 1 else lying.what.many
    return {
        "label": f"{lying.files} {words}",
        "url": f"{reverse('register')}?status={lying.what.status}",
        "note": f"Eerste termijn: {day_in_words(lying.first)}" if lying.first else "",
    }


def _stands_out(person: Any, counts: Counts) -> Iterator[dict[str, str]]:
    """What is wrong in the organisation, and where it is mended by who may go there."""
    goes_there = may(person, Perm.SEE_ORGANISATION)
    for unit, lacking in units_without(person, counts.today):
        yield {
            "sentence": f"{unit.name} heeft geen {' en geen '.join(role.label for role in lacking)}.",
            "url": reverse("unit", args=[unit.code]) if goes_there else "",
        }
