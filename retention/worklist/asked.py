"""Which recordings somebody sees in the list of `/opnamen/`, narrowed and in order.

What must be judged stands in the order in which it must: first what was filmed in a dwelling or closed yard without an
exception (T-11), then by the moment at which judging closes. An index has exactly that order, so that a page costs the
same whatever the number of recordings. How a row looks is `rows.py`'s question.
"""

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import BooleanField, F, Q
from django.db.models.expressions import RawSQL

from bodycams.keyset import Keyset, Page, Sort
from retention.overdue import UNDECIDED, IsHeld
from retention.procedure import Status
from retention.querysets import RecordingQuerySet
from retention.worklist.looks import WAITS_FOR_ITS_FILE
from workflow.clock import local_date, midnight

COUNTED = 10_000
"""Up to here a total is exact; above it says ‘more than’."""
ENDS_WITHIN = timedelta(days=28)
"""So long before its last day a necessary recording comes on the list of the judge."""

TO_JUDGE, ENDING, OVERDUE, ALL = "te_beoordelen", "loopt_af", "over_tijd", "alle"
"""Beside the other statuses, what the list can be narrowed to."""


class Row(NamedTuple):
    """One recording as the list shows it."""

    id: int
    source_id: str
    camera_serial: str
    unit_id: int
    unit: str
    wearer: str
    used_from: datetime
    true_from: datetime | None
    shift_over_at: datetime
    arrived_at: datetime
    file_seen_at: datetime | None
    owns_file: bool
    place: str
    exception: str
    announced: bool
    set_apart: bool
    late: bool
    rank: int
    status: str
    judged_at: datetime | None
    keep_until: date | None
    judging_closes_at: datetime
    must_be_gone_by: datetime
    held: bool
    knows_camera: bool
    knows_wearer: bool


COLUMNS = tuple("unit__name" if name == "unit" else name for name in Row._fields)


def _moment(name: str) -> Any:
    return lambda row: getattr(row, name).isoformat()


SORTS = {
    "due": Sort(
        (F("rank"), F("judging_closes_at")),
        False,
        lambda row: (row.rank, row.judging_closes_at.isoformat()),
        lambda key: (int(key[0]), datetime.fromisoformat(key[1])),
    ),
    "ending": Sort(F("keep_until"), False, _moment("keep_until"), date.fromisoformat),
    "overdue": Sort(F("must_be_gone_by"), False, _moment("must_be_gone_by"), datetime.fromisoformat),
    "newest_shift": Sort(F("shift_over_at"), True, _moment("shift_over_at"), datetime.fromisoformat),
    "newest": Sort((), True, lambda row: (), tuple),
}
LIST = Keyset("retention.worklist", SORTS)
ORDERS = {TO_JUDGE: "due", ENDING: "ending", OVERDUE: "overdue"}


class Asked(NamedTuple):
    """What somebody asks of the list. Empty means: it does not matter; for `state`: what must be judged, or whatever it
    is when a recording is looked for by its number.
    """

    q: str = ""
    state: str = ""
    within: int | None = None
    before: date | None = None
    place: str = ""
    camera: str = ""
    mark: str = ""

    @property
    def what(self) -> str:
        return self.state or (ALL if self.q else TO_JUDGE)

    @property
    def order(self) -> str:
        """The name of the order: one of `SORTS`."""
        return ORDERS.get(self.what, "newest")


def selection(found: RecordingQuerySet, asked: Asked, at: datetime) -> RecordingQuerySet:
    """Those of `found` that answer to everything asked."""
    found = _in_state(found, asked.what, at)
    if asked.q:
        found = found.filter(source_id__startswith=asked.q)
    if asked.within is not None:
        found = found.filter(judging_closes_at__lte=midnight(local_date(at) + timedelta(days=asked.within + 1)))
    if asked.before:
        found = found.filter(judging_closes_at__lte=midnight(asked.before))
    if asked.place:
        found = found.filter(place=asked.place)
    if asked.camera:
        found = found.filter(camera_serial=asked.camera)
    return found.filter(MARKS[asked.mark](at)) if asked.mark else found


def _in_state(found: RecordingQuerySet, what: str, at: datetime) -> RecordingQuerySet:
    if what == TO_JUDGE:
        return found.filter(status=Status.TE_BEOORDELEN, judging_closes_at__gt=at)
    if what == ENDING:
        return found.filter(status=Status.NOODZAKELIJK, keep_until__lte=local_date(at) + ENDS_WITHIN)
    if what == OVERDUE:
        return found.filter(~Q(IS_HELD), status__in=UNDECIDED, must_be_gone_by__lte=at)
    return found if what == ALL else found.filter(status=what)


IS_HELD = IsHeld(F("id"))
KNOWN = {
    "held": IS_HELD,
    "knows_camera": RawSQL(
        "EXISTS (SELECT FROM inventory_camera c WHERE c.serial = retention_recording.camera_serial)", [], BooleanField()
    ),
    "knows_wearer": RawSQL(
        "EXISTS (SELECT FROM organisation_person p WHERE p.number = retention_recording.wearer)", [], BooleanField()
    ),
}
"""What a list says of a recording beside its own columns. Written out: composing it would take longer than asking."""
HELD = "opgeschort"
MARKS = {
    "geen_uitzondering": lambda at: Q(rank=0),
    "niet_aangekondigd": lambda at: Q(announced=False),
    "laat_aangeleverd": lambda at: Q(late=True),
    "klok_onjuist": lambda at: Q(set_apart=True),
    "zonder_bestand": lambda at: Q(file_seen_at__isnull=True, arrived_at__lte=at - WAITS_FOR_ITS_FILE),
    HELD: lambda at: Q(IS_HELD),
}
"""What stands out of a recording, as something to narrow the list to."""


def page(found: RecordingQuerySet, order: str, size: int, link: str = "") -> Page:
    """`size` rows of a selection: the first ones or those where `link` leads. Raises `BadLink`."""
    return LIST.page(found.annotate(**KNOWN).values_list(*COLUMNS), order, size, link, make=lambda row: Row(*row))


def count(found: RecordingQuerySet) -> int:
    """How many a selection has: exactly, or `COUNTED` plus one for more."""
    return found.order_by().values("pk")[: COUNTED + 1].count()


def whole(found: RecordingQuerySet) -> RecordingQuerySet:
    """With all that its own page says of each: one query."""
    return found.select_related("unit", "initiative", "destruction", "proof").annotate(**KNOWN)
