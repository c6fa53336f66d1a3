"""Any plug can be pulled at any moment, and promise, proof and journal still agree."""

import time
from pathlib import Path

import pytest

from organisation.tests.factories import person
from retention import destruction
from retention.models import Destruction
from retention.review import review
from retention.storage.folder import Folder
from retention.tests.chaos import Chaos, as_it_is_done, as_one_would_at_first

pytestmark = pytest.mark.django_db(transaction=True)


def begun(root: Path, due: int, young: int) -> Chaos:
    chaos = Chaos(root / "recordings", person())
    chaos.fill(due, young)
    assert review()
    return chaos


def test_whatever_is_killed_nothing_is_lost_held_young_or_proven_twice(tmp_path: Path) -> None:
    chaos = begun(tmp_path, 300, 60)
    chaos.run(as_it_is_done, workers=3, until=chaos.is_done, kill=0.03)
    assert destruction.destroy(Folder(chaos.root)) >= 0
    assert chaos.violations() == {}
    assert min(chaos.in_window, len(chaos.held), chaos.killed) >= 5
    assert not Destruction.objects.filter(recording__in=chaos.held).exists()


def test_an_ordinary_draft_does_violate_it(tmp_path: Path) -> None:
    """The twin: so much is found by what the test above looks with."""
    chaos = begun(tmp_path, 60, 10)
    ends = time.monotonic() + 2
    chaos.run(as_one_would_at_first, workers=3, until=lambda: time.monotonic() > ends, kill=0.03)
    assert chaos.violations()["held destroyed"]
