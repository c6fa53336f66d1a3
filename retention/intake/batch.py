"""A batch of items is taken in at once: read, looked up, laid down in a temporary table by COPY, and put into the
register by one INSERT. Never row by row.

Two deliveries of the same ids at once wait for each other at the unique constraint, in the same order, and then one of
them finds the other's. Whoever calls opens the transaction and writes the journal in it.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from io import StringIO
from operator import itemgetter
from typing import Any

from django.db import IntegrityError, OperationalError, connection, transaction

from initiatives.models import Initiative
from organisation.models import Unit
from retention.intake.fields import Fault, read_item
from retention.procedure import Status

MOST = 1000
"""Items in one batch."""

TAKEN_OVER = (
    *("source", "source_id", "camera_serial", "wearer", "used_from", "used_to", "shift_end", "uploaded_at", "size"),
    *("sha256", "storage_key", "place", "exception", "announced", "not_announced_reason"),
)
COLUMNS = (*TAKEN_OVER, "unit_id", "initiative_id")
NOTHING = r"\N"
_taken_over = itemgetter(*TAKEN_OVER)
COMPARED = tuple(name for name in COLUMNS if name not in ("source", "source_id"))

TABLE = """
CREATE TEMPORARY TABLE IF NOT EXISTS retention_arriving (
    line integer, source varchar, source_id varchar, camera_serial varchar, wearer varchar, used_from timestamptz,
    used_to timestamptz, shift_end timestamptz, uploaded_at timestamptz, size bigint, sha256 varchar,
    storage_key varchar, place varchar, exception varchar, announced boolean, not_announced_reason text,
    unit_id bigint, initiative_id bigint
) ON COMMIT DELETE ROWS;
DELETE FROM retention_arriving
"""
COPY = f"COPY retention_arriving (line, {', '.join(COLUMNS)}) FROM STDIN"
INSERT = f"""
INSERT INTO retention_recording ({", ".join(COLUMNS)}, owns_file, status, arrived_at)
SELECT {", ".join(COLUMNS)},
       row_number() OVER (PARTITION BY storage_key ORDER BY line) = 1
           AND NOT EXISTS (SELECT FROM retention_recording r WHERE r.storage_key = a.storage_key AND r.owns_file),
       %s, COALESCE(%s, (SELECT retention_now()))
FROM (
    SELECT DISTINCT ON (source, source_id) * FROM retention_arriving ORDER BY source, source_id, line
) AS a
WHERE NOT EXISTS (SELECT FROM retention_recording r WHERE r.source = a.source AND r.source_id = a.source_id)
ORDER BY source, source_id
ON CONFLICT (source, source_id) DO NOTHING RETURNING id
"""  # noqa: S608  # names of columns that stand above
"""A file is of the first that named it: no other lays hold of it by naming it too."""
TRIES = 3
"""Two batches that name the same files at once: the one that loses looks again."""
MARKS = {
    "camera_onbekend": "NOT EXISTS (SELECT FROM inventory_camera c WHERE c.serial = r.camera_serial)",
    "drager_onbekend": "NOT EXISTS (SELECT FROM organisation_person p WHERE p.number = r.wearer)",
    "klok_onjuist": "r.set_apart",
    "laat_aangeleverd": "r.late",
    "dienst_onjuist": "r.shift_end <> r.shift_over_at",
    "bestand_ontbreekt": "r.file_seen_at IS NULL",
    "bestand_van_ander": "NOT r.owns_file",
}
"""What stands out about a recording, and how the database sees it."""
FOUND = f"""
SELECT a.line, r.id, r.status, r.unit_id,
       ({", ".join(f"r.{name}" for name in COMPARED)})
           IS NOT DISTINCT FROM ({", ".join(f"a.{name}" for name in COMPARED)}),
       array_remove(ARRAY[{", ".join(f"CASE WHEN {found} THEN '{mark}' END" for mark, found in MARKS.items())}], NULL)
FROM retention_arriving a JOIN retention_recording r ON r.source = a.source AND r.source_id = a.source_id
ORDER BY a.line
"""  # noqa: S608
DESTROYED = """
SELECT r.source, r.source_id, r.id, r.unit_id FROM unnest(%s::varchar[], %s::varchar[]) AS asked(source, source_id)
JOIN retention_recording r ON r.source = asked.source AND r.source_id = asked.source_id WHERE r.status = %s
"""


class Result(StrEnum):
    CREATED = "created"
    EXISTS = "exists"
    CONFLICT = "conflict"
    REFUSED = "refused"
    FORBIDDEN = "forbidden"


@dataclass
class Outcome:
    """What became of one item. `id`, `state` and `marks` are those of the recording in the register."""

    result: Result
    source: str = ""
    source_id: str = ""
    id: int | None = None
    state: str = ""
    marks: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def is_in(self) -> bool:
        return self.result in (Result.CREATED, Result.EXISTS)


CONFLICT = "Dit kenmerk is er al met andere gegevens. Aan een opname die binnen is, verandert niets meer."
FORBIDDEN = "U levert niet aan voor deze eenheid."
UNKNOWN_UNIT = "Deze eenheid bestaat niet. Geef de code van een eenheid, niet van een team."
UNKNOWN_INITIATIVE = "Dit initiatief is er niet. Kijk het nummer na, of laat het leeg."


def take_in(
    items: Sequence[Any],
    units: Collection[int] | None,
    *,
    arrived_at: datetime | None = None,
    with_marks: bool = True,
) -> list[Outcome]:
    """What became of each of at most `MOST` items, in their order. `units`: for which may be delivered; None: for all.
    `arrived_at` is for the story of a demonstration; what really comes in arrives now.

    An id that was destroyed exists, whatever else is said of it. Runs in the transaction of the caller. Without marks,
    ids are not told either when everything is new, which saves a third of the time.
    """
    read = [read_item(item) for item in items]
    outcomes = [_outcome(values, faults) for values, faults in read]
    _look_up([values for values, _ in read], outcomes, units)
    good = [(line, values) for line, (values, _) in enumerate(read) if not outcomes[line].faults]
    if good:
        found = _put_in(good, arrived_at, with_marks=with_marks)
        _tell(found, outcomes, units)
    if len(good) < len(items):
        _recognise_destroyed(outcomes, units)
    return outcomes


def _outcome(values: dict[str, Any], faults: list[Fault]) -> Outcome:
    return Outcome(Result.REFUSED, values.get("source", ""), values.get("source_id", ""), faults=faults)


def _look_up(read: list[dict[str, Any]], outcomes: list[Outcome], units: Collection[int] | None) -> None:
    """Put the ids of units and initiatives in the place of code and number; what is not there is a fault."""
    codes, numbers = ({values.get(name) for values in read} - {None, ""} for name in ("unit", "initiative"))
    places = dict(Unit.objects.of_the_highest_level().filter(code__in=codes).values_list("code", "pk"))
    known = Initiative.objects.filter(number__in=numbers).values_list("number", "pk") if numbers else ()
    initiatives = {"": None, **dict(known)}
    for values, outcome in zip(read, outcomes, strict=True):
        code, number = values.get("unit"), values.get("initiative")
        if code and code not in places:
            outcome.faults.append(Fault("unit", "unknown", UNKNOWN_UNIT))
        elif code and units is not None and places[code] not in units:
            outcome.result = Result.FORBIDDEN
            outcome.faults.append(Fault("unit", "forbidden", FORBIDDEN))
        if number and number not in initiatives:
            outcome.faults.append(Fault("initiative", "unknown", UNKNOWN_INITIATIVE))
        values["unit_id"], values["initiative_id"] = places.get(code or ""), initiatives.get(number or "")


def _put_in(
    good: list[tuple[int, dict[str, Any]]], arrived_at: datetime | None, *, with_marks: bool
) -> tuple[set[int], list[Any]]:
    """The ids that are new, and of each line what is in the register; nothing of lines that are all new, when marks are
    not asked for.
    """
    with connection.cursor() as cursor:
        cursor.execute(TABLE)
        cursor.copy_expert(COPY, StringIO("".join(map(_line, good))))
        new = _inserted(cursor, arrived_at)
        if len(new) == len(good) and not with_marks:
            return new, [(line, None, Status.TE_BEOORDELEN, None, True, []) for line, _ in good]
        cursor.execute(FOUND)
        return new, cursor.fetchall()


def _inserted(cursor: Any, arrived_at: datetime | None) -> set[int]:
    for tries_left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                cursor.execute(INSERT, [Status.TE_BEOORDELEN.value, arrived_at])
                return {pk for (pk,) in cursor.fetchall()}
        except (IntegrityError, OperationalError):  # another's file, or each waits for the other
            if not tries_left:
                raise
    return set()


def _tell(found: tuple[set[int], list[Any]], outcomes: list[Outcome], units: Collection[int] | None) -> None:
    new, lines = found
    for line, pk, status, unit, is_same, marks in lines:
        outcome = outcomes[line]
        if pk and units is not None and unit not in units:
            outcome.result = Result.CONFLICT  # of another unit: nothing is told of it
            continue
        outcome.id, outcome.state, outcome.marks = pk, status, marks
        if pk is None or pk in new:
            new.discard(pk)  # the first line with this id made it
            outcome.result = Result.CREATED
        else:
            is_same = is_same or status == Status.VERNIETIGD
            outcome.result = Result.EXISTS if is_same else Result.CONFLICT


def _line(one: tuple[int, dict[str, Any]]) -> str:
    """A line as COPY reads it. No value holds a tab or a line end: what people cannot see was refused."""
    number, values = one
    told = "\t".join(map(str, _taken_over(values))).replace("\\", r"\\")
    return f"{number}\t{told}\t{values['unit_id']}\t{values['initiative_id'] or NOTHING}\n"


def _recognise_destroyed(outcomes: Iterable[Outcome], units: Collection[int] | None) -> None:
    """Of what could not be taken in, what is in the register as destroyed."""
    asked = [one for one in outcomes if one.faults and one.source and one.source_id]
    with connection.cursor() as cursor:
        keys = [one.source for one in asked], [one.source_id for one in asked]
        cursor.execute(DESTROYED, [*keys, Status.VERNIETIGD.value])
        found = {(source, source_id): (pk, unit) for source, source_id, pk, unit in cursor.fetchall()}
    for outcome in asked:
        pk, unit = found.get((outcome.source, outcome.source_id), (None, None))
        if pk and (units is None or unit in units):
            outcome.result, outcome.id, outcome.state, outcome.faults = Result.EXISTS, pk, Status.VERNIETIGD, []
