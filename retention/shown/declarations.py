"""Declarations of destruction as pages show them: to whom of a unit, only the numbers of that unit."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.urls import reverse

from initiatives.words import thousands
from organisation.models import Unit
from retention.destroying.declarations import is_for, listed
from retention.models import Declaration, Run
from workflow.dates import month_in_words

SHOWN = 24
"""So many months stand on the list."""


class Declared(NamedTuple):
    """What it is about, how many were destroyed (of the units that somebody sees), and where its files are; none for
    who may not have the whole.
    """

    title: str
    number: str
    root: str
    pdf_url: str = ""
    data_url: str = ""
    is_whole: bool = True
    is_on_paper: bool = True


def of_months(units: set[int] | None) -> list[Declared]:
    codes = _codes(units)
    return [_shown(one, codes) for one in listed().filter(month__isnull=False)[:SHOWN]]


def of_runs(runs: Iterable[Run], units: set[int] | None) -> dict[int, Declared]:
    """By the number of the run."""
    codes = _codes(units)
    found: QuerySet[Declaration] = listed().filter(run__in=[run.pk for run in runs])
    return {one.run_id: _shown(one, codes) for one in found if one.run_id}


def _codes(units: set[int] | None) -> set[str] | None:
    return None if units is None else set(Unit.objects.filter(pk__in=units).values_list("code", flat=True))


def _shown(declaration: Any, codes: set[str] | None) -> Declared:
    number = sum(row[-1] for row in declaration.counts if codes is None or row[0] in codes)
    title = month_in_words(declaration.month) if declaration.month else f"Controle {declaration.run_id}"
    if not is_for(declaration, codes):
        return Declared(title, thousands(number), declaration.root, is_whole=False)
    pdf = reverse("declaration-pdf", args=[declaration.pk]) if declaration.on_paper_at else ""
    data = reverse("declaration-data", args=[declaration.pk])
    return Declared(title, thousands(number), declaration.root, pdf, data, is_on_paper=bool(pdf))
