"""Reminding judges, 7, 3 and 1 days before the last day on which they can judge or prolong; earlier when that day is
free, since the 28 days themselves are moved by nothing (T-07). And telling the head of a unit and the privacy officers,
each day, when recordings wait there for judges who are not there.

Asked at every review, from the morning on; once a day for each unit.
"""

import logging
from collections.abc import Iterable, Iterator, Set
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Max
from django.urls import reverse

from bodycams.mail import Link
from initiatives.mail import is_morning
from initiatives.notices import tell_people
from initiatives.words import so_many
from organisation.holders import first_roles
from organisation.models import Person, Unit
from organisation.roles import Role
from retention.models import RecordingReminder
from retention.procedure import Status
from retention.reminders import too_late
from workflow.calendar import equated_days
from workflow.clock import local_date
from workflow.dates import add_days, weekday_in_words
from workflow.holidays import last_working_day

log = logging.getLogger(__name__)

WARNED = (7, 3, 1)
"""So many days before the last day a judge is reminded."""
AHEAD = 16
"""So many days are looked ahead: no run of free days moves a reminder by more than a week."""
AWAY = timedelta(days=7)

WAITING = """
SELECT r.unit_id, r.status, retention_day(r.next_at) - 1, count(*) FROM retention_recording r
WHERE r.status IN ('te_beoordelen', 'noodzakelijk') AND r.next_at > retention_now()
AND r.next_at < retention_after(retention_day(retention_now()), %s)
GROUP BY 1, 2, 3 ORDER BY 1, 3, 2
"""
TO_DO = {
    Status.TE_BEOORDELEN: "te beoordelen tot en met",
    Status.NOODZAKELIJK: "noodzakelijk tot en met",
}


class Waiting(NamedTuple):
    """How many recordings of a unit have the same last day."""

    unit: int
    status: str
    last_day: date
    number: int


def remind(at: datetime) -> int:
    """Tell everybody what is due to be told today; answers with how many people were told. One unit that fails does
    not stop the rest.
    """
    today = local_date(at)
    told_today = RecordingReminder.objects.filter(day=today).values("unit")
    units = list(Unit.objects.filter(parent=None).exclude(pk__in=told_today)) if is_morning(at) else []
    if not units:
        return 0
    waiting, equated, told = _waiting(), equated_days(), 0
    for unit in units:
        try:
            told += _remind(unit, [one for one in waiting if one.unit == unit.pk], equated, at)
        except Exception:
            log.exception("unit %s could not be reminded of its recordings", unit.pk)
    return told


def _waiting() -> list[Waiting]:
    with connection.cursor() as cursor:
        cursor.execute(WAITING, [AHEAD])
        return [Waiting(*row) for row in cursor.fetchall()]


def _remind(unit: Unit, waiting: list[Waiting], equated: Set[date], at: datetime) -> int:
    today = local_date(at)
    with transaction.atomic():
        before = RecordingReminder.objects.filter(unit=unit).aggregate(last=Max("day"))["last"]
        _, is_first = RecordingReminder.objects.get_or_create(unit=unit, day=today)
        if not is_first:
            return 0
        judges = _holders(Role.JUDGE, unit, today)
        due = [one for one in waiting if is_due(one.last_day, before or add_days(today, -1), today, equated)]
        if due and judges:
            link = Link("Naar de opnamen", reverse("recordings"))
            tell_people(judges, f"Opnamen die wachten: {unit.name}", list(_lines(due)), link, at=at)
        others = _tell_of_absence(unit, judges, waiting, at)
        others += too_late.tell(unit, judges, _holders(Role.PRIVACY, unit, today), before or add_days(today, -1), at)
        return (len(judges) if due else 0) + others


def is_due(last_day: date, told_on: date, today: date, equated: Set[date]) -> bool:
    """Whether one of the reminders of this last day comes on a day after `told_on`, up to today."""
    days = (last_working_day(add_days(last_day, -before), equated) for before in WARNED)
    return last_day >= today and any(told_on < day <= today for day in days)


def _lines(due: Iterable[Waiting]) -> Iterator[str]:
    for one in due:
        what = so_many(one.number, "opname", "opnamen")
        yield f"{what} {TO_DO[Status(one.status)]} {weekday_in_words(one.last_day)}."
    yield "Wat niemand beoordeelt of verlengt, wordt daarna vernietigd."


def _tell_of_absence(unit: Unit, judges: list[Person], waiting: list[Waiting], at: datetime) -> int:
    """Recordings wait, and there is no judge, or none who logged in for a week."""
    if not any(one.status == Status.TE_BEOORDELEN for one in waiting):
        return 0
    if any(judge.last_login and judge.last_login > at - AWAY for judge in judges):
        return 0
    why = "hebben al een week niet ingelogd" if judges else "zijn er niet"
    today = local_date(at)
    people = [*_holders(Role.HEAD, unit, today), *_holders(Role.PRIVACY, unit, today)]
    told = [
        f"Bij {unit.name} wachten opnamen op een oordeel. Beoordelaars {why}.",
        "Zorg dat iemand ze beoordeelt. Wat niemand beoordeelt, wordt vernietigd.",
    ]
    link = Link("Naar de cijfers", reverse("recording-numbers"))
    tell_people(people, f"Niemand beoordeelt de opnamen van {unit.name}", told, link, at=at)
    return len(people)


def _holders(role: Role, unit: Unit, today: date) -> list[Person]:
    return list(Person.objects.filter(pk__in=first_roles([role], unit.pk, today)).order_by("pk"))
