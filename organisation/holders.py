"""Who holds one of some roles for a unit, as SQL: asked at every step, and there put straight into what it writes.

In Django's words it costs ten times as much. Who may do what is `permissions.py`'s question.
"""

from collections.abc import Iterable
from datetime import date

from django.db import connection

from organisation.roles import Role

FIRST_ROLE = """
WITH RECURSIVE heir AS (
    SELECT id, successor_id FROM organisation_unit WHERE id = %(unit)s
    UNION
    SELECT unit.id, unit.successor_id FROM organisation_unit unit JOIN heir ON unit.id = heir.successor_id
)
SELECT DISTINCT ON (held.person_id) held.person_id, held.role
FROM unnest(%(roles)s::text[]) WITH ORDINALITY AS wanted(role, place)
JOIN organisation_roleassignment held ON held.role = wanted.role AND held.from_date <= %(day)s
    AND (held.until_date IS NULL OR held.until_date >= %(day)s)
    AND (held.unit_id IS NULL OR held.unit_id IN (SELECT id FROM heir WHERE successor_id IS NULL))
JOIN organisation_person person ON person.id = held.person_id AND person.is_active
ORDER BY held.person_id, wanted.place
"""
"""Each with the first of the `roles` that they hold on `day`, nationally or for the `unit` or what succeeded it, and
who can log in.
"""


def first_roles(roles: Iterable[Role], unit_id: int, day: date) -> dict[int, Role]:
    """The same, by their primary key."""
    with connection.cursor() as cursor:
        cursor.execute(FIRST_ROLE, {"roles": [str(role) for role in roles], "unit": unit_id, "day": day})
        return {person: Role(role) for person, role in cursor.fetchall()}
