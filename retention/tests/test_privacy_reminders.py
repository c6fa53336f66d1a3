"""Reminding privacy officers: of what, whom, when, and once."""

from datetime import datetime
from typing import Any

import pytest

from initiatives.models import Notice
from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import holder_of
from retention import tasks
from retention.clock import now
from retention.models import Hold, PrivacyReminder
from retention.reminders.to_privacy_officers import reminders_due
from retention.tests.hold_samples import held, held_before
from workflow.clock import AMSTERDAM

pytestmark = pytest.mark.django_db


def at_hour(hour: int) -> datetime:
    return now().astimezone(AMSTERDAM).replace(hour=hour, minute=30)


def words(person: Person) -> list[str]:
    return [note for notice in Notice.objects.filter(person=person) for _, _, note in notice.links]


def test_every_officer_hears_once_a_day_of_what_is_due() -> None:
    overdue, ends_soon, neither = held_before(8), held_before(1, last_day_in=3), held()
    holder_of(Role.PRIVACY, is_active=False)
    at = at_hour(9)
    officers = [overdue.owner, ends_soon.owner, neither.owner]
    assert reminders_due(at) == len(officers)
    for person in officers:
        assert [note.split(",")[0].split(" op ")[0] for note in words(person)] == ["Herbeoordelen", "Loopt af"]
    assert reminders_due(at) == 0
    assert PrivacyReminder.objects.count() == Notice.objects.count() == len(officers)


def test_nobody_is_told_at_night_or_of_nothing() -> None:
    held()
    assert reminders_due(at_hour(9)) == 0
    held_before(8)
    assert reminders_due(at_hour(3)) == 0
    assert not Notice.objects.exists()


@pytest.mark.parametrize(("last_day_in", "is_told"), [(0, True), (1, True), (2, False), (3, True), (4, False)])
def test_an_end_is_told_of_on_its_days(last_day_in: int, is_told: bool) -> None:
    hold = held_before(1, last_day_in=last_day_in)
    assert Hold.objects.in_force(at_hour(9)).filter(pk=hold.pk).exists()
    assert bool(reminders_due(at_hour(9))) == is_told


def test_one_who_cannot_be_told_does_not_stop_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    hold, other = held_before(8), holder_of(Role.PRIVACY)
    create = Notice.objects.create

    def fail(**given: Any) -> Notice:
        if given["person"] == hold.owner:
            raise RuntimeError
        return create(**given)

    monkeypatch.setattr(Notice.objects, "create", fail)
    assert reminders_due(at_hour(9)) == 1
    assert (words(hold.owner), len(words(other))) == ([], 1)
    monkeypatch.undo()
    assert reminders_due(at_hour(10)) == 1


def test_the_task_asks_the_clock_of_the_28_days(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[datetime] = []
    monkeypatch.setattr(tasks.to_privacy_officers, "reminders_due", asked.append)
    tasks.remind_privacy_officers()
    assert len(asked) == 1
