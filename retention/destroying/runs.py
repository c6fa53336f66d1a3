"""What was reviewed and destroyed, run by run, as a page tells it: each for the units that somebody sees."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, F, Q, QuerySet

from bodycams.keyset import Keyset, Page, Sort
from organisation.permissions import may, units_with
from organisation.roles import Perm
from retention.choices import How, Why
from retention.destroying.destruction import SHOWN_AFTER
from retention.models import Destruction, Proof, Run

NATIONAL = (Perm.AUDIT, Perm.GUARD_PRIVACY)
OF_A_UNIT = (Perm.JUDGE_RECORDINGS, Perm.ESTABLISH_NECESSITY)
SEES_RUNS = (*NATIONAL, *OF_A_UNIT)
SHOWN = 50
"""So many troubles stand on the page of a run at most."""

NEWEST = "nieuwste"
LIST = Keyset(
    "retention.runs",
    {NEWEST: Sort(F("began_at"), True, lambda run: run.began_at.isoformat(), datetime.fromisoformat)},
)


class Counted(NamedTuple):
    """How many went on one ground, established in one way."""

    ground: str
    how: str
    number: int


def runs() -> QuerySet[Run]:
    return Run.objects.select_related("by", "release", "release__by")


def page(size: int, link: str) -> Page:
    """Newest first. Raises `BadLink`."""
    return LIST.page(runs(), NEWEST, size, link)


def units_seen(person: Any) -> set[int] | None:
    """Of which units somebody sees what was destroyed; None: of all."""
    if any(may(person, perm) for perm in NATIONAL):
        return None
    return set().union(*(units_with(person, perm) for perm in OF_A_UNIT))


def destroyed(found: Iterable[Run], units: set[int] | None) -> dict[int, int]:
    """How many each run destroyed."""
    proofs = _within(Proof.objects.filter(run__in=[run.pk for run in found]), units)
    return dict(proofs.values_list("run").annotate(count=Count("pk")).order_by())


def counted(run: Run, units: set[int] | None) -> list[Counted]:
    proofs = _within(Proof.objects.filter(run=run), units).values_list("ground", "how")
    rows = proofs.annotate(count=Count("pk")).order_by("ground", "how")
    return [Counted(Why(ground).label, How(how).label, count) for ground, how, count in rows]


def troubles(run: Run, units: set[int] | None) -> list[Destruction]:
    """What somebody must look at: failed too often, or missing."""
    to_do = Q(attempts__gte=SHOWN_AFTER) & ~Q(last_error="") | Q(missing_at__isnull=False)
    found = _within(Destruction.objects.filter(to_do, run=run, done_at=None), units)
    return list(found.select_related("recording__unit").order_by("recording")[:SHOWN])


def waiting_to_go(run: Run, units: set[int] | None) -> int:
    """Planned, and not yet destroyed."""
    return _within(Destruction.objects.filter(run=run, done_at=None), units).count()


def _within(found: "QuerySet[Any]", units: set[int] | None) -> "QuerySet[Any]":
    return found if units is None else found.filter(recording__unit__in=units)
