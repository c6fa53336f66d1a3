"""Who may do what, for which unit, today: the one reader of rights, and the one writer of guardian's.

Role assignments with their dates are the truth. From them `derive_rights` writes guardian's object permissions on
`Unit` and the membership of national groups; `rights_of` reads those back, joined with the assignments and mandates
that are active today. Both must agree before anybody may do anything. A superuser without assignments may do nothing.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple

from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from organisation.models import Person, RoleAssignment, Unit, UnitUserPermission
from organisation.roles import ROLES, Perm, Role
from workflow.who import Capacity, Refusal, Who

RIGHTS = """
WITH RECURSIVE today AS (SELECT (clock_timestamp() AT TIME ZONE 'Europe/Amsterdam')::date AS day),
held AS (
    SELECT a.role, a.unit_id, a.deputy_for_id IS NOT NULL AS as_deputy, place.successor_id IS NOT NULL AS succeeded
    FROM organisation_roleassignment a LEFT JOIN organisation_unit place ON place.id = a.unit_id, today
    WHERE a.person_id = %(person)s AND a.from_date <= today.day AND (a.until_date IS NULL OR a.until_date >= today.day)
),
given AS (
    SELECT held.role, held.unit_id, perm.codename, false AS by_mandate, held.as_deputy
    FROM held
    JOIN organisation_unituserpermission oup ON oup.user_id = %(person)s AND oup.content_object_id = held.unit_id
    JOIN auth_permission perm ON perm.id = oup.permission_id
    WHERE NOT held.succeeded OR perm.codename = ANY(%(left)s)
    UNION ALL
    SELECT held.role, NULL, perm.codename, false, held.as_deputy
    FROM held
    JOIN auth_group g ON g.name = held.role
    JOIN organisation_person_groups pg ON pg.group_id = g.id AND pg.person_id = %(person)s
    JOIN auth_group_permissions gp ON gp.group_id = g.id
    JOIN auth_permission perm ON perm.id = gp.permission_id
    WHERE held.unit_id IS NULL
    UNION ALL
    SELECT 'contactpersoon', m.unit_id,
           CASE m.kind WHEN 'berusten' THEN 'acquiesce' ELSE 'make_objection' END, true, false
    FROM organisation_mandate m
    JOIN held ON held.role = 'contactpersoon' AND held.unit_id = m.unit_id AND NOT held.succeeded
    JOIN organisation_unit place ON place.id = m.unit_id
    LEFT JOIN organisation_unit above ON above.id = place.parent_id, today
    WHERE m.given_to_id = %(person)s AND m.revoked_at IS NULL AND today.day BETWEEN m.from_date AND m.until_date
    AND EXISTS (
        SELECT FROM organisation_roleassignment head
        WHERE head.person_id = m.given_by_id AND head.role = 'onderdeelhoofd' AND head.from_date <= today.day
        AND (head.until_date IS NULL OR head.until_date >= today.day)
        AND head.unit_id IN (place.id, place.parent_id, above.parent_id)
    )
),
below AS (
    SELECT id AS top, id FROM organisation_unit WHERE id IN (SELECT unit_id FROM given)
    UNION
    SELECT below.top, unit.id FROM organisation_unit unit JOIN below
    ON unit.parent_id = below.id OR unit.successor_id = below.id
)
SELECT given.role, below.id, COALESCE(top.code, ''), COALESCE(top.name, ''), COALESCE(top.kind, ''),
       given.codename, given.by_mandate, given.as_deputy
FROM given LEFT JOIN below ON below.top = given.unit_id LEFT JOIN organisation_unit top ON top.id = given.unit_id
ORDER BY given.by_mandate, given.as_deputy, given.role, below.id
"""
"""One row per permission and unit. A role for a unit holds for those below it and for those that it succeeded; a
mandate only as long as who gave it is head.
"""

LEFT = [Perm.SEE_FILES.value, Perm.SEE_OVERVIEW.value]
"""What a role for a unit that was succeeded still gives: seeing what was decided there. The successor has the rest."""


class Right(NamedTuple):
    """One permission that somebody has today: in which role, for which unit (None: nationally), in the person's own
    right, as a deputy or by mandate.
    """

    role: Role
    unit_id: int | None
    unit_code: str
    unit_name: str
    unit_kind: str
    perm: Perm
    by_mandate: bool
    as_deputy: bool = False

    @property
    def capacity(self) -> Capacity:
        head = Unit.Kind(self.unit_kind).head if self.unit_kind else ""
        title = head.capitalize() if self.role is Role.HEAD else ROLES[self.role].title
        if self.as_deputy:
            title = title.replace(" ", " waarnemend ", 1)
        return Capacity(
            role=self.role.value,
            title=f"{title} {self.unit_name}".strip(),
            unit=self.unit_code,
            mandate=head if self.by_mandate else "",
        )


def rights_of(person: Any) -> tuple[Right, ...]:
    """Everything this person may do today, by one query, kept on the person for as long as the request lasts."""
    if not getattr(person, "is_authenticated", False) or not person.is_active:
        return ()
    kept: tuple[Right, ...] | None = getattr(person, "_rights", None)
    if kept is None:
        with connection.cursor() as cursor:
            cursor.execute(RIGHTS, {"person": person.pk, "left": LEFT})
            rows = cursor.fetchall()
        allowed = {(role.value, perm.value) for role, definition in ROLES.items() for perm in definition.perms}
        kept = tuple(
            Right(Role(role), unit, code, name, kind, Perm(perm), by_mandate, as_deputy)
            for role, unit, code, name, kind, perm, by_mandate, as_deputy in rows
            if by_mandate or (role, perm) in allowed
        )
        person._rights = kept
    return kept


def may(person: Any, perm: Perm) -> bool:
    """Whether this person has the permission anywhere: enough for a page, never for an object."""
    return any(right.perm == perm for right in rights_of(person))


def require(person: Any, perm: Perm) -> None:
    """The first line of a page that not every role may see: else 403, with the sentence that says why."""
    if not may(person, perm):
        raise PermissionDenied(_lacks(perm))


def require_one_of(person: Any, perms: Iterable[Perm]) -> None:
    """As `require`, for a page that more than one permission opens; refused in the words of the first."""
    if not any(may(person, perm) for perm in perms):
        raise PermissionDenied(_lacks(next(iter(perms))))


def units_with(person: Any, perm: Perm) -> set[int]:
    """The units for which this person has the permission, those below included."""
    return {right.unit_id for right in rights_of(person) if right.perm == perm and right.unit_id is not None}


def is_for(person: Any, role: Role, unit: Unit) -> bool:
    """Whether this person holds the role today for exactly this unit."""
    return any(right.role is role and right.unit_code == unit.code for right in rights_of(person))


def capacities(person: Any) -> list[Capacity]:
    """The roles that this person holds today, once each, for the head of the page."""
    return list(dict.fromkeys(right.capacity for right in rights_of(person) if not right.by_mandate))


def holds(perm: Perm) -> Who:
    """Somebody who has `perm` for the object's unit, or nationally. One's own right goes before a mandate."""

    def ask(person: Any, subject: Any) -> Capacity | Refusal:
        for right in rights_of(person):
            if right.perm == perm and right.unit_id in (None, subject.unit_id):
                return right.capacity
        return Refusal(_lacks(perm))

    return Who(ask, roles=tuple(role.label for role, definition in ROLES.items() if perm in definition.perms))


def may_for(person: Any, perm: Perm, subject: Any) -> bool:
    """Whether this person has the permission for the unit of an object."""
    return isinstance(holds(perm)(person, subject), Capacity)


def require_for(person: Any, perm: Perm, subject: Any) -> None:
    """As `require`, for the unit of an object that this person can see."""
    if not may_for(person, perm, subject):
        raise PermissionDenied(_lacks(perm))


def capacity_for(person: Any, perm: Perm, unit_id: int) -> Capacity:
    """In which role somebody acts for a unit, for the journal. Asked only after the right was checked."""
    return next(r.capacity for r in rights_of(person) if r.perm == perm and r.unit_id in (None, unit_id))


def capacity_to_see(person: Any, subject: Any) -> Capacity:
    """In which role somebody looks at a file of a unit, for the journal. That it is seen was checked before."""
    own = holds(Perm.SEE_FILES)(person, subject)
    return own if isinstance(own, Capacity) else capacity_with(person, Perm.SEE_ALL_FILED)


def capacity_with(person: Any, perm: Perm) -> Capacity:
    """In which role somebody uses a page about the whole country, for the journal. The right was checked before."""
    return next(right.capacity for right in rights_of(person) if right.perm == perm)


def differs_from(people: Callable[[Any], set[int]], sentence: str, *, condition: str) -> Who:
    """Separation of duties: refuses everybody among `people(subject)`, by identity, whatever their rights.

    `sentence` is said to who is refused; `condition` says it to everybody, on the page about the procedure.
    """

    def ask(person: Any, subject: Any) -> Capacity | Refusal:
        return Refusal(sentence, told=True) if person.pk in people(subject) else Capacity(role="", title="")

    return Who(ask, conditions=(condition,))


def _lacks(perm: Perm) -> str:
    return f"Uw rol geeft u dit recht niet: ‘{perm.label}’."


def derive_rights(person: Person, today: date) -> bool:
    """Write guardian's permissions and the groups of `person` from the assignments that have not ended on `today`.

    Says whether anything changed. The person's row is locked, so that nobody derives from older assignments meanwhile.
    """
    with transaction.atomic():
        Person.objects.held().get(pk=person.pk)
        running = RoleAssignment.objects.not_ended_on(today).filter(person=person)
        wanted = {(a.unit_id, perm.value) for a in running if a.unit_id for perm in ROLES[Role(a.role)].perms}
        groups = {a.role for a in running if not a.unit_id}
        given = UnitUserPermission.objects.filter(user=person)
        had = {(unit, code): pk for pk, unit, code in given.values_list("pk", "content_object", "permission__codename")}
        changed = wanted != had.keys() or groups != set(person.groups.values_list("name", flat=True))
        if gone := had.keys() - wanted:
            given.filter(pk__in=[had[one] for one in gone]).delete()
        if new := wanted - had.keys():
            ids = _permission_ids()
            UnitUserPermission.objects.bulk_create(
                UnitUserPermission(user=person, content_object_id=unit, permission_id=ids[code])
                for unit, code in sorted(new)
            )
        if changed:
            person.groups.set(Group.objects.filter(name__in=groups))
    vars(person).pop("_rights", None)
    return changed


def write_roles() -> None:
    """Make the groups of the national roles equal to `ROLES`. Called after every migration; asked again it changes
    nothing.
    """
    ids = _permission_ids()
    for role, definition in ROLES.items():
        if definition.is_national:
            group, _ = Group.objects.get_or_create(name=role.value)
            group.permissions.set([ids[perm.value] for perm in definition.perms])


def _permission_ids() -> dict[str, int]:
    return dict(Permission.objects.filter(content_type__app_label="organisation").values_list("codename", "pk"))
