"""What the register contains (S0-23): the selection that somebody asks for, a page of it, and its totals.

A page goes on from the last row of the one before (`bodycams/keyset.py`). A total is exact up to `COUNTED`; beyond
that only when it is asked for. Here for whatever shows the register; how it is shown is the page's
(`views/register.py`).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, cast

from django.db import connection
from django.db.models import F

from bodycams.keyset import Keyset, Page, Sort
from initiatives.models import Initiative
from initiatives.models.indexes import CAMERAS_ASKED, NEVER, TERM_OR_NEVER
from initiatives.procedure import Status
from initiatives.querysets import InitiativeQuerySet
from initiatives.register.finding import MARKS, Sought, answering, sought, the_newest, with_marks, with_weight
from organisation.models import Unit
from organisation.permissions import may, units_with
from organisation.roles import Perm
from workflow.clock import midnight

COUNTED = 10_000
"""Up to here a total is exact; above it says ‘more than’, unless the exact one is asked for."""
RETURNED = "teruggestuurd"
"""Stands beside the statuses: a concept that was filed before (S0-23)."""


class Row(NamedTuple):
    """One initiative as a list shows it; what comes last is there only when words were asked (`finding.with_marks`)."""

    id: int
    title: str
    number: str
    unit: str
    kinds: list[str]
    cameras: int | None
    submitted_at: datetime
    status: str
    due_kind: str
    due_on: date | None
    marked_title: str = ""
    marked_unit: str = ""
    piece: str = ""
    weight: int = 0


COLUMNS = (
    "id", "title", "number", "unit__name", "kinds", "cameras_requested", "submitted_at", "status", "due_kind", "due_on",
)  # fmt: skip

BEST_FIRST = "relevantie"
"""How well a file answers to the words that are asked; without words there is no such order."""
NEWEST_FIRST = "-aangemeld"
SORTS = {
    BEST_FIRST: Sort(F("weight"), True, lambda row: row.weight, int),
    "-aangemeld": Sort(F("submitted_at"), True, lambda row: row.submitted_at.isoformat(), datetime.fromisoformat),
    "aangemeld": Sort(F("submitted_at"), False, lambda row: row.submitted_at.isoformat(), datetime.fromisoformat),
    "-cameras": Sort(CAMERAS_ASKED, True, lambda row: row.cameras or 0, int),
    "cameras": Sort(CAMERAS_ASKED, False, lambda row: row.cameras or 0, int),
    "termijn": Sort(TERM_OR_NEVER, False, lambda row: (row.due_on or NEVER).isoformat(), date.fromisoformat),
}
LIST = Keyset("initiatives.register", SORTS)


class Asked(NamedTuple):
    """What somebody asks of the register. Empty means: it does not matter; for `sort`: whatever fits the question."""

    q: str = ""
    unit: str = ""
    kind: str = ""
    status: str = ""
    since: date | None = None
    until: date | None = None
    vendor: str = ""
    support: str = ""
    sort: str = ""

    @property
    def sought(self) -> Sought:
        return sought(self.q)

    @property
    def order(self) -> str:
        """The name of the order: one of `SORTS`."""
        if self.sought.words:
            return self.sort or BEST_FIRST
        return NEWEST_FIRST if self.sort in ("", BEST_FIRST) else self.sort


@dataclass(frozen=True)
class Totals:
    """What a selection adds up to, what can be chosen from, and the moment at which it was asked.

    `count` and `cameras` stop at `COUNTED` files unless they are `exact`. `everything`: all that was ever filed, or
    None for who sees only the own unit. `saved`: this person's own selections, name and address.
    """

    at: datetime
    count: int
    cameras: int
    exact: bool
    everything: int | None
    units: list[tuple[str, str]]
    vendors: list[str]
    saved: list[tuple[str, str]]


def selection(person: Any, asked: Asked) -> InitiativeQuerySet:
    """Those that `person` may see and that answer to everything asked."""
    return narrowed(Initiative.objects.in_register_of(person), asked)


def narrowed(among: InitiativeQuerySet, asked: Asked) -> InitiativeQuerySet:
    """Those of `among` that answer to everything asked."""
    found = answering(among, asked.sought)
    if asked.unit:
        found = found.filter(unit=Unit.objects.filter(code=asked.unit).values("pk")[:1])
    if asked.kind:
        found = found.filter(kinds__contains=[asked.kind])
    if asked.status:
        found = found.filter(status=Status.CONCEPT if asked.status == RETURNED else asked.status)
    if asked.since:
        found = found.filter(submitted_at__gte=midnight(asked.since))
    if asked.until:
        found = found.filter(submitted_at__lt=midnight(asked.until + timedelta(days=1)))
    if asked.vendor:
        found = found.filter(vendor=asked.vendor)
    if asked.support:
        found = found.filter(requested_support__contains=[asked.support])
    return found


def page(found: InitiativeQuerySet, asked: Asked, size: int, link: str = "") -> Page:
    """`size` rows of `found`, the selection of what is asked: the first ones or those where `link` leads. Raises
    `BadLink`.
    """
    columns: tuple[str, ...] = COLUMNS
    if asked.order == BEST_FIRST:
        found = the_newest(found)
    if words := asked.sought.words:
        found, columns = with_marks(found, words), (*COLUMNS, *MARKS)
    return LIST.page(found.values_list(*columns), asked.order, size, link, make=lambda row: Row(*row))


def in_order(found: InitiativeQuerySet, asked: Asked) -> InitiativeQuerySet:
    """All of `found`, the selection of what is asked, for who reads it from the first to the last."""
    if asked.order == BEST_FIRST:
        found = with_weight(found, asked.sought.words)
    return cast(InitiativeQuerySet, LIST.in_order(found, asked.order))


TOTALS = """
WITH RECURSIVE vendors AS (
    (SELECT vendor FROM initiatives_initiative WHERE number IS NOT NULL ORDER BY vendor LIMIT 1)
    UNION ALL
    SELECT (SELECT i.vendor FROM initiatives_initiative i WHERE i.number IS NOT NULL AND i.vendor > vendors.vendor
            ORDER BY i.vendor LIMIT 1)
    FROM vendors WHERE vendors.vendor IS NOT NULL
)
SELECT clock_timestamp(),
       (SELECT COALESCE(sum(last), 0) FROM initiatives_numbercounter),
       ARRAY(SELECT ARRAY[code, name] FROM organisation_unit WHERE parent_id IS NULL AND (%s OR id = ANY(%s))
             ORDER BY sort_name),
       ARRAY(SELECT vendor FROM vendors WHERE vendor <> '' ORDER BY vendor),
       ARRAY(SELECT ARRAY[name, address] FROM initiatives_savedselection WHERE person_id = %s ORDER BY lower(name)),
       count(*), COALESCE(sum(cameras_requested), 0)
FROM ({selection}) AS selection
"""
"""Everything beside the rows, at once. Vendors are found by going from one to the next in their index."""


def totals(person: Any, found: InitiativeQuerySet, *, exact: bool = False) -> Totals:
    """What `found`, a selection of `person`, adds up to, and what that person can choose from. One query."""
    counted = found.order_by().values("cameras_requested")
    sql, params = (counted if exact else counted[: COUNTED + 1]).query.sql_with_params()
    sees_all = may(person, Perm.SEE_ALL_FILED)
    with connection.cursor() as cursor:
        own = list(units_with(person, Perm.SEE_FILES))
        cursor.execute(TOTALS.format(selection=sql), [sees_all, own, person.pk, *params])
        at, everything, units, vendors, saved, count, cameras = cursor.fetchone()
    return Totals(
        at=at,
        count=count,
        cameras=cameras,
        exact=exact or count <= COUNTED,
        everything=everything if sees_all else None,
        units=[(code, name) for code, name in units],
        vendors=vendors,
        saved=[(name, address) for name, address in saved],
    )
