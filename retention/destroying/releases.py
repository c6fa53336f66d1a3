"""Letting a run go on that waits: a privacy officer has looked at what is too much, or at the date."""

from django.db import transaction

from journal.write import record
from organisation.models import Person
from organisation.permissions import capacity_with
from organisation.refusals import OrganisationRefused, must_hold
from organisation.roles import Perm
from retention.choices import Stop
from retention.models import Run, RunRelease
from retention.overdue import Now

NOT_YOURS = "Alleen de privacyfunctionaris kan een vernietiging vrijgeven."
NOTHING_WAITS = "Deze controle wacht niet, of niet meer. Er is niets vrij te geven."
SAID = {
    Stop.QUANTITY: "{title} heeft de vernietiging vrijgegeven.",
    Stop.CLOCK: "{title} heeft de datum bevestigd.",
}


def waits(run: Run) -> bool:
    return bool(run.waits_for) and not RunRelease.objects.filter(run=run).exists()


def release(run: Run, reasons: str, *, by: Person) -> None:
    """The next review goes on with it, within minutes. Raises `OrganisationRefused`."""
    must_hold(by, Perm.GUARD_PRIVACY, NOT_YOURS)
    with transaction.atomic():
        found = Run.objects.select_for_update().get(pk=run.pk)
        if not waits(found):
            raise OrganisationRefused(NOTHING_WAITS)
        RunRelease.objects.create(run=found, by=by, reasons=reasons, at=Now())
        capacity = capacity_with(by, Perm.GUARD_PRIVACY)
        sentence = SAID[Stop(found.waits_for)].format(title=capacity.title)
        record("vrijgeven", sentence, actor=by, role=capacity.role, about=found, reason=reasons)
