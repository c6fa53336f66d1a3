"""Mandates: a unit head lets a contact person acquiesce or object (T-05), until a day, until it is revoked, and never
longer than the head is head.
"""

from datetime import date, datetime

from django.db import transaction

from journal.write import record
from organisation.models import Mandate, Person, RoleAssignment, Unit
from organisation.permissions import capacity_for, is_for, units_with
from organisation.refusals import OrganisationRefused, keep
from organisation.roles import Perm, Role
from workflow.clock import local_date


def give_mandate(
    head: Person, contact: Person, unit: Unit, kind: Mandate.Kind, *, from_date: date, until_date: date
) -> Mandate:
    """Let a contact person of the unit acquiesce or object on the head's behalf, from a day up to and including a
    day. Raises `OrganisationRefused`.
    """
    if unit.pk not in units_with(head, Perm.GIVE_MANDATE):
        raise OrganisationRefused("Alleen het hoofd van de eenheid kan dit mandaat geven.")
    if not is_for(contact, Role.CONTACT, unit):
        raise OrganisationRefused("Een mandaat kan alleen naar een contactpersoon van dezelfde eenheid.")
    if not RoleAssignment.objects.active_on(until_date).over(unit).filter(person=head, role=Role.HEAD).exists():
        raise OrganisationRefused("U bent op die laatste dag geen hoofd meer van deze eenheid. Kies een eerdere dag.")
    with transaction.atomic():
        mandate = Mandate(
            unit=unit, kind=kind, given_by=head, given_to=contact, from_date=from_date, until_date=until_date
        )
        keep(mandate)
        title = capacity_for(head, Perm.GIVE_MANDATE, unit.pk).title
        record(
            "mandaat_gegeven",
            f"{title} gaf nummer {contact.number} mandaat voor {kind.label}.",
            actor=head,
            role=Role.HEAD,
            unit=unit.code,
            about=mandate,
            data={"from": str(from_date), "until": str(until_date)},
        )
    return mandate


def revoke_mandate(mandate: Mandate, *, by: Person, at: datetime) -> None:
    """Take a mandate back at once. Only the head of the unit can. Raises `OrganisationRefused`."""
    if mandate.unit_id not in units_with(by, Perm.GIVE_MANDATE):
        raise OrganisationRefused("Alleen het hoofd van de eenheid kan dit mandaat intrekken.")
    with transaction.atomic():
        mandate = Mandate.objects.select_for_update().get(pk=mandate.pk)
        if mandate.revoked_at:
            raise OrganisationRefused("Dit mandaat is al ingetrokken.")
        mandate.revoked_at = at
        mandate.save(update_fields=["revoked_at"])
        sentence = f"Het mandaat voor {Mandate.Kind(mandate.kind).label} is ingetrokken."
        record("mandaat_ingetrokken", sentence, actor=by, role=Role.HEAD, unit=mandate.unit.code, about=mandate)


def end_mandates_of_former_heads(at: datetime) -> int:
    """End every mandate whose giver is no head of the unit any more; answers how many. It gave no right since then; now
    it says so. Asked again it changes nothing.
    """
    today, ended = local_date(at), 0
    over = Mandate.objects.without_head_on(today).filter(from_date__lte=today).order_by("pk")
    for pk in over.values_list("pk", flat=True):
        with transaction.atomic():
            mandate = Mandate.objects.select_for_update().get(pk=pk)
            if mandate.revoked_at is None:
                _end(mandate, at, "omdat wie het gaf geen hoofd van de eenheid meer is")
                ended += 1
    return ended


def end_mandates_of(unit: Unit, at: datetime) -> int:
    """End every mandate of a unit that is succeeded; the head of its successor can give new ones."""
    running = Mandate.objects.filter(unit=unit, revoked_at=None, until_date__gte=local_date(at)).order_by("pk")
    ended = list(running.select_for_update())
    for mandate in ended:
        _end(mandate, at, "omdat de eenheid is opgeheven")
    return len(ended)


def _end(mandate: Mandate, at: datetime, why: str) -> None:
    mandate.revoked_at = at
    mandate.save(update_fields=["revoked_at"])
    record(
        "mandaat_geeindigd",
        f"Het mandaat voor {Mandate.Kind(mandate.kind).label} is geëindigd, {why}.",
        actor=Person.objects.get(number=Person.SYSTEM),
        role="systeem",
        unit=mandate.unit.code,
        about=mandate,
    )
