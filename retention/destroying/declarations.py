"""Declarations of destruction: of each run of which nothing is left to do, and of each month that is over, also when
nothing was destroyed. Made by the worker, once; the data hold every proof, the paper (`declaration_papers.py`) numbers.

The root binds the proofs: SHA-256 over a line for each, in the order of the recordings' numbers, its values as the data
have them with tabs between and a line feed after. With another proof, or one less, it is another root.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from bodycams.alone import claimed
from journal.write import record
from organisation.models import Person
from retention.models import Declaration, Destruction, Run
from workflow.clock import local_date, midnight

AT_ONCE = 50
LOCK = 20150228
"""The lock of who is declaring; the database takes it back from who dies."""

AFTER_MIDNIGHT = timedelta(hours=1)
"""So long a proof of the last minute may take to be seen."""

FIELDS = ("recording", "unit", "sha256", "ground", "how", "by", "run", "destroyed_at")
ROOT_IS = (
    f"SHA-256 over one line per proof, ordered by recording: {', '.join(FIELDS)}, "
    "as they are here, with tabs between and a line feed after."
)
PROOFS = """
SELECT p.recording_id, unit.code, p.sha256, p.ground, p.how,
    CASE WHEN p.by_id IS NULL THEN 'systeem' ELSE 'privacyfunctionaris' END, p.run_id,
    to_char(p.destroyed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
FROM retention_proof p JOIN retention_recording r ON r.id = p.recording_id
JOIN organisation_unit unit ON unit.id = r.unit_id
WHERE {which} ORDER BY p.recording_id
"""
OF_RUN, OF_MONTH = "p.run_id = %s", "p.destroyed_at >= %s AND p.destroyed_at < %s"


class Found(NamedTuple):
    """The proofs as the data hold them, piece by piece, with what is said of them together."""

    pieces: list[bytes]
    counts: Counter[tuple[str, str, str]]
    root: str


def declare(at: datetime) -> int:
    """Declare what can be and was not; answers with how many. Twice at once does no harm."""
    settled: list[Run | date] = [*to_declare()[:AT_ONCE], *months_to_declare(at)]
    return sum(_declare(about, at) for about in settled)


def to_declare() -> "QuerySet[Run]":
    """Runs that ended (or were broken off, and a later one ended) of which nothing is left to do, oldest first."""
    last = Run.objects.filter(ended_at__isnull=False).order_by("-pk").values("pk")[:1]
    settled = Run.objects.filter(Q(ended_at__isnull=False) | Q(pk__lt=last), declaration=None)
    return settled.exclude(pk__in=Destruction.objects.filter(done_at=None).values("run")).order_by("pk")


def months_to_declare(at: datetime) -> Iterator[date]:
    """Since the first run, each by its first day."""
    first = Run.objects.order_by("began_at").values_list("began_at", flat=True).first()
    month = local_date(first or at).replace(day=1)
    known = set(Declaration.objects.filter(month__isnull=False).values_list("month", flat=True))
    while midnight(following(month)) + AFTER_MIDNIGHT <= at:
        if month not in known:
            yield month
        month = following(month)


def following(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def _declare(about: Run | date, at: datetime) -> bool:
    """Whether it was still to be made, and nobody else was making one."""
    is_of = {"run": about} if isinstance(about, Run) else {"month": about}
    with transaction.atomic():
        if not claimed(LOCK) or Declaration.objects.filter(**is_of).exists():
            return False
        found = _found(about)
        head = _of_run(about) if isinstance(about, Run) else _of_month(about)
        counts = [[*key, number] for key, number in sorted(found.counts.items())]
        data = _data({**head, "made_at": at.isoformat()}, counts, found)
        made = Declaration.objects.create(
            **is_of,
            count=found.counts.total(),
            counts=counts,
            root=found.root,
            data=data,
            sha256=hashlib.sha256(data).hexdigest(),
            made_at=at,
        )
        _record(made)
    return True


def _found(about: Run | date) -> Found:
    which, given = _which(about)
    pieces: list[bytes] = []
    counts: Counter[tuple[str, str, str]] = Counter()
    root = hashlib.sha256()
    with connection.chunked_cursor() as cursor:
        cursor.execute(PROOFS.format(which=which), given)
        for row in _rows(cursor):
            root.update(("\t".join(map(str, row)) + "\n").encode())
            pieces.append(_json(dict(zip(FIELDS, row, strict=True))))
            counts[row[1], row[3], row[4]] += 1
    return Found(pieces, counts, root.hexdigest())


def _which(about: Run | date) -> tuple[str, list[Any]]:
    if isinstance(about, Run):
        return OF_RUN, [about.pk]
    return OF_MONTH, [midnight(about), midnight(following(about))]


def _rows(cursor: Any) -> Iterator[tuple[Any, ...]]:
    while rows := cursor.fetchmany(5_000):
        yield from rows


def _of_run(run: Run) -> dict[str, Any]:
    release = getattr(run, "release", None)
    return {
        "run": run.pk,
        "month": None,
        "began_at": run.began_at.isoformat(),
        "ended_at": run.ended_at.isoformat() if run.ended_at else None,
        "by": "medewerker" if run.by_id else "systeem",
        "missed_hours": run.missed,
        "released_by": ("privacyfunctionaris" if release.by_id else "systeem") if release else None,
    }


def _of_month(month: date) -> dict[str, Any]:
    return {"run": None, "month": f"{month:%Y-%m}"}


def _data(head: dict[str, Any], counts: Iterable[list[Any]], found: Found) -> bytes:
    """Valid JSON, with a line for each proof."""
    said = [dict(zip(("unit", "ground", "how", "number"), one, strict=True)) for one in counts]
    start = _json({**head, "count": found.counts.total(), "root": found.root, "root_is": ROOT_IS, "counts": said})
    return start[:-1] + b', "proofs": [\n' + b",\n".join(found.pieces) + b"\n]}\n"


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _record(made: Declaration) -> None:
    record(
        "verklaring_gemaakt",
        f"De verklaring van vernietiging over {name_of(made)} is gemaakt.",
        actor=Person.objects.get(number=Person.SYSTEM),
        role="systeem",
        about=made,
        data={"count": made.count, "root": made.root, "sha256": made.sha256},
    )


def name_of(declaration: Declaration) -> str:
    """`controle 12`, or `2026-11`."""
    return f"controle {declaration.run_id}" if declaration.run_id else f"{declaration.month:%Y-%m}"


def units_named(declaration: Declaration) -> set[str]:
    """The codes of the units of which it tells."""
    return {unit for unit, *_ in declaration.counts}


def is_for(declaration: Declaration, units: set[str] | None) -> bool:
    """Whether who sees these units (None: all) may have the whole of it."""
    return units is None or units_named(declaration) <= units


def listed() -> "QuerySet[Declaration]":
    """Without the bytes: with when the paper was made, if it was."""
    return Declaration.objects.defer("data").annotate(on_paper_at=F("paper__made_at")).order_by("-month", "-run")
