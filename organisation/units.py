"""Making a unit, for instance the one in which others will go up. How one ends is in `endings.py`."""

import unicodedata
from datetime import date

from django.db import IntegrityError, transaction

from journal.write import record
from organisation.models import Person, Unit
from organisation.refusals import OrganisationRefused, keep, must_hold
from organisation.roles import Perm, Role
from workflow.dates import day_in_words


def create_unit(code: str, name: str, kind: str, parent: Unit | None, valid_from: date, *, by: Person) -> Unit:
    """A unit that exists from a day on. Raises `OrganisationRefused`."""
    must_hold(by, Perm.MANAGE_ORGANISATION, "Alleen een functioneel beheerder kan eenheden maken.")
    unit = Unit(code=code, name=name, sort_name=sort_name(name), kind=kind, parent=parent, valid_from=valid_from)
    below = f", onder {parent.name}" if parent else ""
    sentence = f"De beheerder maakte de eenheid {name}{below}, vanaf {day_in_words(valid_from)}."
    data = {"code": code, "kind": kind, "parent": parent.code if parent else ""}
    try:
        with transaction.atomic():
            keep(unit)
            record("eenheid_gemaakt", sentence, actor=by, role=Role.ADMINISTRATOR, unit=code, about=unit, data=data)
    except IntegrityError as refused:
        if not Unit.objects.filter(code=code).exists():
            raise
        raise OrganisationRefused("Er is al een eenheid met deze code. Kies een andere code.") from refused
    return unit


def sort_name(name: str) -> str:
    """The name by which lists are sorted: lower case, without accents and without a leading ’s-."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return plain.removeprefix("s-")
