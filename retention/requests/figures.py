"""The counts of a year: what was asked, what became of it, whether that was in time, and what was held for what."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, F, Q

from retention.choices import HoldReason
from retention.models import Hold, PrivacyRequest
from retention.request_choices import Outcome, RequestKind
from workflow.clock import AMSTERDAM

HEAD = ("Soort", "Ontvangen", *(outcome.label.capitalize() for outcome in Outcome), "Ingetrokken", "Loopt nog")
TIME_HEAD = ("Soort", "Binnen de termijn", "Te laat", "Verdaagd", "Bezwaar")
HOLD_HEAD = ("Waarom", "Geplaatst", "Verlengd", "Eerder opgeheven")

TIMES = ("in_time", "late", "adjourned", "objected")

Row = tuple[str | int, ...]
"""What it is about, and its numbers."""


def of_year(year: int, today: date) -> dict[str, Any]:
    """Tables for the page, of the requests that were received and the holds that were placed in this year."""
    counted = _counted(year, today)
    fates: list[Row] = [(kind.label, *_fates(counted[kind])) for kind in RequestKind]
    times: list[Row] = [(kind.label, *(counted[kind][name] for name in TIMES)) for kind in RequestKind]
    held = list(_held(year))
    return {
        "head": HEAD,
        "fates": fates,
        "fates_total": _total(fates),
        "time_head": TIME_HEAD,
        "times": times,
        "times_total": _total(times),
        "hold_head": HOLD_HEAD,
        "holds": held,
        "holds_total": _total(held),
        "any": any(number for _, *numbers in (*fates, *held) for number in numbers),
    }


def _counted(year: int, today: date) -> dict[str, Counter[str]]:
    is_open, is_decided = Q(closed_at__isnull=True, decided_on__isnull=True), Q(decided_on__isnull=False)
    late = Q(decided_on__gt=F("due_on")) | (is_open & Q(due_on__lt=today))
    rows: Any = (
        PrivacyRequest.objects.filter(received_on__year=year)
        .order_by()
        .values("kind")
        .annotate(
            all=Count("pk"),
            withdrawn=Count("pk", filter=Q(closed_at__isnull=False, decided_on__isnull=True)),
            open=Count("pk", filter=is_open),
            in_time=Count("pk", filter=is_decided & Q(decided_on__lte=F("due_on"))),
            late=Count("pk", filter=late),
            adjourned=Count("pk", filter=Q(adjourned_days__gt=0)),
            objected=Count("pk", filter=Q(objection__isnull=False)),
            **{outcome.value: Count("pk", filter=Q(decision__outcome=outcome)) for outcome in Outcome},
        )
    )
    by_kind = {row["kind"]: Counter({name: row[name] for name in row if name != "kind"}) for row in rows}
    return {kind: by_kind.get(kind, Counter()) for kind in RequestKind}


def _fates(counted: Counter[str]) -> list[int]:
    return [counted[name] for name in ("all", *Outcome.values, "withdrawn", "open")]


def _held(year: int) -> Iterator[Row]:
    since, until = (datetime.combine(date(one, 1, 1), time(), AMSTERDAM) for one in (year, year + 1))
    rows = (
        Hold.objects.filter(placed_at__gte=since, placed_at__lt=until)
        .order_by()
        .values_list("reason")
        .annotate(
            placed=Count("pk", distinct=True),
            extended=Count("pk", filter=Q(extensions__isnull=False), distinct=True),
            released=Count("pk", filter=Q(release__isnull=False), distinct=True),
        )
    )
    counted = {reason: numbers for reason, *numbers in rows}
    for reason in HoldReason:
        yield reason.label, *counted.get(reason, (0, 0, 0))


def _total(rows: list[Row]) -> Row:
    numbers = [[int(number) for number in row[1:]] for row in rows]
    return ("Samen", *(sum(column) for column in zip(*numbers, strict=True)))
