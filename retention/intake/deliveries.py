"""Files of recordings that judges send in the browser. The worker goes through each twice: as a trial that leaves
nothing behind, and, once the judge has seen what would happen, in earnest.

A batch, how far the file is and the journal are one transaction: a worker that is killed goes on where it was, and
nothing is counted twice. Only recordings of the judge's own units go in, by the rights of the moment.
"""

import hashlib
import logging
from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta
from io import BytesIO
from itertools import islice

from django.db import transaction

from journal.write import record
from organisation.models import Person
from organisation.permissions import capacity_with, may, units_with
from organisation.roles import Perm
from retention.intake.sheet import BadSheet, Rejected, Row, as_lines, batches_of, opened, put_in, rows_of
from retention.intake.words import told
from retention.models import Delivery

log = logging.getLogger(__name__)
KEPT = timedelta(days=1)
"""A file that nobody confirms is not kept longer."""
MOST_LINES, MOST_KEPT = 100_000, 5
"""Lines in a file, and files of one judge that wait."""
TOO_LONG = "Dit bestand heeft meer dan 100.000 regels. Deel het op, of laat het door de beheerder inlezen."
TOO_MANY = "Er wachten al vijf bestanden van u. Bevestig die eerst, of wacht tot zij zijn ingelezen."
REJECTED_AT_MOST = 500_000
"""Characters of rejected lines that are kept: some thousands of lines, of which each is to be mended by somebody."""
NOT_NOW = "Dit bestand wordt al ingelezen, of is niet meer bewaard. Lever het opnieuw aan als dat nodig is."


class NotPossible(Exception):
    """Why a file is not taken in; a Dutch sentence."""


def offer(content: bytes, name: str, *, by: Person, at: datetime) -> Delivery:
    """A file comes in, and waits for its trial. Raises `NotPossible`."""
    lines = _lines_below_the_head(content)
    if lines > MOST_LINES:
        raise NotPossible(TOO_LONG)
    if Delivery.objects.filter(by=by, content__isnull=False).count() >= MOST_KEPT:
        raise NotPossible(TOO_MANY)
    with transaction.atomic():
        delivery = Delivery.objects.create(
            by=by,
            name=name,
            sha256=hashlib.sha256(content).hexdigest(),
            content=content,
            lines=lines,
            sent_at=at,
        )
        _record(delivery, "bestand_aangeboden", "heeft een bestand met opnamen aangeboden.", sha256=delivery.sha256)
    return delivery


def _lines_below_the_head(content: bytes) -> int:
    """About how many recordings: an empty line is counted, and not read."""
    ends = max(content.count(b"\n"), content.count(b"\r"))
    return max(ends - content.endswith((b"\n", b"\r")), 1)


def confirm(delivery: Delivery, *, at: datetime) -> None:
    """The judge saw what would happen. Raises `NotPossible`."""
    with transaction.atomic():
        found = Delivery.objects.select_for_update().get(pk=delivery.pk)
        if not found.can_be_confirmed:
            raise NotPossible(NOT_NOW)
        found.confirmed_at, found.rows, found.counts, found.rejected = at, 0, {}, ""
        found.save(update_fields=["confirmed_at", "rows", "counts", "rejected"])
        _record(found, "bestand_bevestigd", "laat een bestand met opnamen inlezen.")


def go_through_all(at: datetime) -> None:
    """What waits is gone through; what waits for a judge for too long is not kept. One file that fails does not stop
    the others.
    """
    Delivery.objects.filter(content__isnull=False, sent_at__lt=at - KEPT).update(content=None)
    for delivery in Delivery.objects.filter(content__isnull=False).order_by("pk"):
        if delivery.is_waiting:
            try:
                go_through(delivery, at)
            except Exception:
                log.exception("file %s could not be gone through", delivery.pk)


def go_through(delivery: Delivery, at: datetime) -> None:
    """The rest of the file, batch by batch; stops when another worker has it."""
    rows = rows_of(opened(BytesIO(bytes(delivery.content or b""))))
    done = delivery.rows
    try:
        for batch in batches_of(islice(rows, done, None)):
            if not _go_on(delivery, batch, done):
                return
            done += len(batch)
    except BadSheet as bad:
        Delivery.objects.filter(pk=delivery.pk, rows=0).update(problem=str(bad), content=None)
        return
    _end(delivery, done, at)


def _go_on(delivery: Delivery, batch: list[Row], done: int) -> bool:
    with transaction.atomic():
        found = _locked(delivery, done)
        if found is None:
            return False
        counts, rejected = _tried(batch, _units(found)) if found.is_trial else put_in(batch, _units(found))
        if not found.is_trial:
            _record(found, "opnamen_ingelezen", f"heeft opnamen ingelezen: {told(counts)}.", **counts)
        if rejected and len(found.rejected) < REJECTED_AT_MOST:
            found.rejected += as_lines(rejected, with_head=not found.rejected)
        found.counts, found.rows = dict(Counter(found.counts) + counts), done + len(batch)
        found.save(update_fields=["rejected", "counts", "rows"])
    return True


def _tried(batch: list[Row], units: Collection[int]) -> tuple[Counter[str], list[Rejected]]:
    point = transaction.savepoint()
    try:
        return put_in(batch, units)
    finally:
        transaction.savepoint_rollback(point)


def _end(delivery: Delivery, done: int, at: datetime) -> None:
    with transaction.atomic():
        if found := _locked(delivery, done):
            if found.is_trial:
                found.tried_at = at
            else:
                found.finished_at, found.content = at, None
            found.save(update_fields=["tried_at", "finished_at", "content"])


def _locked(delivery: Delivery, done: int) -> Delivery | None:
    """The same file in the same pass and as far as we know it; None when somebody else went on with it."""
    same = Delivery.objects.filter(pk=delivery.pk, rows=done, confirmed_at=delivery.confirmed_at, content__isnull=False)
    return same.select_for_update(of=("self",), skip_locked=True).select_related("by").first()


def _units(delivery: Delivery) -> set[int]:
    return units_with(delivery.by, Perm.JUDGE_RECORDINGS)


def _record(delivery: Delivery, action: str, words: str, **data: object) -> None:
    """In the role of a judge; of somebody who is one no more, without."""
    role, unit, title = "", "", "Een voormalig beoordelaar"
    if may(delivery.by, Perm.JUDGE_RECORDINGS):
        capacity = capacity_with(delivery.by, Perm.JUDGE_RECORDINGS)
        role, unit, title = capacity.role, capacity.unit, capacity.title
    record(action, f"{title} {words}", actor=delivery.by, role=role, unit=unit, about=delivery, data=data)
