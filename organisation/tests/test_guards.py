"""What the database itself refuses about people and mandates, whoever writes."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction

from organisation.models import Mandate, Person
from organisation.roles import Role
from organisation.tests.factories import holder_of, unit
from workflow.clock import local_date, now

pytestmark = pytest.mark.django_db


def change(rows: models.QuerySet[Any], **values: Any) -> bool:
    """Whether the database lets these rows be changed so."""
    try:
        with transaction.atomic():
            return bool(rows.update(**values))
    except IntegrityError as refused:
        assert "only" in str(refused) or "keeps the number" in str(refused)  # noqa: PT017  # else another fault
        return False


def test_a_mandate_stays_as_it_was_given_and_is_revoked_once() -> None:
    head, contact, today = holder_of(Role.HEAD, "ON"), holder_of(Role.CONTACT, "ON"), local_date(now())
    given = Mandate.objects.create(
        unit=unit("ON"), kind="bezwaar", given_by=head, given_to=contact, from_date=today, until_date=today
    )
    found = Mandate.objects.filter(pk=given.pk)
    assert not change(found, until_date=today + timedelta(days=900))
    assert not change(found, given_to=holder_of(Role.CONTACT, "ON"))
    assert change(found, revoked_at=now())
    assert not change(found, revoked_at=None)
    with pytest.raises(IntegrityError, match="only revoked"), transaction.atomic():
        found.delete()


def test_a_person_keeps_the_number() -> None:
    somebody = Person.objects.filter(pk=holder_of(Role.WEARER, "ON").pk)
    assert not change(somebody, number="990099")
    assert change(somebody, is_active=False)
