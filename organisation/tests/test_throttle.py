"""Who guesses passwords has to wait; nobody else does."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from axes.models import AccessAttempt
from django.test import Client, RequestFactory

from journal.models import Entry
from organisation.models import Person
from organisation.tests.factories import person
from organisation.tests.test_views import PASSWORD, try_to_enter
from organisation.throttle import NO_ADDRESS, client_address, hashed, minutes_to_wait

pytestmark = pytest.mark.django_db
LIMIT = 5


@pytest.fixture
def somebody() -> Person:
    return person(number="4711", password=PASSWORD)


def fail(client: Client, number: str = "4711", times: int = LIMIT, **extra: Any) -> Any:
    for _ in range(times):
        answer = client.post("/inloggen/", {"username": number, "password": "verkeerd"}, **extra)
    return answer


@pytest.mark.parametrize("number", ["4711", "4712"])
def test_fifth_failure_locks_whether_or_not_the_number_exists(client: Client, somebody: Person, number: str) -> None:
    assert fail(client, number, LIMIT - 1).status_code == 400
    answer = fail(client, number, 1)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "900")
    assert "Probeer het over 15 minuten opnieuw." in answer.content.decode()


def test_right_password_is_refused_while_locked_and_the_wait_goes_on(client: Client, somebody: Person) -> None:
    with time_machine.travel("2026-11-21T09:00:00Z", tick=False) as clock:
        fail(client)
        clock.shift(timedelta(minutes=14, seconds=1))
        answer = try_to_enter(client, "4711")
        assert answer.status_code == 429
        assert "Probeer het over 1 minuut opnieuw." in answer.content.decode()
        clock.shift(timedelta(seconds=60))
        assert try_to_enter(client, "4711").status_code == 302


def test_who_is_forgotten_just_then_waits_a_minute(client: Client, somebody: Person) -> None:
    """Attempts are cleared away by whoever comes next, also while somebody is being told to wait."""
    asked = RequestFactory().post("/inloggen/")
    assert minutes_to_wait(asked, "4711") == 1
    fail(client)
    assert minutes_to_wait(asked, "4711") == 15


def test_success_counts_anew(client: Client, somebody: Person) -> None:
    for _ in range(3):
        fail(client, times=LIMIT - 1)
        assert try_to_enter(client, "4711").status_code == 302
        client.post("/uitloggen/")


def test_nobody_is_refused_because_of_others_behind_the_same_address(client: Client, somebody: Person) -> None:
    person(number="4712", password=PASSWORD)
    fail(client)
    assert try_to_enter(client, "4712").status_code == 302


def test_owner_gets_in_from_elsewhere_while_a_stranger_is_locked_out(client: Client, somebody: Person) -> None:
    fail(client, REMOTE_ADDR="192.0.2.1")
    assert try_to_enter(client, "4711").status_code == 302


def test_another_browser_at_the_same_address_does_not_start_anew(client: Client, somebody: Person) -> None:
    for number in range(LIMIT):
        answer = fail(client, times=1, headers={"User-Agent": f"browser {number}"})
    assert answer.status_code == 429


def test_journal_tells_of_each_attempt_once(client: Client, somebody: Person) -> None:
    fail(client, times=LIMIT + 1)
    assert list(Entry.objects.order_by("id").values_list("action", flat=True)) == [
        *["inloggen_mislukt"] * (LIMIT - 1),
        *["inloggen_geblokkeerd"] * 2,
    ]


def test_table_of_attempts_holds_no_number(client: Client, somebody: Person) -> None:
    fail(client, times=1)
    attempt = AccessAttempt.objects.get()
    assert attempt.username == hashed("4711")
    assert "4711" not in str(vars(attempt))
    assert "verkeerd" not in str(vars(attempt))


@pytest.mark.parametrize(
    ("proxies", "passed_on", "address"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        (2, "6.6.6.6, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9:51234", "203.0.113.9"),
        (1, "[2001:db8::1]:51234", "2001:db8::1"),
        (1, "2001:db8::1", "2001:db8::1"),
        (1, "geen adres", "192.0.2.1"),
    ],
)
def test_only_what_our_own_proxies_say_is_believed(settings: Any, proxies: int, passed_on: str, address: str) -> None:
    settings.PROXIES = proxies
    headers = {"X-Forwarded-For": passed_on} if passed_on else {}
    assert client_address(RequestFactory(REMOTE_ADDR="192.0.2.1", headers=headers).get("/")) == address


def test_server_that_listens_on_a_file_has_no_address() -> None:
    assert client_address(RequestFactory(REMOTE_ADDR="").get("/")) == NO_ADDRESS
