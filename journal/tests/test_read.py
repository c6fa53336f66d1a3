"""The trail of one object: what was done to it, newest first."""

import pytest
from django.contrib.auth.models import Group

from journal.models import Result
from journal.read import trail
from journal.write import record

pytestmark = pytest.mark.django_db


def test_trail_is_newest_first() -> None:
    group = Group(pk=12)
    first, second = (record(action, f"{action}.", about=group) for action in ("maken", "wijzigen"))
    assert list(trail(group)) == [second, first]


def test_trail_leaves_out_other_objects_and_refused_attempts() -> None:
    group, other = Group(pk=12), Group(pk=13)
    record("maken", "Gemaakt.", about=other)
    record("maken", "Gemaakt.")
    record("wijzigen", "‘Wijzigen’ is geweigerd.", about=group, result=Result.REFUSED)
    record("wijzigen", "Wijzigen mislukte.", about=group, result=Result.FAILED)
    assert not trail(group).exists()
