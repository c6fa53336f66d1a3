"""Which recording a judge looks at after this one: the one below it on the list, or the first when it was the last."""

from datetime import datetime

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from organisation.models import Person
from organisation.permissions import units_with
from organisation.roles import Perm
from retention.models import Recording
from retention.procedure import Status

ORDER = ("rank", "judging_closes_at", "pk")
"""As the list has it: filmed in a dwelling first, then what closes first."""
BELOW = "(rank, judging_closes_at, retention_recording.id) > (%s, %s, %s)"


def next_due(recording: Recording, person: Person, at: datetime) -> int | None:
    """The key of the next one that this person can judge; None when nothing waits."""
    waiting = Recording.objects.filter(
        unit_id__in=units_with(person, Perm.JUDGE_RECORDINGS),
        status=Status.TE_BEOORDELEN,
        judging_closes_at__gt=at,
    )
    mine = waiting.exclude(wearer=person.number).exclude(pk=recording.pk).order_by(*ORDER)
    place = [recording.rank, recording.judging_closes_at, recording.pk]
    below = mine.filter(RawSQL(BELOW, place, BooleanField()))  # noqa: S611  # its own place, as parameters
    return next((pk for found in (below, mine) if (pk := found.values_list("pk", flat=True).first())), None)
