"""What can become of a recording is open to everybody, and says what the application obeys."""

import pytest
from django.test import Client

from retention.models import Recording
from workflow.steps import steps_of

pytestmark = pytest.mark.django_db


def test_stranger_reads_every_step_and_how_long_each_ground_reaches(client: Client) -> None:
    page = client.get("/procedure/opnamen/").content.decode()
    assert [step.label for step in steps_of(Recording).values() if step.label not in page] == []
    assert [step.explanation for step in steps_of(Recording).values() if step.explanation not in page] == []
    assert page.count("Hoogstens 1 jaar na het oordeel. Deze grens stelt dit register zelf") == 4
    assert page.count("Hoogstens 5 jaar na het gebruik. Dat staat in de wet") == 1
