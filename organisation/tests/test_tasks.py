"""What the worker does every night."""

from datetime import timedelta

import pytest
from django.conf import settings

from organisation.models import UnitUserPermission
from organisation.roles import Role
from organisation.tasks import carry_out_endings, derive_all_rights, end_mandates_of_former_heads
from organisation.tests.factories import holder_of, planned_ending, unit
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


def test_units_end_and_mandates_of_former_heads_too_soon_after_midnight_and_after_a_night_without_worker() -> None:
    planned_ending("AM", "MN", local_date(now()) - timedelta(days=3))
    carry_out_endings()
    end_mandates_of_former_heads()
    assert unit("AM").successor == unit("MN")
    schedule = settings.CELERY_BEAT_SCHEDULE
    assert schedule["carry_out_endings"] == {"task": carry_out_endings.name, "schedule": timedelta(minutes=10)}
    assert schedule["end_mandates_of_former_heads"]["task"] == end_mandates_of_former_heads.name
