"""Having the clock ask for an edition of each half-year (S2-24), in the name of who planned it. A person confirms.

A plan is a row that is only added to; it ends with the next one, or with the role of who made it.
"""

from datetime import date, datetime

from django.db import transaction

from initiatives.editions.asking import NOT_A_LEADER, ask
from initiatives.models import Edition, EditionRequest, EditionSchedule
from journal.write import record
from organisation.models import Person
from organisation.permissions import capacity_with, may
from organisation.refusals import OrganisationRefused, must_hold
from organisation.roles import Perm
from workflow.clock import local_date

HALF_YEARLY = "De halfjaarlijkse editie."


def set_schedule(is_on: bool, *, by: Person, at: datetime) -> None:
    """Have the clock ask for an edition of each half-year from now on, or no longer. Raises `OrganisationRefused`."""
    must_hold(by, Perm.ASK_EDITION, NOT_A_LEADER)
    with transaction.atomic():
        row = EditionSchedule.objects.create(is_on=is_on, set_by=by, set_at=at)
        what = (
            "laat voortaan elk halfjaar een editie aanvragen"
            if is_on
            else "laat geen halfjaarlijkse editie meer aanvragen"
        )
        capacity = capacity_with(by, Perm.ASK_EDITION)
        record("edities_gepland", f"{capacity.title} {what}.", actor=by, role=capacity.role, about=row)


def schedule() -> EditionSchedule | None:
    """Who has the clock ask, and since when; None when it does not ask. It ends with the role of who set it."""
    newest = EditionSchedule.objects.select_related("set_by").first()
    return newest if newest and newest.is_on and may(newest.set_by, Perm.ASK_EDITION) else None


def ask_half_yearly(at: datetime) -> EditionRequest | None:
    """Ask for the edition of the half-year that ended last, once, if that was planned before it ended. A run that was
    late is made up for by the next.
    """
    planned, peildatum = schedule(), last_half_year(local_date(at))
    if planned is None or peildatum < local_date(planned.set_at):
        return None
    if EditionRequest.objects.filter(peildatum=peildatum, is_scheduled=True).exists():
        return None
    if Edition.objects.filter(peildatum=peildatum).exists():
        return None  # it was published already
    try:
        return ask(peildatum, HALF_YEARLY, by=planned.set_by, at=at, is_scheduled=True)
    except OrganisationRefused:
        return None  # somebody asked for this day before the clock did, and waits


def last_half_year(today: date) -> date:
    """The last day of the half-year that ended last before `today` (S2-24)."""
    return date(today.year, 6, 30) if today.month > 6 else date(today.year - 1, 12, 31)


def next_half_year(today: date) -> date:
    """The last day of the half-year that `today` is in."""
    return date(today.year, 12, 31) if today.month > 6 else date(today.year, 6, 30)
