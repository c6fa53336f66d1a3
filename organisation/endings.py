"""A unit ends, or goes up in another: one administrator proposes it, another confirms, and on the day it is done.

Everything of one unit moves in one transaction, or nothing does; a run that was broken off or came late is made up for
by the next. What belongs to a unit says so by `follow`: here the organisation's own, files in `initiatives`. Without a
successor everything stays with the unit and its people finish it; only nothing new begins.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from bodycams.alone import claimed
from journal.write import record
from organisation.models import Outcome, Person, Unit, UnitEnding, UnitEndingDone, UnitEndingVerdict
from organisation.proposals import answer
from organisation.refusals import OrganisationRefused, keep, must_hold
from organisation.roles import Perm, Role
from workflow.clock import local_date
from workflow.dates import day_in_words

log = logging.getLogger(__name__)

LOCK = 20150225
"""Whoever proposes holds this: the second of two sees what the first proposed, whichever units they are about."""

NOT_YOURS = "Alleen een functioneel beheerder kan een eenheid opheffen of samenvoegen."


@dataclass(frozen=True)
class Follower:
    """Something that belongs to a unit: how much of it there is, what is said of it, and how it goes to a successor.

    `move(unit, successor, last_day, at)` is asked only when there is a successor, in the transaction in which the unit
    ends, and answers how much moved.
    """

    name: str
    moves: str
    count: Callable[[Unit, date], int]
    move: Callable[[Unit, Unit, date, datetime], int] | None = None
    stays: str = "bij de opgeheven eenheid"


FOLLOWERS: dict[str, Follower] = {}


def follow(key: str, follower: Follower) -> None:
    """Have this counted and moved with every unit that ends; called once, when an app starts."""
    FOLLOWERS[key] = follower


@dataclass(frozen=True)
class Line:
    """What a preview says of one follower."""

    key: str
    name: str
    count: int
    words: str


def preview(unit: Unit, successor: Unit | None, last_day: date) -> list[Line]:
    """What there is of the unit now, and what becomes of it. One query each."""
    return [
        Line(key, one.name, one.count(unit, last_day), one.moves if successor else one.stays)
        for key, one in FOLLOWERS.items()
    ]


def as_data(lines: list[Line]) -> dict[str, int]:
    return {line.key: line.count for line in lines}


def propose_ending(
    unit: Unit, successor: Unit | None, last_day: date, reasons: str, *, by: Person, at: datetime
) -> UnitEnding:
    """Propose that `unit` exists up to and including `last_day`. Raises `OrganisationRefused`."""
    must_hold(by, Perm.MANAGE_ORGANISATION, NOT_YOURS)
    effect = as_data(preview(unit, successor, last_day))
    ending = UnitEnding(
        unit=unit,
        successor=successor,
        last_day=last_day,
        reasons=reasons,
        effect=effect,
        proposed_by=by,
        proposed_at=at,
    )
    with transaction.atomic():
        claimed(LOCK, wait=True)
        _must_be_possible(unit, successor, last_day, local_date(at))
        if UnitEnding.objects.open_of(unit).exists():
            raise OrganisationRefused("Voor deze eenheid ligt al een voorstel. Wacht tot dat is afgehandeld.")
        keep(ending)
        _record("opheffing_voorgesteld", f"De beheerder stelt voor: {in_words(ending)}", ending, effect, by)
    return ending


def decide_ending(ending: UnitEnding, outcome: Outcome, reasons: str, *, by: Person, at: datetime) -> None:
    """Confirm, refuse or withdraw a proposal. Raises `OrganisationRefused`."""
    must_hold(by, Perm.MANAGE_ORGANISATION, NOT_YOURS)
    if outcome == Outcome.CONFIRMED:
        _must_be_possible(ending.unit, ending.successor, ending.last_day, local_date(at))
    effect = as_data(preview(ending.unit, ending.successor, ending.last_day))
    verdict = UnitEndingVerdict(
        proposal=ending, outcome=outcome, reasons=reasons, effect=effect, decided_by=by, decided_at=at
    )
    with transaction.atomic():
        answer(verdict)
        sentence = f"De beheerder heeft het voorstel {outcome.label}: {in_words(ending)}"
        _record(f"opheffing_{outcome.value}", sentence, ending, effect, by, reasons)


def carry_out_endings(at: datetime) -> int:
    """Carry out every ending whose day has passed; answers how many. Twice, late or beside another run changes nothing,
    and one that fails does not stop the rest.
    """
    done = 0
    for pk in UnitEnding.objects.due_on(local_date(at)).values_list("pk", flat=True):
        try:
            done += _carry_out(pk, at)
        except Exception:
            log.exception("ending %s could not be carried out", pk)
    return done


def in_words(ending: UnitEnding) -> str:
    """What ends, when, and where it goes."""
    first = day_in_words(ending.last_day + timedelta(days=1))
    if ending.successor is None:
        return f"{ending.unit.name} houdt op te bestaan op {first}."
    return f"{ending.unit.name} gaat op {first} op in {ending.successor.name}."


def _must_be_possible(unit: Unit, successor: Unit | None, last_day: date, today: date) -> None:
    first = last_day + timedelta(days=1)
    if last_day < today:
        raise OrganisationRefused("Kies vandaag of een latere dag als laatste dag.")
    if not Unit.objects.existing_on(last_day).filter(pk=unit.pk, successor=None).exists():
        raise OrganisationRefused("Deze eenheid bestaat op die dag niet meer.")
    if successor is None:
        if unit.children.existing_on(first).exists():
            raise OrganisationRefused("Onder deze eenheid vallen nog onderdelen. Kies een opvolger.")
        return
    if successor.pk == unit.pk or not Unit.objects.existing_on(first).filter(pk=successor.pk, successor=None).exists():
        raise OrganisationRefused("De opvolger bestaat dan niet. Kies een andere.")
    if (unit.parent_id is None) != (successor.parent_id is None):
        raise OrganisationRefused("Kies een opvolger van hetzelfde niveau: alleen de hoogste eenheden hebben dossiers.")
    if successor.parent_id == unit.pk:
        raise OrganisationRefused("De opvolger valt onder deze eenheid. Kies een andere.")
    if unit.pk in _coming_after(successor):
        raise OrganisationRefused(
            "De opvolger gaat zelf op in deze eenheid, of in een die daarin opgaat. Kies een andere opvolger."
        )


def _coming_after(unit: Unit) -> set[int]:
    """What follows this unit, and what follows that: by proposals that wait or are still to be carried out, and by what
    was carried out.
    """
    found: set[int] = set()
    here: int | None = unit.pk
    while here and here not in found:
        found.add(here)
        planned = UnitEnding.objects.open_of(here).values_list("successor", flat=True).first()
        here = planned or Unit.objects.values_list("successor", flat=True).get(pk=here)
    return found


def _carry_out(pk: int, at: datetime) -> bool:
    """Whether it was still to be done. The units are held, so that nothing new begins at them meanwhile."""
    with transaction.atomic():
        ending = UnitEnding.objects.select_related("unit", "successor").get(pk=pk)
        successor = heir_of(ending.successor)
        places = [place.pk for place in (ending.unit, successor) if place]
        units = {unit.pk: unit for unit in Unit.objects.select_for_update().filter(pk__in=places).order_by("pk")}
        if UnitEndingDone.objects.filter(ending=ending).exists():
            return False
        unit = units[ending.unit_id]
        moved = _move(unit, successor, ending.last_day, at) if successor else {}
        unit.valid_until, unit.successor = ending.last_day, successor
        unit.save(update_fields=["valid_until", "successor"])
        UnitEndingDone.objects.create(ending=ending, moved=moved, done_at=at)
        sentence = in_words(ending).replace(" gaat ", " ging ").replace(" houdt ", " hield ")
        _record("eenheid_opgeheven", sentence, ending, moved, Person.objects.get(number=Person.SYSTEM))
    return True


def _move(unit: Unit, successor: Unit, last_day: date, at: datetime) -> dict[str, Any]:
    return {key: one.move(unit, successor, last_day, at) for key, one in FOLLOWERS.items() if one.move}


def heir_of(unit: Unit | None) -> Unit | None:
    """The unit itself, or what came after it when it went up in another."""
    while unit and unit.successor_id:
        unit = unit.successor
    return unit


def _record(
    action: str, sentence: str, ending: UnitEnding, effect: dict[str, Any], by: Person, reasons: str = ""
) -> None:
    data = {
        "successor": ending.successor.code if ending.successor else "",
        "last_day": ending.last_day.isoformat(),
        "effect": effect,
    }
    role = "systeem" if by.number == Person.SYSTEM else Role.ADMINISTRATOR
    reason = reasons or ending.reasons
    record(action, sentence, actor=by, role=role, unit=ending.unit.code, about=ending.unit, reason=reason, data=data)
