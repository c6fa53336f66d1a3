"""What lies with others, how fast decisions are taken, and what stands out in the organisation: beside one's own work.

What waits for somebody is in `waiting.py`.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Avg, Count, F, Min, Q

from initiatives.models import FileTerm, Initiative, View
from initiatives.procedure import OPEN, Status
from initiatives.work.waiting import recorded
from organisation.models import Unit
from organisation.permissions import may, units_with
from organisation.roles import Perm, Role


class Elsewhere(NamedTuple):
    """Files that wait for somebody else: in what words, which, for whom to know, and as what in the register."""

    one: str
    many: str
    files: Q
    told: tuple[Perm, ...]
    status: str


class Lying(NamedTuple):
    """So many lie elsewhere, and the first of their terms ends on that day."""

    what: Elsewhere
    files: int
    first: date | None


ELSEWHERE = (
    Elsewhere(
        "dossier bij de eenheid voor aanvulling",
        "dossiers bij de eenheid voor aanvulling",
        Q(status=Status.CONCEPT),
        (Perm.ASSESS,),
        "teruggestuurd",
    ),
    Elsewhere(
        "initiatief dat de projectleider beoordeelt",
        "initiatieven die de projectleider beoordeelt",
        Q(status=Status.AANGEMELD),
        (Perm.SEE_FILES,),
        Status.AANGEMELD,
    ),
    Elsewhere(
        "initiatief waarover de projectleider besluit",
        "initiatieven waarover de projectleider besluit",
        Q(status=Status.BEOORDEELD),
        (Perm.SEE_FILES,),
        Status.BEOORDEELD,
    ),
    Elsewhere(
        "bezwaar bij de portefeuillehouder",
        "bezwaren bij de portefeuillehouder",
        Q(status=Status.BEZWAAR) & ~recorded(View),
        (Perm.SEE_FILES, Perm.ASSESS, Perm.DECIDE_OBJECTION),
        Status.BEZWAAR,
    ),
    Elsewhere(
        "bezwaar bij de programmamanager",
        "bezwaren bij de programmamanager",
        Q(status=Status.BEZWAAR) & recorded(View),
        (Perm.SEE_FILES, Perm.ASSESS, Perm.GIVE_VIEW),
        Status.BEZWAAR,
    ),
)


def lying_elsewhere(person: Any) -> Iterator[Lying]:
    """What this person may know of the work of others, by one query."""
    told = [what for what in ELSEWHERE if any(may(person, perm) for perm in what.told)]
    if not told:
        return
    asked: dict[str, Any] = {}
    for place, what in enumerate(told):
        asked |= {f"n{place}": Count("pk", what.files), f"first{place}": Min("due_on", filter=what.files)}
    found = Initiative.objects.in_register_of(person).filter(status__in=OPEN).aggregate(**asked)
    for place, what in enumerate(told):
        if found[f"n{place}"]:
            yield Lying(what, found[f"n{place}"], found[f"first{place}"])


ON_OBJECTION = (FileTerm.Kind.OBJECTION_DECISION, FileTerm.Kind.LATE_OBJECTION_DECISION)


class Pace(NamedTuple):
    """How fast was decided this year: so many days on average, and so many of all in time."""

    days: int
    in_time: int
    decided: int


def pace(person: Any, today: date) -> Pace | None:
    """Of the decisions of this year that are this person's work; None when there are none."""
    terms = FileTerm.objects.filter(met_on__year=today.year)
    if may(person, Perm.DECIDE):
        terms = terms.filter(kind=FileTerm.Kind.FIRST_DECISION, initiative__decisions__round=1)
    elif may(person, Perm.DECIDE_OBJECTION):
        terms = terms.filter(kind__in=ON_OBJECTION, initiative__decisions__round=2)
    else:
        return None
    found = terms.aggregate(
        days=Avg(F("met_on") - F("starts_on")),
        in_time=Count("pk", Q(met_on__lte=F("last_day"))),
        decided=Count("pk"),
    )
    if not found["decided"]:
        return None
    return Pace(round(found["days"].total_seconds() / 86400), found["in_time"], found["decided"])


def units_without(person: Any, today: date) -> Iterator[tuple[Unit, list[Role]]]:
    """The units of which nobody is contact person or head, for who must mend that; others are told of their own."""
    units = Unit.objects.existing_on(today).of_the_highest_level()
    if not any(may(person, perm) for perm in (Perm.ASSESS, Perm.MANAGE_ORGANISATION)):
        units = units.filter(pk__in=units_with(person, Perm.SEE_FILES))
    for unit in units.saying_who_holds(Role.CONTACT, today).saying_who_holds(Role.HEAD, today):
        lacking = [role for role in (Role.CONTACT, Role.HEAD) if not getattr(unit, role)]
        if lacking:
            yield unit, lacking
