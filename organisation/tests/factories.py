"""People, units and roles for tests. Numbers are counted up; nobody has a name."""

from datetime import date
from itertools import count
from typing import Any

from organisation.models import Person, Unit
from organisation.roles import Role
from organisation.services import assign_role
from workflow import clock

numbers = count(700001)
LONG_AGO = date(2015, 1, 1)


def person(**fields: Any) -> Person:
    return Person.objects.create_user(fields.pop("number", str(next(numbers))), fields.pop("password", None), **fields)


def unit(code: str = "ON") -> Unit:
    return Unit.objects.get(code=code)


def holder_of(role: Role, unit_code: str | None = None, **fields: Any) -> Person:
    """Somebody who holds `role` today, for the unit with this code when the role is one of a unit."""
    until = fields.pop("until_date", None)
    since = fields.pop("from_date", LONG_AGO)
    somebody = person(**fields)
    assign_role(
        somebody,
        role,
        unit(unit_code) if unit_code else None,
        from_date=since,
        until_date=until,
        by=None,
        at=clock.now(),
    )
    return somebody
