"""What the worker does every night."""

from datetime import timedelta

import pytest
from django.conf import settings

from organisation.models import UnitUserPermission
from organisation.roles import Role
from organisation.tasks import derive_all_rights
from organisation.tests.factories import holder_of
from workflow.clock import local_date, now

pytestmark = pytest.mark.django_db


def test_rights_of_ended_roles_are_taken_away_every_night() -> None:
    contact = holder_of(Role.CONTACT, "ON")
    contact.assignments.update(until_date=local_date(now()) - timedelta(days=1))
    derive_all_rights()
    assert not UnitUserPermission.objects.filter(user=contact).exists()
    assert settings.CELERY_BEAT_SCHEDULE["derive_all_rights"] == {
        "task": derive_all_rights.name,
        "schedule": timedelta(days=1),
    }
