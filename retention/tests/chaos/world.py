"""Recordings with their files, holds and judgements, through the application's own services; and a note of what was
promised about each. What nobody knows, because the database went away before it answered, is noted as that.
"""

import os
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from django.db import InterfaceError, OperationalError, connection, transaction

from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import holder_of
from retention import holds, services
from retention.clock import now
from retention.models import Judgement, Proof, Recording
from retention.tests.factories import facts
from retention.tests.hold_samples import because
from workflow.clock import local_date, midnight
from workflow.take import StepRefused

FAR = datetime(9999, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
UNNECESSARY = {"reason_code": "onbruikbaar_beeld", "reasons": ""}
KEPT = {"status": "noodzakelijk", "status_before": "te_beoordelen", "ground": "8", "purpose": "opsporing"}
KINDS = {"due": 66, "tomorrow": 8, "young": 10, "judged": 10, "kept": 6}
"""Of each hundred: what nobody judged in time, what closes tonight, what is young, what is judged not necessary at once
and what was necessary until yesterday or today.
"""

Answer = TypeVar("Answer")


def tried(work: Callable[[], Answer]) -> Answer | None:
    """What `work` answers; None when the database went away meanwhile, and nobody knows what became of it."""
    try:
        return work()
    except (OperationalError, InterfaceError):
        connection.close()
        return None


@dataclass
class Known:
    """What is known of one: it may go from one moment on, and must from another; `FAR` is not while we look."""

    name: str
    key: str
    digest: str
    kind: str
    may_go_from: datetime
    must_go_from: datetime
    pk: int = 0

    def facts(self) -> dict[str, str]:
        return {"source_id": self.name, "storage_key": self.key, "sha256": self.digest}


@dataclass
class Notes:
    """What there is, and what somebody was told about it: `held` it is, `proven` its destruction was."""

    known: dict[int, Known] = field(default_factory=dict)
    held: set[int] = field(default_factory=set)
    perhaps_held: set[int] = field(default_factory=set)
    proven: set[int] = field(default_factory=set)
    refused: int = 0
    judged: int = 0
    undone: int = 0

    def left_alone(self) -> set[int]:
        return self.held | self.perhaps_held


class World:
    def __init__(self, root: Path, seed: int) -> None:
        self.root, self.notes = root, Notes()
        self.random = random.Random(seed)
        self.officer, self.judge = holder_of(Role.PRIVACY), holder_of(Role.JUDGE, "ON")
        self._coming: list[tuple[Known, dict[str, Any]]] = []
        self._to_judge: list[Known] = []
        self._judged: list[Known] = []
        self.number = 0
        root.mkdir(mode=0o700)
        (root / "~bodycamregister").touch()

    # --- arriving ---------------------------------------------------------------------------------

    def bring(self, number: int, kind: str = "") -> None:
        """So many more, of this kind or of all: their files now, their rows as soon as the database has them."""
        kinds = [kind] * number if kind else self.random.choices(list(KINDS), list(KINDS.values()), k=number)
        for kind in sorted(kinds):
            content = os.urandom(self.random.randint(40, 400))
            self.number += 1
            one = Known(
                f"C-{self.number:06}",
                f"{self.number // 50:04}/{self.number:06}",
                sha256(content).hexdigest(),
                kind,
                FAR,
                FAR,
            )
            path = self.root / one.key
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
            self._coming.append((one, {"size": len(content)}))

    @property
    def is_coming(self) -> bool:
        """Whether the rows of some are not known to be in the database."""
        return bool(self._coming)

    def arrive(self) -> None:
        """The rows of what came, at most once however often it is tried."""
        if not self._coming:
            return
        names = [one.name for one, _ in self._coming]
        if tried(lambda: self._saved(names)) is None:
            return
        found = tried(lambda: list(Recording.objects.filter(source_id__in=names)))
        if found is None:
            return
        rows = {row.source_id: row for row in found}
        for one, _ in self._coming:
            self._note(one, rows[one.name])
        self._coming.clear()

    def _saved(self, names: list[str]) -> bool:
        with transaction.atomic():
            if not Recording.objects.filter(source_id__in=names).exists():
                at = now()
                days = {kind: facts(days_ago, file_seen_at=at) for kind, days_ago in self._days().items()}
                Recording.objects.bulk_create(
                    Recording(**days[one.kind] | one.facts() | more) for one, more in self._coming
                )
                names = [one.name for one, _ in self._coming if one.kind == "kept"]
                kept = Recording.objects.filter(source_id__in=names)
                kept.update(judged_at=at, keep_until=local_date(at) - timedelta(days=1), case_reference="PL-1", **KEPT)
                by = Person.objects.get(number=Person.SYSTEM)
                said = {"step": "noodzakelijk_verklaren", "person": by, "role": "beoordelaar", "at": at}
                Judgement.objects.bulk_create(Judgement(recording=one, **said) for one in kept)
        return True

    def _days(self) -> dict[str, int]:
        pick = self.random.randint
        return {"due": pick(27, 30), "tomorrow": 26, "young": pick(5, 20), "judged": pick(2, 9), "kept": pick(2, 9)}

    def _note(self, one: Known, row: Recording) -> None:
        """By the calendar of Python, not by the database's."""
        closes = midnight(local_date(row.used_from) + timedelta(days=27))
        if one.kind == "kept":
            assert row.keep_until is not None
            closes = midnight(row.keep_until + timedelta(days=1))
        one.pk, one.may_go_from, one.must_go_from = row.pk, closes, closes
        self.notes.known[row.pk] = one
        if one.kind == "judged":
            self._to_judge.append(one)

    # --- what people do ---------------------------------------------------------------------------

    def judge_some(self) -> None:
        """Judged not necessary, which can be undone for an hour."""
        some, self._to_judge = self._to_judge[:20], self._to_judge[20:]
        at = tried(now) if some else None
        if at is None:
            self._to_judge += some
            return
        for one in some:  # from here on it may be so, whatever we hear
            one.may_go_from = min(one.may_go_from, at + HOUR)
        pks = [one.pk for one in some]
        done = tried(lambda: services.judge_together(pks, person=self.judge, at=at, given=UNNECESSARY))
        for taken in done.taken if done else ():
            one = self.notes.known[taken.subject.pk]
            one.must_go_from = at + HOUR
            self._judged.append(one)
            self.notes.judged += 1

    def undo_one(self) -> None:
        if not self._judged:
            return
        one = self._judged.pop(self.random.randrange(len(self._judged)))
        before, one.must_go_from = one.must_go_from, FAR
        try:
            if tried(lambda: self._undone(one)):
                one.may_go_from = FAR
                self.notes.undone += 1
        except StepRefused:
            one.must_go_from = before

    def _undone(self, one: Known) -> bool:
        at = now()
        services.take_step(one.pk, "ongedaan_maken", person=self.judge, at=at, read=lambda *_: {})
        return True

    def hold_one(self) -> None:
        """Of any that is still there, as far as anybody knows."""
        left = [one for pk, one in self.notes.known.items() if pk not in self.notes.left_alone() | self.notes.proven]
        if not left:
            return
        self.hold(self.random.choice(left).pk)

    def hold(self, pk: int) -> None:
        try:
            if tried(lambda: self._held(pk)):
                self.notes.held.add(pk)
            else:
                self.notes.perhaps_held.add(pk)
        except holds.NotPossible:
            self.notes.refused += 1

    def _held(self, pk: int) -> bool:
        at, found = now(), Recording.objects.get(pk=pk)
        return bool(holds.place([found], because(self.officer, at), person=self.officer, at=at).holds)

    # --- looking on -------------------------------------------------------------------------------

    def look(self) -> None:
        """What somebody saw proven stays proven."""
        self.notes.proven |= set(tried(lambda: list(Proof.objects.values_list("pk", flat=True))) or ())

    def is_done(self, at: datetime) -> bool:
        """Whether everything that had to go at this moment went, as far as the disk says."""
        if self._coming:
            return False
        alone = self.notes.left_alone()
        must = [one for pk, one in self.notes.known.items() if one.must_go_from <= at and pk not in alone]
        return not any((self.root / one.key).exists() for one in must) and tried(self._open) == 0

    def _open(self) -> int:
        """How many were begun and not finished."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM retention_destruction WHERE done_at IS NULL")
            return int(cursor.fetchone()[0])
