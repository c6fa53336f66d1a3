"""A database that was away costs no error afterwards: a connection that is dead is replaced before it is used."""

from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connections

from bodycams.tests.test_celery import cut_every_connection

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


def test_without_the_check_they_would_not(browser: HTTPConnection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connections.databases["default"], "CONN_HEALTH_CHECKS", False)
    assert database_answers(browser)
    cut_every_connection()
    assert not database_answers(browser)
