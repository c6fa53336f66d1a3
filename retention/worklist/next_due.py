"""Which recording a judge looks at after this one: the one below it on the list, or the first when it was the last.

What stands on the list, and in which order, is `asked.py`'s question.
"""

from datetime import datetime

from organisation.models import Person
from organisation.permissions import units_with
from organisation.roles import Perm
from retention.models import Recording
from retention.worklist.asked import LIST, Asked, selection


def next_due(recording: Recording, person: Person, at: datetime) -> int | None:
    """The key of the next one that this person can judge; None when nothing waits."""
    units, asked = units_with(person, Perm.JUDGE_RECORDINGS), Asked()
    waiting = selection(Recording.objects.filter(unit_id__in=units), asked, at)
    mine = waiting.exclude(wearer=person.number).exclude(pk=recording.pk)
    below, all_of_it = LIST.after(mine, asked.order, recording), LIST.in_order(mine, asked.order)
    return next((pk for found in (below, all_of_it) if (pk := found.values_list("pk", flat=True).first())), None)
