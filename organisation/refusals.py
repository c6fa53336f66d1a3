"""How a use case of the organisation says no: a Dutch sentence, before anything is written."""

from django.core.exceptions import ValidationError
from django.db import models

from organisation.models import Person
from organisation.permissions import may
from organisation.roles import Perm


class OrganisationRefused(Exception):
    """What was asked is not allowed; the message is a Dutch sentence."""


def must_hold(by: Person, perm: Perm, sentence: str) -> None:
    """Refuse who does not have the permission today, whatever page was used."""
    if not may(by, perm):
        raise OrganisationRefused(sentence)


def keep(row: models.Model) -> None:
    """Save what the constraints allow; otherwise say in its own words which is the first that does not."""
    try:
        row.clean_fields()
        for constraint in row._meta.constraints:
            constraint.validate(type(row), row)
    except ValidationError as error:
        raise OrganisationRefused(" ".join(error.messages)) from error
    row.save()
