"""How what concerns the country is told to the register: policy, units and deputies, by the two administrators; and
which selections people saved.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from initiatives.demo.moments import day_of
from initiatives.demo.stories import Confirmation, Deputy, Ending, Proposal, Selection, Team, Token
from initiatives.policy_effects import effect_of
from initiatives.register.saved import save_selection
from organisation.demo import MANAGES, MANAGES_TOO
from organisation.endings import decide_ending, propose_ending
from organisation.models import Outcome, Person, PolicyRule, RoleAssignment, Unit, UnitEnding
from organisation.policy_changes import propose
from organisation.roles import Role
from organisation.services import appoint_deputy
from organisation.tokens import make_token
from organisation.units import create_unit
from workflow.clock import local_date


def team(teller: Any, told: Team, at: datetime) -> None:
    create_unit(told.code, told.name, Unit.Kind.TEAM, _unit(told.parent), local_date(at), by=teller.person(MANAGES))


def ending(teller: Any, told: Ending, at: datetime) -> None:
    last_day, by = day_of(told.last_day, teller.base), teller.person(MANAGES)
    propose_ending(_unit(told.unit), _unit(told.successor), last_day, told.reasons, by=by, at=at)


def confirmation(teller: Any, told: Confirmation, at: datetime) -> None:
    waiting = UnitEnding.objects.waiting().with_units().get(unit__code=told.unit)
    decide_ending(waiting, Outcome.CONFIRMED, "", by=teller.person(MANAGES_TOO), at=at)


def deputy(teller: Any, told: Deputy, at: datetime) -> None:
    """Their account has no password and no address: nobody logs in with it."""
    by, until = teller.person(MANAGES), day_of(told.until, teller.base)
    absent = RoleAssignment.objects.select_related("person", "unit").get(unit__code=told.unit, role=Role.HEAD)
    with transaction.atomic():
        person = Person.objects.create_user(told.number)
        appoint_deputy(absent, person, from_date=local_date(at), until_date=until, by=by, at=at)


def proposal(teller: Any, told: Proposal, at: datetime) -> None:
    last = PolicyRule.objects.filter(code=told.code).latest("valid_from", "pk")
    said = {"sentence": told.sentence, "citation": told.citation}
    days = {name: day_of(getattr(told, name), teller.base) for name in ("valid_from", "valid_until")}
    version = PolicyRule(**{**last.said(), **said, **days})
    effect = effect_of(version, local_date(at)).as_data()
    propose(version, told.reasons, effect, by=teller.person(MANAGES), at=at)


def token(teller: Any, told: Token, at: datetime) -> None:
    unit, until = _unit(told.unit) if told.unit else None, day_of(told.until, teller.base)
    make_token(told.name, unit=unit, valid_until=until, by=teller.person(MANAGES), at=at)


def selection(teller: Any, told: Selection, at: datetime) -> None:
    save_selection(teller.person(told.by), told.name, told.address, at=at)


def _unit(code: str) -> Unit:
    return Unit.objects.get(code=code)
