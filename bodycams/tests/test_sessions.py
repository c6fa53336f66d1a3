"""A session ends for lack of use and by its age; what is looked at in between writes nothing."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from organisation.tests.factories import person
from organisation.tests.test_views import PASSWORD

pytestmark = pytest.mark.django_db
START = "2026-11-21T09:00:00Z"


@pytest.fixture
def clock(client: Client, settings: Any) -> Any:
    """Production's limits, and somebody who logs in at nine."""
    settings.SESSION_ENDS_UNUSED = timedelta(minutes=15)
    settings.SESSION_ENDS_AFTER = timedelta(hours=10)
    person(number="4711", password=PASSWORD)
    with time_machine.travel(START, tick=False) as clock:
        client.post("/inloggen/", {"username": "4711", "password": PASSWORD})
        yield clock


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def test_session_that_is_not_used_for_fifteen_minutes_has_ended(client: Client, clock: Any) -> None:
    clock.shift(timedelta(minutes=15))
    assert not is_in(client)


def test_session_that_is_used_within_fifteen_minutes_goes_on(client: Client, clock: Any) -> None:
    for _ in range(5):
        clock.shift(timedelta(minutes=14, seconds=59))
        assert is_in(client)


def test_session_ends_after_ten_hours_however_much_it_is_used(client: Client, clock: Any) -> None:
    for _ in range(59):
        clock.shift(timedelta(minutes=10))
        assert is_in(client)
    clock.shift(timedelta(minutes=10))
    assert not is_in(client)


def test_session_is_a_minute_short_at_most_when_use_was_not_written(client: Client, clock: Any) -> None:
    clock.shift(timedelta(seconds=59))
    assert is_in(client)
    clock.shift(timedelta(minutes=14))
    assert is_in(client)


def test_use_is_written_once_a_minute_at_most(client: Client, clock: Any, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(3):  # session, person, rights
        client.get("/privacy/")
    clock.shift(timedelta(minutes=1))
    kept = Session.objects.get().session_data
    is_in(client)
    assert Session.objects.get().session_data != kept


def test_ended_session_is_gone_from_the_database(client: Client, clock: Any) -> None:
    clock.shift(timedelta(minutes=15))
    is_in(client)
    assert not Session.objects.exists()


def test_public_page_does_not_show_who_was_in(client: Client, clock: Any) -> None:
    assert "4711" in client.get("/privacy/").content.decode()
    clock.shift(timedelta(minutes=15))
    assert "4711" not in client.get("/privacy/").content.decode()


def test_staying_is_using(client: Client, clock: Any) -> None:
    clock.shift(timedelta(minutes=14))
    assert client.get("/account/ingelogd/").status_code == 204
    clock.shift(timedelta(minutes=14))
    assert is_in(client)


def test_demonstration_ends_by_age_only(client: Client, clock: Any, settings: Any) -> None:
    settings.SESSION_ENDS_UNUSED = None
    settings.SESSION_ENDS_AFTER = timedelta(hours=8)
    clock.shift(timedelta(hours=7, minutes=59))
    assert is_in(client)
    clock.shift(timedelta(minutes=1))
    assert not is_in(client)


def test_logging_in_again_begins_anew(client: Client, clock: Any) -> None:
    for _ in range(40):
        clock.shift(timedelta(minutes=14))
        is_in(client)
    client.post("/inloggen/", {"username": "4711", "password": PASSWORD})
    for _ in range(40):
        clock.shift(timedelta(minutes=14))
        assert is_in(client)
