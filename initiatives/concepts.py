"""Use cases before filing: writing a concept and throwing one away. What is outside the procedure is in `scope.py`;
taking steps in `services.py`.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.db.models import prefetch_related_objects

from bodycams.uploads.store import remove
from initiatives import notices
from initiatives.details import DETAILS, write_details
from initiatives.models import Defect, Initiative
from initiatives.snapshot import SIGNED_FOR, is_still_signed_for
from journal.models import Result
from journal.write import record
from organisation.models import Person, Unit
from organisation.permissions import capacity_for
from organisation.roles import Perm

Defects = Sequence[tuple[str, date]]


class SavedByAnother(Exception):
    """The concept was saved since it was opened, by somebody else or in another window; `current` is how it stands
    now.
    """

    def __init__(self, current: Initiative) -> None:
        super().__init__(current.pk)
        self.current = current


class NotAConcept(Exception):
    """The initiative is no longer a concept, or more than that: this cannot be done any more."""


class AlreadySent(Exception):
    """This very form was sent before, and did its work then."""


class Saved(NamedTuple):
    """What saving did. `fields` were changed; `held` were not, because the necessity would have lapsed by them."""

    initiative: Initiative
    fields: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    lapsed: bool = False


@contextmanager
def made_once(model: type[models.Model], form_id: UUID | None) -> Iterator[None]:
    """A transaction in which a row of `model` is made out of the form `form_id`; for a second one `AlreadySent`."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if form_id and model._default_manager.filter(form_id=form_id).exists():
            raise AlreadySent from error
        raise


def begin_concept(
    person: Person, unit: Unit, kinds: list[str], *, at: datetime, form_id: UUID | None = None
) -> Initiative:
    """A new concept after a scope check that ended inside the procedure. Raises `AlreadySent`."""
    with made_once(Initiative, form_id):
        initiative = Initiative.objects.create(
            unit=unit, kinds=kinds, created_by=person, changed_by=person, changed_at=at, form_id=form_id
        )
        trace("concept_begonnen", "is een concept begonnen", initiative, person)
    return initiative


def save_concept(
    initiative: Initiative,
    given: Mapping[str, Any],
    defects: Defects | None = None,
    *,
    person: Person,
    at: datetime,
    may_lapse: bool = True,
    chosen: Mapping[str, str] | None = None,
) -> Saved:
    """Write the given fields over the concept; what is not given stays. Saving the same again leaves no trace.

    `given["version"]` is the version that was opened. Without `may_lapse` the fields that the necessity was signed for
    are held back when it would lapse. `chosen` tells the journal whose text was kept where two people wrote (a field,
    `mine` or `theirs`). Raises `SavedByAnother` when there is a newer version, and `NotAConcept` when it was filed
    meanwhile; then nothing is written.
    """
    try:
        with transaction.atomic():
            current = locked(initiative.pk, person)
            prefetch_related_objects([current], "consultations", "agreements", "readiness")
            if current.version != given["version"]:
                raise SavedByAnother(current)
            saved = _write(current, given, defects, may_lapse=may_lapse)
            if saved.fields or chosen:
                _finish(saved, chosen or {}, person, at)
            return saved
    except SavedByAnother:
        words = "wilde het concept bewaren, maar dat was intussen al gedaan"
        trace("concept_bewaard", words, initiative, person, result=Result.REFUSED)
        raise


def _write(current: Initiative, given: Mapping[str, Any], defects: Defects | None, *, may_lapse: bool) -> Saved:
    """Put what is given on the concept, its defects and its details, but for what is held back. The concept itself is
    not saved yet.
    """
    own = {name: value for name, value in given.items() if name != "version" and name not in DETAILS}
    before = {name: getattr(current, name) for name in own}
    changed = [name for name, value in own.items() if before[name] != value]
    held: list[str] = []
    for name in changed:
        setattr(current, name, given[name])
    lapses = current.necessity is not None and not is_still_signed_for(current, current.necessity)
    if lapses and not may_lapse:
        held = [name for name in SIGNED_FOR if name in changed]
        for name in held:
            setattr(current, name, before[name])
    written = [name for name in changed if name not in held]
    if defects is not None and _replace_defects(current, defects):
        written.append("defects")
    written += write_details(current, given)
    return Saved(current, tuple(written), tuple(held), lapsed=lapses and not held)


def _finish(saved: Saved, chosen: Mapping[str, str], person: Person, at: datetime) -> None:
    """The new version, what lapses with it, and the trail of both."""
    current = saved.initiative
    current.version += 1
    current.changed_by, current.changed_at = person, at
    if saved.lapsed:
        _lapse(current, person, at)
    current.save()
    words = "heeft gekozen tussen twee teksten en het concept bewaard" if chosen else "heeft het concept bewaard"
    data: dict[str, Any] = {"fields": list(saved.fields), "version": current.version}
    trace("concept_bewaard", words, current, person, data={**data, "chosen": dict(chosen)} if chosen else data)


def _lapse(current: Initiative, person: Person, at: datetime) -> None:
    current.necessity, current.urgent = None, False
    words = "veranderde waarvoor was getekend. De noodzaak is vervallen"
    sentence = trace("noodzaak_vervallen", words, current, person)
    notices.tell(current, notices.NECESSITY_LAPSED, [sentence], at=at, by=person)


def _replace_defects(current: Initiative, defects: Defects) -> bool:
    """Make these the defective cameras; answers whether they were others."""
    if sorted(defects) == sorted((one.serial, one.defective_since) for one in current.defects.all()):
        return False
    current.defects.all().delete()
    Defect.objects.bulk_create(
        Defect(initiative=current, serial=serial, defective_since=day) for serial, day in defects
    )
    return True


def discard_concept(initiative: Initiative, *, person: Person) -> None:
    """Throw away a concept that was never filed and for which no head signed. Raises `NotAConcept` for any other."""
    with transaction.atomic():
        current = locked(initiative.pk, person)
        if not current.may_be_discarded:
            raise NotAConcept
        trace("concept_weggegooid", "heeft het concept weggegooid", current, person)
        remove(list(current.documents.all()))
        current.delete()


def locked(pk: int, person: Person) -> Initiative:
    """The concept as it is now, held until the transaction ends. Raises `NotAConcept`, and `Initiative.DoesNotExist` to
    who may not see it any more.
    """
    visible = Initiative.objects.visible_to(person)  # and nothing joined: that may be older than what was waited for
    current: Initiative = visible.select_for_update().get(pk=pk)
    if not current.is_concept:
        raise NotAConcept
    return current


def trace(action: str, words: str, initiative: Initiative, person: Person, **more: Any) -> str:
    """Put on record what was done to a concept, and answer with the sentence."""
    capacity = capacity_for(person, Perm.FILE, initiative.unit_id)
    sentence = f"{capacity.title} {words}."
    record(action, sentence, actor=person, role=capacity.role, unit=capacity.unit, about=initiative, **more)
    return sentence
