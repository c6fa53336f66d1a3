"""What holds for every page: caching, methods, control characters, and what the browser is told to do."""

from typing import Any

import pytest
from django.test import Client

from bodycams.middleware import has_control_character, without_control_characters
from organisation.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.urls("bodycams.tests.pages")]


@pytest.mark.parametrize("path", ["/", "/inloggen/", "/bestaat-niet/", "/health/live", "/privacy/"])
def test_no_answer_is_kept_by_anybody(client: Client, somebody: Person, path: str) -> None:
    assert client.get(path).headers["Cache-Control"] == "no-store"


def test_browser_is_told_to_run_and_load_only_what_is_ours(client: Client) -> None:
    headers = client.get("/inloggen/").headers
    policy = dict(directive.split(" ", 1) for directive in headers["Content-Security-Policy"].split("; "))
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == policy["connect-src"] == "'self'"
    assert policy["img-src"] == "'self' data:"
    assert policy["frame-ancestors"] == policy["base-uri"] == policy["object-src"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize(
    ("asked", "status"),
    [("GET /bestaat-niet/", 404), ("GET /?q=%00", 400), ("PATCH /", 405), ("GET /static/weg.css", 404)],
)
@pytest.mark.parametrize("is_plain_http", [False, True])
def test_browser_is_told_so_whoever_gives_the_answer(
    settings: Any, asked: str, status: int, is_plain_http: bool
) -> None:
    settings.SECURE_SSL_REDIRECT = is_plain_http
    method, path = asked.split()
    answer = Client().generic(method, path)
    assert answer.status_code == (301 if is_plain_http else status)
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert (answer.headers["X-Frame-Options"], answer.headers["Cache-Control"]) == ("DENY", "no-store")
    assert "camera=()" in answer.headers["Permissions-Policy"]


@pytest.mark.parametrize("method", ["DELETE", "PATCH", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("path", ["/", "/inloggen/", "/privacy/", "/health/ready", "/bestaat-niet/"])
def test_method_that_no_page_knows_is_refused(client: Client, method: str, path: str) -> None:
    assert client.generic(method, path).status_code == 405


@pytest.mark.parametrize("asked", ["GET /uitloggen/", "POST /account/", "POST /"])
def test_page_that_cannot_be_asked_so_says_it_in_words(client: Client, somebody: Person, asked: str) -> None:
    method, path = asked.split()
    answer = client.generic(method, path)
    assert (answer.status_code, bool(answer.headers["Allow"])) == (405, True)
    assert "Dit adres opent u niet zo" in answer.content.decode()
    assert int(answer.headers["Content-Length"]) == len(answer.content)


def test_programs_get_no_page_for_that(client: Client, somebody: Person) -> None:
    assert client.delete("/account/").content == client.options("/account/").content == b""
    assert client.options("/account/").headers["Content-Length"] == "0"


@pytest.mark.parametrize("path", ["/?q=a%00b", "/?a%00=b", "/inloggen/?next=%1f", "/proef/%00/", "/?q=%7f"])
def test_control_character_in_the_address_is_a_400_with_a_sentence(client: Client, somebody: Person, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 400
    assert "een teken dat wij niet kunnen verwerken" in answer.content.decode()


def test_tab_line_feed_and_foreign_letters_are_no_control_characters(client: Client, somebody: Person) -> None:
    assert client.get("/?q=a%09b%0d%0ac%C3%A9%E2%82%AC").status_code == 200


def test_control_character_in_a_cookie_is_a_400(client: Client) -> None:
    answer = client.get("/", headers={"Cookie": r'session="abcdefgh\000ijklmnopqrstuvw"'})
    assert answer.status_code == 400


def test_control_character_at_the_door_is_a_400(client: Client) -> None:
    answer = client.post("/inloggen/", {"username": "47\x0011", "password": "x"})
    assert answer.status_code == 400


def test_control_character_in_typed_text_gives_the_text_back_without_it(client: Client, somebody: Person) -> None:
    answer = client.post("/proef/echo/", {"reasons": "De eerste\x0bregel en\x00 de tweede."})
    assert answer.status_code == 400
    assert 'value="De eersteregel en de tweede."' in answer.content.decode()
    assert 'action="/proef/echo/"' in answer.content.decode()


def test_clean_text_arrives(client: Client, somebody: Person) -> None:
    answer = client.post("/proef/echo/", {"reasons": "De eerste regel\nen de tweede.", "tasks": ["a", "b"]})
    assert answer.content.decode() == repr([("reasons", ["De eerste regel\nen de tweede."]), ("tasks", ["a", "b"])])


def test_password_with_a_control_character_is_never_shown_again(client: Client, somebody: Person) -> None:
    answer = client.post("/proef/geheim/", {"password": "een geheim\x00 wachtwoord"})
    assert answer.status_code == 400
    assert "geheim wachtwoord" not in answer.content.decode()


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\x7f"])
def test_control_characters_are_known(character: str) -> None:
    assert has_control_character(f"a{character}b")
    assert without_control_characters(f"a{character}b") == "ab"


@pytest.mark.parametrize("text", ["", "a\tb\r\nc", "é €"])
def test_other_characters_are_not(text: str) -> None:
    assert not has_control_character(text)
    assert without_control_characters(text) == text
