"""The pages of the site itself."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from workflow import clock

pytestmark = pytest.mark.django_db
PUBLIC = ("/privacy/", "/toegankelijkheid/", "/.well-known/security.txt", "/robots.txt", "/inloggen/")


@pytest.mark.parametrize("path", PUBLIC)
def test_public_page_asks_for_no_log_in(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200
    assert client.head(path).status_code == 200


@pytest.mark.parametrize("path", ["/", "/account/", "/organisatie/", "/bewaard/"])
def test_every_other_page_does(client: Client, path: str) -> None:
    assert client.get(path).headers["Location"] == f"/inloggen/?next={path}"


@pytest.mark.parametrize("path", PUBLIC[:-1])
def test_public_page_takes_nothing(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


def test_security_txt_says_where_and_until_when(client: Client) -> None:
    fields = dict(line.split(": ", 1) for line in client.get("/.well-known/security.txt").content.decode().splitlines())
    assert fields["Contact"].startswith(("https://", "mailto:"))
    assert fields["Canonical"].endswith("/.well-known/security.txt")
    expires = datetime.fromisoformat(fields["Expires"])
    assert timedelta(days=30) < expires - clock.now() < timedelta(days=365)


def test_statement_of_accessibility_claims_no_status(client: Client) -> None:
    assert "De status is nog niet vastgesteld." in client.get("/toegankelijkheid/").content.decode()
