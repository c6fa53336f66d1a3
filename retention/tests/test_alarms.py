"""What privacy officers are told follows from what was found, also when whoever found it could not tell them."""

from pathlib import Path
from typing import Any, NoReturn

import pytest

from initiatives.models import Notice
from organisation.roles import Role
from organisation.tests.factories import holder_of
from retention.choices import Astray
from retention.comparing import astray, comparison
from retention.comparing.comparison import compare
from retention.models import Comparison
from retention.reminders import alarms
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


def test_what_is_lost_is_counted_with_its_record_piece_by_piece(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage, officer = folder(tmp_path), holder_of(Role.PRIVACY)
    storage.delete([kept(storage, days).storage_key for days in (3, 4, 5)][1:])
    monkeypatch.setattr(comparison, "CHUNK", 1)
    with monkeypatch.context() as patch:
        miss, missed = astray.miss, []

        def once(found: Comparison, lost: Any) -> int:
            if lost:
                missed.append(lost)
            return miss(found, lost) if len(missed) < 2 else killed()

        patch.setattr(astray, "miss", once)
        with pytest.raises(KeyboardInterrupt):
            compare(storage)
    assert (astray.open_ones(Astray.LOST).count(), Comparison.objects.get().lost) == (1, 1)
    assert compare(storage)
    notice = Notice.objects.get()
    assert (notice.person, alarms.FOUND["lost"].format(2) in notice.body) == (officer, True)


def killed(*given: object) -> NoReturn:
    raise KeyboardInterrupt
