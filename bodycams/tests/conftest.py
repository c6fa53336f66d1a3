"""What the tests of the site share."""

import pytest
from django.test import Client

from organisation.models import Person
from organisation.tests.factories import person


@pytest.fixture
def somebody(client: Client) -> Person:
    """A person without a role, who is logged in."""
    found = person()
    client.force_login(found)
    return found
