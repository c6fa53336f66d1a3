"""What privacy officers are told follows from what was found, also when whoever found it could not tell them."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, NoReturn

import pytest
from django.db.models import F

from initiatives.models import Notice
from organisation.roles import Role
from organisation.tests.factories import holder_of
from retention.choices import Astray
from retention.comparing import astray, comparison
from retention.comparing.comparison import compare
from retention.models import Comparison
from retention.reminders import alarms
from retention.storage import StorageError
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
    assert "1 opname had een bestand, en het is weg." in Notice.objects.get().body


@pytest.mark.parametrize(
    ("number", "subject", "words"),
    [
        (1, "Een bestand zonder opname wacht op u", "1 bestand zonder opname moet worden vernietigd. Kijk eerst"),
        (2, "Bestanden zonder opname wachten op u", "2 bestanden zonder opname moeten worden vernietigd. Kijk eerst"),
    ],
)
def test_files_that_wait_are_told_of_in_words_for_one_and_for_many(
    tmp_path: Path, number: int, subject: str, words: str
) -> None:
    holder_of(Role.PRIVACY)
    assert compare(folder(tmp_path))
    alarms.tell_of_waiting_files(number)
    notice = Notice.objects.get()
    assert (notice.subject, words in notice.body, " ze " in notice.body) == (subject, True, False)


def test_what_is_too_long_there_is_told_once_a_day_while_the_comparison_does_not_succeed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is made again each hour. The twin: one that succeeds tells of it each time, which is once a night."""
    storage, _ = folder(tmp_path), holder_of(Role.PRIVACY)

    def told(*overdue: int) -> list[int]:
        before = Notice.objects.count()
        for number in overdue:
            monkeypatch.setattr(astray, "overdue", lambda: SimpleNamespace(count=lambda: number))  # noqa: B023
            assert compare(storage)
        return [notice.body.count("bestanden hadden") for notice in Notice.objects.order_by("pk")[before:]]

    with monkeypatch.context() as patch:
        patch.setattr(comparison, "_refuse_another", fails)
        assert told(7, 7, 7) == [1]
        Comparison.objects.update(told_at=F("told_at") - alarms.DAILY)
        assert told(0, 0, 7, 7, 8, 7) == [0, 1, 1]
    assert told(7, 7) == [1, 1]


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
    assert (notice.person, "2 opnamen hadden een bestand, en het is weg." in notice.body) == (officer, True)


def fails(*given: object) -> NoReturn:
    raise StorageError("De opslag antwoordt niet.")


def killed(*given: object) -> NoReturn:
    raise KeyboardInterrupt
