"""Pages that say no: the right status, a sentence, nothing that leaks, and a trace of what was refused."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from bodycams.plain_page import PLAIN
from journal.models import Entry, Result
from organisation.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.urls("bodycams.tests.pages")]
FORM = "application/x-www-form-urlencoded"


def test_page_that_does_not_exist_is_a_404_in_the_house(client: Client) -> None:
    answer = client.get("/bestaat-niet/")
    assert answer.status_code == 404
    assert "Deze bladzijde is er niet" in answer.content.decode()


def test_forbidden_page_says_why_and_the_journal_knows(client: Client, somebody: Person) -> None:
    answer = client.get("/proef/verboden/")
    assert answer.status_code == 403
    assert "Uw rol geeft u dit recht niet." in answer.content.decode()
    entry = Entry.objects.get(action="toegang_geweigerd")
    assert (entry.actor, entry.result, entry.reason) == (
        somebody.number,
        Result.REFUSED,
        "Uw rol geeft u dit recht niet.",
    )


def test_broken_page_is_a_500_that_tells_nothing_of_what_broke(client: Client) -> None:
    client.raise_request_exception = False
    answer = client.get("/proef/stuk/")
    assert answer.status_code == 500
    assert "Er ging iets mis" in answer.content.decode()
    assert "1021" not in answer.content.decode()


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("x", "multipart/form-data"),
        ("x", "multipart/form-data; boundary=\u00e9\u00e9"),
        ("a=een+twee", f"{FORM}; charset=utf-7"),
        ("reasons=" + "a" * (5 * 1024**2), FORM),
        ("&".join(f"f{n}=1" for n in range(2000)), FORM),
    ],
)
@pytest.mark.parametrize(("path", "status"), [("/bestaat-niet/", 404), ("/inloggen/", 400)])
def test_form_that_cannot_be_read_breaks_no_page(path: str, status: int, body: str, content_type: str) -> None:
    """The twin is a page that is broken: the same client is told so."""
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    browser.get("/inloggen/")
    answer = browser.generic("POST", path, body.encode(), content_type)
    assert (answer.status_code, "<h1>" in answer.content.decode()) == (status, True)
    assert browser.get("/proef/stuk/").status_code == 500


class BreaksOff(BytesIO):
    def read(self, *_: Any) -> bytes:
        raise ConnectionResetError


@pytest.mark.parametrize("content_type", [FORM, "multipart/form-data; boundary=x"])
@pytest.mark.parametrize("was_here", [True, False])
def test_form_that_breaks_off_is_to_be_sent_again(content_type: str, was_here: bool) -> None:
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    if was_here:
        browser.get("/inloggen/")
    sent: Any = {"wsgi.input": BreaksOff()}
    answer = browser.generic("POST", "/inloggen/", b"username=1", content_type, **sent)
    assert (answer.status_code, "kwam niet helemaal aan" in answer.content.decode()) == (400, True)


def test_what_was_typed_is_shown_at_an_address_that_is_gone(client: Client) -> None:
    answer = client.post("/bestaat-niet/", {"reasons": "Dit is niet\x00 verloren."})
    assert (answer.status_code, "Dit is niet verloren." in answer.content.decode()) == (404, True)


def test_broken_page_comes_bare_when_what_surrounds_it_is_broken_too(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(request: object) -> None:
        raise RuntimeError

    client.raise_request_exception = False
    monkeypatch.setattr("organisation.context._house", fail)
    answer = client.get("/proef/stuk/")
    assert (answer.status_code, "Er ging iets mis" in answer.content.decode()) == (500, True)


def test_broken_page_is_one_sentence_when_no_page_can_be_made(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("Missing staticfiles manifest entry")

    client.raise_request_exception = False
    monkeypatch.setattr("django.template.base.Template.render", fail)
    answer = client.get("/proef/stuk/")
    assert (answer.status_code, answer.content.decode()) == (500, PLAIN)


def test_too_much_at_once_is_a_400_with_the_limit(client: Client, somebody: Person) -> None:
    answer = client.post("/proef/echo/", "reasons=" + "a" * (5 * 1024**2), content_type=FORM)
    assert answer.status_code == 400
    assert "meer dan 5 MB" in answer.content.decode()


def test_a_megabyte_of_text_arrives(client: Client, somebody: Person) -> None:
    answer = client.post("/proef/echo/", "reasons=" + "a" * 1024**2, content_type=FORM)
    assert answer.status_code == 200


def test_too_many_fields_is_a_400(client: Client, somebody: Person) -> None:
    answer = client.post("/proef/echo/", "&".join(f"f{n}=1" for n in range(2000)), content_type=FORM)
    assert answer.status_code == 400
    assert "te veel velden" in answer.content.decode()


@pytest.mark.parametrize(("address", "knows_who"), [("/?q=%00", False), ("/bestaat-niet/", True)])
def test_page_that_says_no_has_no_form_that_could_not_be_sent(address: str, knows_who: bool, somebody: Person) -> None:
    """What is refused before it is known who asks, has no log-out; the twin has one that works."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(somebody)
    page = browser.get(address).content.decode()
    token = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert bool(token) is knows_who
    if token:
        assert browser.post("/uitloggen/", {"csrfmiddlewaretoken": token[1]}).status_code == 302
