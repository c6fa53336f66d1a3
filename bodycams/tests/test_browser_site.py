"""The site's own pages in a real browser: nothing for axe to find, and typed text that outlives a session."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from bodycams.tests.browser import PASSWORD, faults, sign_in
from organisation.models import Mandate, Person
from organisation.roles import Role
from organisation.services import give_mandate
from organisation.tests.factories import holder_of, unit
from workflow.clock import local_date, now

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def head() -> Person:
    return holder_of(Role.HEAD, "ON")


@pytest.fixture
def contact() -> Person:
    return holder_of(Role.CONTACT, "ON")


def faults_of(page: Page, address: str, *paths: str) -> dict[str, list[str]]:
    """Per page what is wrong with it; a page without faults is left out."""
    found = {}
    for path in paths:
        page.goto(f"{address}{path}")
        found[path] = faults(page)
    return {path: wrong for path, wrong in found.items() if wrong}


def test_public_pages_have_no_faults(page: Page, live_server: Any) -> None:
    paths = ("/privacy/", "/toegankelijkheid/", "/inloggen/wachtwoord/1/oud/")
    assert faults_of(page, live_server.url, *paths) == {}


def test_pages_of_ones_own_account_have_no_faults(page: Page, live_server: Any, head: Person, contact: Person) -> None:
    today = local_date(now())
    given = give_mandate(head, contact, unit("ON"), Mandate.Kind.OBJECT, from_date=today, until_date=today)
    sign_in(page, live_server.url, head)
    paths = ("", "mandaten/nieuw/", f"mandaten/{given.pk}/intrekken/", "wachtwoord/")
    assert faults_of(page, f"{live_server.url}/account/", *paths) == {}


def test_pages_of_the_organisation_have_no_faults(page: Page, live_server: Any, contact: Person) -> None:
    sign_in(page, live_server.url, holder_of(Role.ADMINISTRATOR))
    role, person = contact.assignments.get().pk, f"mensen/{contact.pk}/"
    paths = ("", "eenheden/ON/", "mensen/", "mensen/nieuw/", person, f"{person}rol/", f"rollen/{role}/beeindigen/")
    assert faults_of(page, f"{live_server.url}/organisatie/", *paths, f"{person}sluiten/") == {}


def test_typed_text_outlives_a_session_that_ended(page: Page, live_server: Any, head: Person, contact: Person) -> None:
    sign_in(page, live_server.url, head)
    page.goto(f"{live_server.url}/account/mandaten/nieuw/")
    fill_in_wrongly(page, contact)
    Session.objects.all().delete()
    page.get_by_role("button", name="Mandaat geven").click()
    sign_in_again(page, head)
    expect(page.get_by_role("heading", level=1)).to_have_text("Wat u typte, is bewaard")
    assert faults(page) == []
    page.get_by_role("button", name="Opnieuw versturen").click()
    expect(page.get_by_label("Vanaf")).to_have_value("2026-12-01")
    expect(page.get_by_role("main")).to_contain_text("De laatste dag ligt voor de eerste.")


def test_old_form_of_another_window_is_given_back(page: Page, live_server: Any, head: Person, contact: Person) -> None:
    sign_in(page, live_server.url, head)
    page.goto(f"{live_server.url}/account/mandaten/nieuw/")
    fill_in_wrongly(page, contact)
    other = page.context.new_page()
    other.goto(f"{live_server.url}/account/")
    other.get_by_role("button", name="Uitloggen").first.click()
    sign_in_again(other, head)
    page.get_by_role("button", name="Mandaat geven").click()
    expect(page.get_by_role("main")).to_contain_text("Dit formulier stond te lang open.")
    page.get_by_role("button", name="Opnieuw versturen").click()
    expect(page.get_by_label("Tot en met")).to_have_value("2015-01-01")


def test_browser_warns_before_the_session_ends_and_can_stay(
    page: Page, live_server: Any, head: Person, settings: Any
) -> None:
    settings.SESSION_ENDS_UNUSED = timedelta(minutes=15)
    page.clock.install()
    sign_in(page, live_server.url, head)
    warning, ended = page.get_by_text("U wordt zo uitgelogd"), page.get_by_text("U bent uitgelogd.")
    page.clock.run_for("12:50")
    expect(warning).to_be_hidden()
    page.clock.run_for("00:15")
    expect(warning).to_be_visible()
    assert faults(page) == []
    page.get_by_role("button", name="Ingelogd blijven").click()
    expect(warning).to_be_hidden()
    page.clock.run_for("14:59")
    expect(warning).to_be_visible()
    page.clock.run_for("00:06")
    expect(ended).to_be_visible()
    expect(warning).to_be_hidden()


def test_staying_after_the_session_has_ended_says_so(page: Page, live_server: Any, head: Person, settings: Any) -> None:
    settings.SESSION_ENDS_UNUSED = timedelta(minutes=15)
    page.clock.install()
    sign_in(page, live_server.url, head)
    page.clock.run_for("13:05")
    Session.objects.all().delete()
    page.get_by_role("button", name="Ingelogd blijven").click()
    expect(page.get_by_text("U bent uitgelogd.")).to_be_visible()


def fill_in_wrongly(page: Page, contact: Person) -> None:
    """A mandate that would end before it begins: sent again it still comes back."""
    page.get_by_label("Eenheid").select_option(label="Oost-Nederland")
    page.get_by_label("Contactpersoon").select_option(label=contact.number)
    page.get_by_label("Vanaf").fill("2026-12-01")
    page.get_by_label("Tot en met").fill("2015-01-01")


def sign_in_again(page: Page, person: Person) -> None:
    page.get_by_label("Personeelsnummer").fill(person.number)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Inloggen").click()
