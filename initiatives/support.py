"""Support work: begun when support is granted, and kept up to date by the project leader.

Granting itself is a decision (`deciding.py`). What a piece of work looks like on a page is in `shown/support.py`.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from initiatives import notices
from initiatives.choices import Progress, Support
from initiatives.models import Decision, Initiative, SupportLine, SupportWork
from journal.write import record
from organisation.models import Person
from organisation.permissions import capacity_for
from organisation.roles import Perm

RESPONSIBLE = {
    Support.POLICY: "landelijk project Bodycams",
    Support.PURCHASING: "afdeling Inkoop",
    Support.MANAGEMENT: "landelijk project Bodycams",
    Support.ICT: "Dienst ICT",
    Support.LEGAL: "afdeling Juridische Zaken",
}
"""Who takes it up, until the project leader says otherwise (S0-33 names Inkoop)."""
STANDS = {
    Progress.OPEN: "wacht nog op een begin",
    Progress.RUNNING: "loopt",
    Progress.DONE: "is afgerond",
}


class ChangedMeanwhile(Exception):
    """Somebody else wrote about this piece of work since the form was opened."""


def begin(decision: Decision) -> None:
    """Make a piece of work of each kind of support that the decision grants and that was not granted before."""
    before = {
        kind for earlier in decision.initiative.decisions.all() if earlier != decision for kind in earlier.granted
    }
    new = [Support(kind) for kind in Support if kind in decision.granted and kind not in before]
    if new:
        SupportWork.objects.bulk_create(
            SupportWork(
                initiative=decision.initiative,
                kind=kind,
                responsible=RESPONSIBLE[kind],
                granted_at=decision.decided_at,
            )
            for kind in new
        )


def write_about(work: SupportWork, given: dict[str, Any], *, lines: int, person: Person, at: datetime) -> SupportWork:
    """Add a line about `work`, which from then on stands as the line says, and tell the unit.

    `given`: progress, responsible, due_on and note; `lines`: how many there were when the form was opened. Raises
    `ChangedMeanwhile`. The right was checked before.
    """
    with transaction.atomic():
        locked = SupportWork.objects.select_for_update().get(pk=work.pk)
        if locked.lines != lines:
            raise ChangedMeanwhile
        initiative = Initiative.objects.select_related("unit").get(pk=locked.initiative_id)
        locked.lines += 1
        SupportLine.objects.create(work=locked, n=locked.lines, written_by=person, written_at=at, **given)
        for name in ("progress", "responsible", "due_on"):
            setattr(locked, name, given[name])
        locked.save(update_fields=["progress", "responsible", "due_on", "lines"])
        _tell(locked, initiative, given["note"], person, at)
    return locked


def _tell(work: SupportWork, initiative: Initiative, note: str, person: Person, at: datetime) -> None:
    capacity = capacity_for(person, Perm.DECIDE, initiative.unit_id)
    stands = f"{Support(work.kind).label} {STANDS[Progress(work.progress)]}"
    sentence = f"{capacity.title} heeft de ondersteuning bijgewerkt."
    record(
        "ondersteuning_bijwerken",
        sentence,
        actor=person,
        role=capacity.role,
        unit=capacity.unit,
        about=initiative,
        data={"detail": f"{stands}. {note}", "work": work.pk, "line": work.lines},
    )
    told = [f"{sentence} {stands}.", note]
    notices.tell(initiative, notices.TO_UNIT, told, at=at, by=person)
