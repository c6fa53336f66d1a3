"""What privacy officers are told follows from what was found, also when whoever found it could not tell them."""

from pathlib import Path

import pytest

from initiatives.models import Notice
from organisation.roles import Role
from organisation.tests.factories import holder_of
from retention import alarms
from retention.comparison import compare
from retention.tests.engine import folder, kept

pytestmark = pytest.mark.django_db


def test_what_a_comparison_found_that_was_killed_is_told_by_the_next_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage, officer = folder(tmp_path), holder_of(Role.PRIVACY)
    for lost in [kept(storage, 3), kept(storage, 4)][1:]:
        storage.delete([lost.storage_key])
    with monkeypatch.context() as patch:
        patch.setattr(alarms, "tell_of_comparison", killed)
        with pytest.raises(KeyboardInterrupt):
            compare(storage)
    assert not Notice.objects.exists()
    for _ in range(2):
        assert compare(storage)
        assert Notice.objects.get().person == officer
    assert alarms.FOUND["lost"].format(1) in Notice.objects.get().body


def killed(*given: object) -> None:
    raise KeyboardInterrupt
