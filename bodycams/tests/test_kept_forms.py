"""Typed text outlives a session that ended: the same person gets it back, nobody else does."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from organisation.models import Person
from organisation.tests.factories import person
from organisation.tests.test_views import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.urls("bodycams.tests.pages")]
TYPED = {"reasons": 'De camera\'s zijn "op".\nZie <het rapport>.', "tasks": ["a", "b"], "opslaan": "1"}
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def somebody(client: Client) -> Person:
    """Somebody who logged in with this browser."""
    found = person(number="4711", password=PASSWORD)
    log_in(client)
    return found


def log_in(client: Client, number: str = "4711") -> Any:
    return client.post("/inloggen/", {"username": number, "password": PASSWORD})


def send_too_late(client: Client, typed: dict[str, Any] = TYPED, path: str = "/proef/echo/?x=1") -> Any:
    Session.objects.all().delete()
    return client.post(path, typed)


def inputs(page: str) -> dict[str, list[str]]:
    """The hidden inputs of the first form on the page that goes to the tried address."""
    form = page.split('action="/proef/echo/')[1].split("</form>")[0]
    found: dict[str, list[str]] = {}
    for part in form.split('<input type="hidden" name="')[1:]:
        name, value = part.split('" value="')
        found.setdefault(name, []).append(unescape(value.split('">')[0]))
    found.pop("csrfmiddlewaretoken", None)
    return found


def test_text_sent_after_the_session_ended_comes_back_after_log_in(client: Client, somebody: Person) -> None:
    assert send_too_late(client).headers["Location"].startswith("/inloggen/?next=/proef/echo/")
    assert log_in(client).headers["Location"] == "/bewaard/"
    page = client.get("/bewaard/").content.decode()
    assert "Zie &lt;het rapport&gt;." in page
    assert inputs(page) == {"reasons": [TYPED["reasons"]], "tasks": ["a", "b"], "opslaan": ["1"]}


def test_sending_it_again_arrives_and_takes_it_away(client: Client, somebody: Person) -> None:
    send_too_late(client)
    log_in(client)
    typed = inputs(client.get("/bewaard/").content.decode())
    assert client.post("/proef/echo/?x=1", typed).content.decode() == repr(sorted(typed.items()))
    assert client.get("/bewaard/").status_code == 302


def test_it_can_be_thrown_away(client: Client, somebody: Person) -> None:
    send_too_late(client)
    log_in(client)
    client.post("/bewaard/", {"path": "/proef/echo/?x=1"})
    assert client.get("/bewaard/").status_code == 302


def test_two_forms_both_come_back(client: Client, somebody: Person) -> None:
    send_too_late(client)
    client.post("/proef/echo/?x=2", {"reasons": "Een andere tekst."})
    log_in(client)
    page = client.get("/bewaard/").content.decode()
    assert "Een andere tekst." in page
    assert "het rapport" in page


def test_another_person_gets_nothing_and_it_is_gone(client: Client, somebody: Person) -> None:
    person(number="4712", password=PASSWORD)
    send_too_late(client)
    assert log_in(client, "4712").headers["Location"] == "/"
    assert client.get("/bewaard/").status_code == 302
    client.post("/uitloggen/")
    assert log_in(client).headers["Location"] == "/"


def test_another_browser_gets_nothing(client: Client, somebody: Person) -> None:
    send_too_late(client)
    assert log_in(Client()).headers["Location"] == "/"


def test_it_is_kept_for_an_hour(client: Client, somebody: Person) -> None:
    with time_machine.travel("2026-11-21T09:00:00Z", tick=False) as clock:
        log_in(client)
        send_too_late(client)
        clock.shift(timedelta(minutes=59))
        assert log_in(client).headers["Location"] == "/bewaard/"
        clock.shift(timedelta(minutes=1))
        assert client.get("/bewaard/").status_code == 302


def test_stranger_cannot_fill_our_table(client: Client) -> None:
    assert client.post("/proef/echo/", TYPED).status_code == 302
    assert not Session.objects.exists()


def test_browser_cannot_say_that_it_belonged_to_somebody(client: Client, somebody: Person) -> None:
    client.cookies["person"] = f"{somebody.pk}:verzonnen"
    send_too_late(client)
    assert log_in(client).headers["Location"] == "/"


def test_password_is_never_kept(client: Client, somebody: Person) -> None:
    send_too_late(client, {"password": "een geheim wachtwoord"}, "/proef/geheim/")
    assert log_in(client).headers["Location"] == "/"


def test_browser_that_is_not_logged_in_sees_nothing_of_it(client: Client, somebody: Person) -> None:
    send_too_late(client)
    assert client.get("/bewaard/").headers["Location"].startswith("/inloggen/")


def test_files_are_not_kept_and_the_page_says_so(client: Client, somebody: Person, tmp_path: Any) -> None:
    file = tmp_path / "rapport.txt"
    file.write_text("inhoud")
    with file.open() as sent:
        send_too_late(client, {**TYPED, "file": sent})
    log_in(client)
    assert "Bestanden zijn niet bewaard." in client.get("/bewaard/").content.decode()


def test_a_megabyte_is_kept(client: Client, somebody: Person) -> None:
    send_too_late(client, {"reasons": "woord " * 170_000})
    log_in(client)
    assert len(inputs(client.get("/bewaard/").content.decode())["reasons"][0]) == len("woord " * 170_000)


class TestStaleForms:
    """A form without the right token: old when it comes from our own page, forged when it does not."""

    @pytest.fixture
    def strict(self, somebody: Person) -> Client:
        found = Client(enforce_csrf_checks=True)
        found.force_login(somebody)
        return found

    def test_old_form_of_our_own_is_given_back(self, strict: Client) -> None:
        answer = strict.post("/proef/echo/", TYPED, headers=SAME_ORIGIN)
        assert answer.status_code == 403
        assert inputs(answer.content.decode())["reasons"] == [TYPED["reasons"]]

    @pytest.mark.parametrize("site", ["cross-site", "same-site", "none", ""])
    def test_form_from_elsewhere_is_refused_and_not_given_back(self, strict: Client, site: str) -> None:
        answer = strict.post("/proef/echo/", TYPED, headers={"Sec-Fetch-Site": site} if site else {})
        assert answer.status_code == 403
        assert "het rapport" not in answer.content.decode()

    def test_old_form_with_a_password_is_not_given_back(self, strict: Client) -> None:
        answer = strict.post("/proef/geheim/", {"password": "een geheim wachtwoord"}, headers=SAME_ORIGIN)
        assert answer.status_code == 403
        assert "geheim wachtwoord" not in answer.content.decode()

    def test_form_that_is_old_and_too_late_is_kept(self, client: Client, somebody: Person) -> None:
        strict = Client(enforce_csrf_checks=True)
        strict.cookies["person"] = client.cookies["person"].value
        answer = strict.post("/proef/echo/?x=1", TYPED, headers=SAME_ORIGIN)
        assert answer.headers["Location"].startswith("/inloggen/?next=")
        strict.handler.enforce_csrf_checks = False
        assert log_in(strict).headers["Location"] == "/bewaard/"

    def test_old_log_in_form_keeps_the_number_and_not_the_password(self) -> None:
        strict = Client(enforce_csrf_checks=True)
        answer = strict.post("/inloggen/", {"username": "4711", "password": PASSWORD, "next": "/account/"})
        page = answer.content.decode()
        assert answer.status_code == 403
        assert "Deze bladzijde stond te lang open." in page
        assert 'value="4711"' in page
        assert 'value="/account/"' in page
        assert PASSWORD not in page
