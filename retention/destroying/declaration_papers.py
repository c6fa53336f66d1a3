"""The paper of declarations: what it says, and making it, by the worker, once. A PDF is made in
`bodycams/pdf/making.py`.

The paper has the same length for ten proofs and for a million: numbers and the root, by which the data can be checked.
"""

import hashlib
from collections import Counter
from datetime import datetime
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string

from bodycams.alone import claimed
from bodycams.patience import Patience
from bodycams.pdf.making import Unavailable, write_pdf
from initiatives.letters.sheet import ADDRESSES, Table
from initiatives.words import thousands
from journal.write import record
from organisation.models import Person, Unit
from retention.choices import How, Why
from retention.destroying.declarations import name_of
from retention.models import Declaration, DeclarationPaper
from workflow.clock import AMSTERDAM, local_date
from workflow.dates import day_in_words, month_in_words

AT_ONCE = 5
"""So that the worker comes round to other work."""
LOCK = 20150301
"""With the number of a declaration: the lock of who is making its paper."""
patience = Patience()


def context(declaration: Declaration) -> dict[str, Any]:
    counts = declaration.counts
    return {
        "declaration": declaration,
        "title": f"Verklaring van vernietiging: {title_of(declaration)}",
        "number": thousands(declaration.count),
        "date": day_in_words(local_date(declaration.made_at)),
        "day": local_date(declaration.made_at),
        "reference": f"Verklaring {declaration.pk}",
        "addresses": ADDRESSES,
        "facts": list(_facts(declaration)),
        "grounds": _by_ground(counts) if counts else None,
        "units": _by_unit(counts) if counts else None,
    }


def title_of(declaration: Declaration) -> str:
    """`controle 12 van 22 november 2026`, `november 2026`."""
    run, month = declaration.run, declaration.month
    if run is not None:
        return f"{name_of(declaration)} van {day_in_words(local_date(run.began_at))}"
    return month_in_words(month) if month else ""


def _facts(declaration: Declaration) -> Any:
    run = declaration.run
    if run is None:
        yield "Periode", f"alles wat in {title_of(declaration)} is vernietigd"
        return
    yield "Begonnen", _moment(run.began_at)
    yield "Klaar", _moment(run.ended_at) if run.ended_at else "afgebroken; de volgende controle ging verder"
    yield "Door", "een medewerker" if run.by_id else "de klok"
    if hasattr(run, "release"):
        yield "Vrijgegeven", "door een privacyfunctionaris" if run.release.by_id else "vanzelf, op de laatste dag"


def _moment(moment: datetime) -> str:
    here = moment.astimezone(AMSTERDAM)
    return f"{day_in_words(here.date())} om {here:%H.%M} uur"


def _by_ground(counts: list[Any]) -> Table:
    found: Counter[tuple[str, str]] = Counter()
    for _, ground, how, number in counts:
        found[ground, how] += number
    rows = [
        (Why(ground).label.capitalize(), thousands(n), How(how).label) for (ground, how), n in sorted(found.items())
    ]
    return Table("Waarom, en hoe is vastgesteld dat er niets meer is", ("Waarom", "Aantal", "Hoe vastgesteld"), rows)


def _by_unit(counts: list[Any]) -> Table:
    found: Counter[str] = Counter()
    by_a_person: Counter[str] = Counter()
    for unit, _, how, number in counts:
        found[unit] += number
        by_a_person[unit] += number if how == How.DECLARED else 0
    names = dict(Unit.objects.filter(code__in=found).values_list("code", "name"))
    rows = [(names[code], thousands(n), thousands(by_a_person[code])) for code, n in sorted(found.items())]
    return Table("Per eenheid", ("Eenheid", "Aantal", "Waarvan verklaard door een privacyfunctionaris"), rows)


def html(declaration: Declaration) -> str:
    """All of it; the same declaration gives the same text."""
    return render_to_string("pdf/declaration.html", context(declaration))


def make_papers(at: datetime) -> int:
    """Make papers that are still to be made; answers with how many. One that fails does not stop the rest, and is tried
    again later and later.
    """
    waiting = Declaration.objects.filter(paper__isnull=True).order_by("-pk").values_list("pk", flat=True)
    return patience.make(waiting, _make, at, hopeless=Unavailable, most=AT_ONCE)


def _make(pk: int, at: datetime) -> bool:
    """Whether it was still to be made, and nobody else was making it."""
    waiting = Declaration.objects.filter(pk=pk, paper__isnull=True).defer("data").select_related("run")
    with transaction.atomic():
        if not claimed(LOCK, pk) or (found := waiting.first()) is None:
            return False
        content = write_pdf(html(found))
        digest = hashlib.sha256(content).hexdigest()
        DeclarationPaper.objects.create(declaration=found, content=content, sha256=digest, made_at=at)
        record(
            "verklaring_op_papier",
            f"De verklaring van vernietiging over {name_of(found)} is er als PDF.",
            actor=Person.objects.get(number=Person.SYSTEM),
            role="systeem",
            about=found,
            data={"sha256": digest, "bytes": len(content)},
        )
    return True
