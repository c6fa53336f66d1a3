"""A database that was away costs no error afterwards: a connection that is dead is replaced before it is used."""

from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connections
from django.test import Client

from bodycams.tests.test_celery import cut_every_connection
from organisation.models import Person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def browser(live_server: Any) -> Iterator[HTTPConnection]:
    """Keeps its connection open, so that the same thread with the same database connection answers each time."""
    found = HTTPConnection(urlsplit(live_server.url).netloc)
    yield found
    found.close()


def database_answers(browser: HTTPConnection) -> bool:
    browser.request("GET", "/health/ready?only=web")
    return b'"database": true' in browser.getresponse().read()


def test_pages_come_after_every_connection_was_cut(browser: HTTPConnection) -> None:
    for _ in range(3):
        assert database_answers(browser)
        cut_every_connection()


def test_page_while_the_database_is_away_is_a_500_in_the_house(
    live_server: Any, client: Client, somebody: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = client.cookies["session"].value
    monkeypatch.setitem(connections.databases["default"], "PORT", 1)
    browser = HTTPConnection(urlsplit(live_server.url).netloc)
    browser.request("GET", "/account/", headers={"Cookie": f"session={session}"})
    answer = browser.getresponse()
    assert (answer.status, "Er ging iets mis" in answer.read().decode()) == (500, True)
    browser.request("GET", "/health/ready?only=web")
    answer = browser.getresponse()
    assert (answer.status, b'"database": false' in answer.read()) == (503, True)
    browser.close()


def test_without_the_check_they_would_not(browser: HTTPConnection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connections.databases["default"], "CONN_HEALTH_CHECKS", False)
    assert database_answers(browser)
    cut_every_connection()
    assert not database_answers(browser)
