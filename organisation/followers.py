"""What of the organisation itself goes along when a unit goes up in another: roles, mandates and the parts below it.

The head's role stays where it was: who heads the successor is for an administrator to say. It gives no more than seeing
what was decided (`permissions.LEFT`).
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from journal.write import record
from organisation.endings import Follower, follow
from organisation.mandates import end_mandates_of
from organisation.models import Mandate, Person, RoleAssignment, Unit
from organisation.permissions import derive_rights
from organisation.roles import Role
from workflow.clock import local_date

DAY = timedelta(days=1)


def _after(unit: Unit, last_day: date) -> QuerySet[RoleAssignment]:
    """Roles that would go on after the last day, but for the head's. Who is deputised for came before the deputy."""
    going_on = RoleAssignment.objects.not_ended_on(last_day + DAY).filter(unit=unit)
    return going_on.exclude(role=Role.HEAD).select_related("person").order_by("pk")


def _move_roles(unit: Unit, successor: Unit, last_day: date, at: datetime) -> int:
    """Each ends here and goes on there from the next day; who has that role there already keeps it."""
    list(Person.objects.held().filter(pk__in=_after(unit, last_day).values("person")))
    followed: dict[int, list[RoleAssignment]] = {}
    moving = list(_after(unit, last_day))
    for held in moving:
        first = max(held.from_date, last_day + DAY)
        until, held.until_date = held.until_date, max(last_day, held.from_date)
        held.save(update_fields=["until_date"])
        absent = followed.get(held.deputy_for_id or 0, [])
        followed[held.pk] = _go_on(held, successor, first, until, absent)
        derive_rights(held.person, local_date(at))
        _trace(held, successor)
    return len(moving)


def _go_on(
    held: RoleAssignment, successor: Unit, first: date, until: date | None, absent: list[RoleAssignment]
) -> list[RoleAssignment]:
    """The role there on each of these days, by first day: what the person had already, and new for the days between,
    in the place of who was deputised for.
    """
    whose = {"person": held.person, "role": held.role, "unit": successor}
    there = RoleAssignment.objects.not_ended_on(first).filter(**whose, from_date__lte=until or date.max)
    had = list(there.order_by("from_date"))
    new = [
        RoleAssignment.objects.create(**whose, from_date=begin, until_date=end, deputy_for=_away(absent, end))
        for begin, end in _between(first, until, had)
    ]
    return sorted([*had, *new], key=lambda one: one.from_date)


def _between(first: date, until: date | None, had: list[RoleAssignment]) -> Iterator[tuple[date, date | None]]:
    """The periods that are left of the days from `first` up to and including `until`, if that ever ends."""
    for one in had:
        if first < one.from_date:
            yield first, one.from_date - DAY
        if one.until_date is None or one.until_date >= (until or date.max):
            return
        first = one.until_date + DAY
    yield first, until


def _away(absent: list[RoleAssignment], end: date | None) -> RoleAssignment | None:
    """Of who is deputised for: what begins last before the deputy ends."""
    begun = [one for one in absent if one.from_date <= (end or date.max)] or absent[:1]
    return begun[-1] if begun else None


def _trace(held: RoleAssignment, successor: Unit) -> None:
    label = Role(held.role).label
    record(
        "rol_overgegaan",
        f"De rol {label} van nummer {held.person.number} ging over naar {successor.name}.",
        actor=Person.objects.get(number=Person.SYSTEM),
        role="systeem",
        unit=successor.code,
        about=held.person,
        data={"role": str(held.role), "unit": successor.code},
    )


def _running_mandates(unit: Unit, last_day: date) -> int:
    return Mandate.objects.filter(unit=unit, revoked_at=None, until_date__gt=last_day).count()


def _heads(unit: Unit, last_day: date) -> int:
    return RoleAssignment.objects.active_on(last_day).filter(unit=unit, role=Role.HEAD).count()


def _parts(unit: Unit, last_day: date) -> QuerySet[Unit]:
    return unit.children.existing_on(last_day + DAY)


FOLLOWERS = {
    "roles": Follower(
        "Rollen",
        "naar de opvolger",
        lambda unit, last_day: _after(unit, last_day).count(),
        _move_roles,
        stays="bij de opgeheven eenheid, om af te maken wat open is",
    ),
    "heads": Follower("Hoofden", "met zicht op wat daar is besloten; de opvolger heeft een eigen hoofd", _heads),
    "mandates": Follower(
        "Mandaten",
        "tot en met de laatste dag; het hoofd van de opvolger kan nieuwe geven",
        _running_mandates,
        lambda unit, successor, last_day, at: end_mandates_of(unit, at),
    ),
    "parts": Follower(
        "Onderdelen",
        "onder de opvolger",
        lambda unit, last_day: _parts(unit, last_day).count(),
        lambda unit, successor, last_day, at: _parts(unit, last_day).update(parent=successor),
    ),
}


def register() -> None:
    """Called when the app starts."""
    for key, follower in FOLLOWERS.items():
        follow(key, follower)
