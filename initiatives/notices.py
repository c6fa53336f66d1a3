"""Who is told of a step, and in which words. Notices are written in the step's transaction and mailed after it
(`tasks.py`).
"""

from django.db.models import Q

from initiatives.models import Initiative, Notice
from journal.origin import moment_told
from organisation.models import Person
from organisation.querysets import PersonQuerySet
from organisation.roles import Role
from workflow.clock import local_date
from workflow.take import Taken

UNIT = (Role.CONTACT, Role.HEAD)
TOLD: dict[str, tuple[Role, ...]] = {
    "noodzaak_vaststellen": (Role.CONTACT,),
    "aanmelden": (Role.LEADER, Role.HEAD),
    "terugsturen": UNIT,
    "hervatten": UNIT,
    "uitstel_melden": UNIT,
    "beoordelen": UNIT,
    "goedkeuren": (*UNIT, Role.MANAGER),
    "afwijzen": (*UNIT, Role.MANAGER),
    "berusten": (*UNIT, Role.LEADER),
    "bezwaar_maken": (*UNIT, Role.LEADER, Role.MANAGER, Role.HOLDER),
    "bezwaar_intrekken": (*UNIT, Role.LEADER, Role.MANAGER, Role.HOLDER),
    "afstemming_vastleggen": (Role.MANAGER,),
    "verdagen": (*UNIT, Role.HOLDER),
    "gegrond_verklaren": (*UNIT, Role.LEADER, Role.HOLDER),
    "ongegrond_verklaren": (*UNIT, Role.LEADER, Role.HOLDER),
    "intrekken": (Role.LEADER, Role.HEAD),
}
"""Per step the roles that must act next or must know; those of a unit only for the initiative's own unit."""


def write(taken: Taken) -> None:
    """Make a notice for everybody who must know, except for who took the step. One about the past was mailed then."""
    initiative = taken.subject
    sentence = f"{taken.capacity.title} {taken.step.sentence}."
    Notice.objects.bulk_create(
        Notice(
            initiative=initiative,
            person=person,
            subject=f"{initiative.number or 'Concept'}: {initiative.title or 'zonder titel'}"[:200],
            body=sentence,
            created_at=taken.at,
            mailed_at=moment_told(),
        )
        for person in recipients(initiative, TOLD[taken.step.name], taken).exclude(pk=taken.person.pk)
    )


def recipients(initiative: Initiative, roles: tuple[Role, ...], taken: Taken) -> PersonQuerySet:
    """The people who hold one of these roles today, nationally or for the initiative's unit, and who can log in."""
    day = local_date(taken.at)
    active = Q(assignments__from_date__lte=day) & (
        Q(assignments__until_date__isnull=True) | Q(assignments__until_date__gte=day)
    )
    here = Q(assignments__unit__isnull=True) | Q(assignments__unit=initiative.unit_id)
    return Person.objects.filter(active & here, assignments__role__in=roles, is_active=True).distinct()
