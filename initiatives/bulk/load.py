"""Loading made-up initiatives lot by lot, each lot in a transaction of its own, with word of how far it is."""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection, transaction

from initiatives.bulk.fates import CLOSED, OPEN
from initiatives.bulk.steps import IN_ORDER
from initiatives.bulk.story import DAYS_CLOSED, DAYS_OPEN, FIELDS, LISTS, PLAN
from initiatives.choices import PRINCIPLES, Compliance
from initiatives.models import Initiative
from initiatives.policy import FREEZE
from organisation.models import RoleAssignment, Unit
from organisation.policy import in_force, versions_by_code
from organisation.roles import ROLES, Role
from workflow.calendar import equated_days
from workflow.clock import AMSTERDAM, local_date
from workflow.holidays import first_working_day
from workflow.steps import steps_of

LOT = 5_000
OPEN_PERCENT = 6
FIRST_FILED = datetime.combine(date(2015, 3, 2), time(9), AMSTERDAM)
BEGUN = "concept_begonnen"
TAKEN_BY = {
    Role.CONTACT: (BEGUN, "aanmelden", "intrekken"),
    Role.HEAD: ("noodzaak_vaststellen", "berusten", "bezwaar_maken", "bezwaar_intrekken"),
    Role.LEADER: ("terugsturen", "beoordelen", "goedkeuren", "afwijzen"),
    Role.HOLDER: ("afstemming_vastleggen",),
    Role.MANAGER: ("gegrond_verklaren", "ongegrond_verklaren"),
}

Told = Callable[[str], object]


class NobodyThere(Exception):
    """The roles that the made-up files need are held by nobody. The message is a Dutch sentence."""


def load(number: int, seed: int, at: datetime, told: Told) -> None:
    """Add `number` made-up initiatives that follow from `seed`, as seen at `at`."""
    with connection.cursor() as cursor:
        _prepare(cursor, local_date(at))
        fixed = _what_all_lots_share(number, seed, at)
        for first in range(1, number + 1, LOT):
            last = min(first + LOT - 1, number)
            with transaction.atomic():
                for statement in (PLAN, *IN_ORDER):
                    cursor.execute(statement, {**fixed, "first": first, "last": last})
            told(f"Initiatieven: {last} van {number}.")
        cursor.execute("DROP TABLE party, calendar")


def _what_all_lots_share(number: int, seed: int, at: datetime) -> dict[str, Any]:
    """The parameters of every statement. What is open comes last, so that numbers follow the days of filing."""
    open_ones = max(number * OPEN_PERCENT // 100, 1)
    principles = {str(place): {"judgement": Compliance.MET, "note": ""} for place, _ in PRINCIPLES}
    in_json = {**FIELDS, "fates": list(_fates()), "words": list(_words()), "principles": principles}
    return {
        **LISTS,
        **{name: json.dumps(value) for name, value in in_json.items()},
        "seed": seed,
        "at": at,
        "first_filed": FIRST_FILED,
        "last_closed": at - timedelta(days=DAYS_CLOSED),
        "days_open": DAYS_OPEN,
        "closed": max(number - open_ones, 1),
        "open": open_ones,
    }


def _fates() -> Iterator[dict[str, Any]]:
    """Each fate with the part of a thousand draws that leads to it."""
    for fates in (CLOSED, OPEN):
        above = 0
        for fate in fates:
            given = {**fate._asdict(), "is_closed": fates is CLOSED, "above": above, "upto": above + fate.weight}
            above += fate.weight
            yield {name: value for name, value in given.items() if name not in ("name", "weight")}


def _words() -> Iterator[dict[str, Any]]:
    """What the journal says of each step, in whose role."""
    for role, actions in TAKEN_BY.items():
        for action in actions:
            yield {
                "action": action,
                "role": role,
                "title": ROLES[role].title,
                "sentence": "is een concept begonnen" if action == BEGUN else steps_of(Initiative)[action].sentence,
                "is_of_a_unit": not ROLES[role].is_national,
            }


def _prepare(cursor: Any, today: date) -> None:
    """The temporary tables that the statements look into: who plays a part, and what each day is."""
    cursor.execute(
        "CREATE TEMPORARY TABLE party (position int, unit_id bigint, unit_code text, unit_name text, places text[], "
        + ", ".join(f"{part} bigint, {part}_number text" for part in ("contact", "head", "leader", "manager", "holder"))
        + ")"
    )
    for values in _parties(today):
        cursor.execute(f"INSERT INTO party VALUES ({', '.join(['%s'] * len(values))})", values)
    days = [FIRST_FILED.date() + timedelta(n) for n in range((today - FIRST_FILED.date()).days + 400)]
    equated, rules = equated_days(), versions_by_code()
    cursor.execute(
        "CREATE TEMPORARY TABLE calendar AS SELECT * FROM unnest(%s::date[], %s::date[], %s::date[], %s::bool[]) "
        "AS calendar(day, working, version, is_frozen)",
        [
            days,
            [first_working_day(day, equated) for day in days],
            [max(rule.valid_from for held in rules.values() if (rule := in_force(held, day))) for day in days],
            [in_force(rules[FREEZE], day) is not None for day in days],
        ],
    )
    cursor.execute("ANALYZE party")
    cursor.execute("ANALYZE calendar")


def _parties(today: date) -> list[tuple[Any, ...]]:
    """Per unit who files, who signs, who decides …: one who holds that role today, the first by number."""
    held: dict[tuple[Role, int | None], tuple[int, str]] = {}
    holders = RoleAssignment.objects.active_on(today).select_related("person").order_by("-person__number")
    for assignment in holders:
        held[Role(assignment.role), assignment.unit_id] = assignment.person_id, assignment.person.number
    national = [held.get((role, None)) for role in (Role.LEADER, Role.MANAGER, Role.HOLDER)]
    found: list[tuple[Any, ...]] = []
    for unit in Unit.objects.of_the_highest_level().prefetch_related("children"):
        people = [held.get((role, unit.pk)) for role in (Role.CONTACT, Role.HEAD)] + national
        if all(people):
            places = [part.name for part in unit.children.all()] or [unit.name]
            who = [value for person in people if person for value in person]
            found.append((len(found), unit.pk, unit.code, unit.name, places, *who))
    if not found:
        raise NobodyThere("Niemand heeft de rollen die nodig zijn. Maak eerst accounts: manage.py demo.")
    return found
