"""`Dit gebeurt er als u …`: what a step will do, computed before it is taken.

The status comes from the declaration, who is told from `notices.py`, the days from the engine of terms.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from initiatives.letter_facts import KINDS
from initiatives.looks import LOOKS
from initiatives.models import Initiative
from initiatives.notices import TOLD
from initiatives.procedure import Status
from initiatives.shown.ahead import what_follows
from initiatives.words import joined, so_many
from organisation.holders import first_roles
from organisation.models import Person
from organisation.roles import Role
from workflow.steps import Step


class Consequence(NamedTuple):
    icon: str
    title: str
    text: str


ROLES = {
    Role.CONTACT: ("de contactpersoon", "contactpersonen"),
    Role.LEADER: ("de projectleider", "projectleiders"),
    Role.MANAGER: ("de programmamanager", "programmamanagers"),
    Role.HOLDER: ("de portefeuillehouder", "portefeuillehouders"),
}
TRAIL = Consequence("history", "Het komt in het spoor", "Met uw rol en met wat u hier invult.")


def consequences(step: Step, initiative: Initiative, person: Person, today: date) -> list[Consequence]:
    """In the order in which they matter: the status, the terms, the letter, the people, the trail."""
    ahead = [Consequence(*one) for one in what_follows(step.name, initiative, today)]
    return [_status(step, initiative), *ahead, *_letter(step), _told(step, initiative, person, today), TRAIL]


def _status(step: Step, initiative: Initiative) -> Consequence:
    now = Status(initiative.status)
    if now in step.targets:
        return Consequence(LOOKS[now].icon, f"De status blijft {now.label}", "")
    after = Status(step.targets[0] if len(step.targets) == 1 else initiative.objection.status_before)
    return Consequence(LOOKS[after].icon, f"De status wordt {after.label}", "")


def _letter(step: Step) -> Iterator[Consequence]:
    if kind := KINDS.get(step.name):
        yield Consequence("file-type-pdf", "De eenheid krijgt een brief", f"‘{kind.label}’, met wat u hier invult.")


def _told(step: Step, initiative: Initiative, person: Person, today: date) -> Consequence:
    told = TOLD[step.name]
    holders = first_roles(told, initiative.unit_id, today)
    others = [role for holder, role in holders.items() if holder != person.pk]
    words = _sentence([_named(role, others.count(role), initiative) for role in told if role in others])
    return Consequence("mail", _how_many(len(others)), " ".join([*words, *_absent(told, holders, initiative)]))


def _how_many(people: int) -> str:
    if people == 0:
        return "Niemand krijgt bericht"
    return so_many(people, "persoon krijgt bericht", "mensen krijgen bericht")


def _named(role: Role, count: int, initiative: Initiative) -> str:
    one, several = ROLES.get(role, (initiative.unit.head, "hoofden"))
    return one if count == 1 else f"{count} {several}"


def _sentence(names: list[str]) -> Iterator[str]:
    """`De politiechef, de contactpersoon en de programmamanager.`"""
    if names:
        words = joined(names)
        yield f"{words[0].upper()}{words[1:]}."


def _absent(told: dict[Role, str], holders: dict[int, Role], initiative: Initiative) -> Iterator[str]:
    """Who should know, and is nobody now."""
    for role in told:
        if role not in holders.values():
            title = _named(role, 1, initiative).partition(" ")[2]
            yield f"Let op: er is nu geen {title}."
