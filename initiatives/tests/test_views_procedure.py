"""The procedure is open to everybody, and says what the application obeys."""

import pytest
from django.test import Client
from django.urls import reverse

from initiatives.models import Initiative
from workflow.steps import steps_of

pytestmark = pytest.mark.django_db


def test_stranger_reads_every_step_of_the_procedure(client: Client) -> None:
    page = client.get(reverse("procedure")).content.decode()
    assert [step.label for step in steps_of(Initiative).values() if step.label not in page] == []
    assert [step.explanation for step in steps_of(Initiative).values() if step.explanation not in page] == []
