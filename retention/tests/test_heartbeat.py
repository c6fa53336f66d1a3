"""Health says when the clock stands still and when something is overdue; who starts programs is not told."""

from datetime import timedelta

import pytest
from django.test import Client

from bodycams import heartbeat as programs
from organisation.tests.factories import person
from retention.clock import now
from retention.heartbeat import SILENT, is_alive
from retention.models import Run
from retention.overdue import HOUR, overdue
from retention.tests.engine import hold
from retention.tests.factories import recording
from retention.tests.moved_clock import MovedClock

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def ended(ago: timedelta, **told: object) -> None:
    at = now() - ago
    Run.objects.create(began_at=at, ended_at=at, **told)


def checks(client: Client, asked: str = "") -> tuple[int, dict[str, bool]]:
    for name in (programs.WORKER, programs.BEAT):
        programs.write(name)
    answer = client.get(f"/health/ready{asked}")
    return answer.status_code, answer.json()["checks"]


def test_the_clock_lives_for_two_hours_after_its_last_review() -> None:
    ended(SILENT + MINUTE)
    assert not is_alive()
    ended(SILENT - MINUTE)
    assert is_alive()


def test_what_was_broken_off_or_done_by_hand_is_no_sign_of_life() -> None:
    ended(SILENT + MINUTE)
    Run.objects.create(began_at=now())
    ended(MINUTE, by=person())
    assert not is_alive()


def test_before_the_first_review_it_is_waited_for_when_there_are_recordings() -> None:
    assert is_alive()
    recording(arrived_at=now() - SILENT + MINUTE)
    assert is_alive()


def test_recordings_without_any_review_are_not_looked_after() -> None:
    recording(3)
    assert not is_alive()


def test_health_is_not_ready_when_the_clock_stands_still(client: Client) -> None:
    ended(SILENT + MINUTE)
    assert checks(client) == (503, {**dict.fromkeys(checks(client)[1], True), "review": False})
    for asked in ("?only=web", "?only=programs"):
        status, said = checks(client, asked)
        assert (status, "review" in said, "in_time" in said) == (200, False, False)
    ended(MINUTE)
    assert checks(client)[0] == 200


def test_health_is_not_ready_when_something_is_overdue(client: Client) -> None:
    ended(MINUTE)
    recording(27)
    assert checks(client)[0] == 200
    recording(29)
    status, said = checks(client)
    assert (status, [name for name, fine in said.items() if not fine]) == (503, ["in_time"])


@pytest.mark.parametrize(("minutes_ago", "is_ready"), [(70, True), (80, False)])
def test_what_was_held_until_after_its_28_days_has_its_hour(
    client: Client, clock: MovedClock, minutes_ago: int, is_ready: bool
) -> None:
    """It is due, and goes with the next review. What was not, has been there too long."""
    found = recording(27)
    clock.to(found.must_be_gone_by - HOUR)
    held = hold(found, person())
    clock.to(held.until_at + timedelta(minutes=minutes_ago))
    ended(MINUTE)
    assert (overdue().count(), checks(client)[1]["in_time"]) == (1, is_ready)
