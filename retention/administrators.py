"""What administrators are told after the comparison of the night, each time that it is so, since only they can mend it:
the list of destructions lost something, or what a restore left behind is there too long.
"""

from collections.abc import Iterator
from datetime import date

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
    " vernietigd, met wie de camera droeg. Gooi haar weg; script/manage backup doet dat ook."
)


def tell(found: Comparison) -> None:
    at = now()
    today = local_date(at)
    if lines := [*_of_the_list(found), *_of_restores(today)]:
        people = Person.objects.filter(pk__in=first_roles([Role.ADMINISTRATOR], 0, today))
        tell_people(people, SUBJECT, lines, None, at=at)


def _of_the_list(found: Comparison) -> Iterator[str]:
    if found.unlisted:
        yield GAPS.format(found.unlisted)


def _of_restores(today: date) -> Iterator[str]:
    for name in databases.kept():
        if (last := databases.keep_until(name)) < today:
            yield OUTLIVED.format(name, day_in_words(last))
