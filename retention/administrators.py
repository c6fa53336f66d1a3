"""What administrators are told after the comparison of the night, once a day for as long as it is so, since only they
can mend it: something is wrong with the list of destructions, or what a restore left behind is there too long.
"""

from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.db.models import Max

from initiatives.notices import tell_people
from organisation.holders import first_roles
from organisation.models import Person
from organisation.roles import Role
from retention.backups import databases
from retention.clock import now
from retention.ledger import GAPS
from retention.models import Comparison
from workflow.clock import local_date
from workflow.dates import day_in_words

SUBJECT = "Het register vraagt iets van de beheerder"
OUTLIVED = (
    "De database {}, van voor een restore, mocht er zijn tot en met {}. Daarin staan opnamen die sindsdien zijn"
    " vernietigd, met wie de camera droeg. Gooi haar weg; script/manage backup doet dat ook, of zegt"
    " waarom het niet kan."
)


def tell() -> None:
    """Follows from the rows: also when whoever compared could not tell it."""
    at = now()
    today = local_date(at)
    found = Comparison.objects.exclude(ended_at=None).first()
    if found is None or not found.ended_at or local_date(found.ended_at) != today or _is_told(today):
        return
    if lines := [*_of_the_list(found), *_of_restores(today)]:
        people = Person.objects.filter(pk__in=first_roles([Role.ADMINISTRATOR], 0, today))
        with transaction.atomic():
            mine = Comparison.objects.filter(pk=found.pk, administrators_told_at=None)
            if mine.update(administrators_told_at=at):
                tell_people(people, SUBJECT, lines, None, at=at)


def _is_told(today: date) -> bool:
    """However often it is compared, as every hour after an error."""
    last = Comparison.objects.aggregate(last=Max("administrators_told_at"))["last"]
    return last is not None and local_date(last) == today


def _of_the_list(found: Comparison) -> Iterator[str]:
    if found.list_error:
        yield found.list_error
    elif found.unlisted:
        yield GAPS.format(found.unlisted)


def _of_restores(today: date) -> Iterator[str]:
    for name in databases.kept():
        if (last := databases.keep_until(name)) < today:
            yield OUTLIVED.format(name, day_in_words(last))
