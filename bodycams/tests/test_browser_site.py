"""Typed text that outlives a session, and the warning before it ends, in a real browser."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from bodycams.tests.browser import assert_accessible, fill_in_the_door, log_in, press
from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import holder_of


@pytest.fixture
def head() -> Person:
    return holder_of(Role.HEAD, "ON")


@pytest.fixture
def contact() -> Person:
    return holder_of(Role.CONTACT, "ON")


def test_typed_text_outlives_a_session_that_ended(page: Page, head: Person, contact: Person) -> None:
    log_in(page, head)
    page.goto("/account/mandaten/nieuw/")
    fill_in_wrongly(page, contact)
    Session.objects.all().delete()
    press(page, page.get_by_role("button", name="Mandaat geven"))
    fill_in_the_door(page, head)
    expect(page.get_by_role("heading", level=1)).to_have_text("Wat u typte, is bewaard")
    assert_accessible(page)
    press(page, page.get_by_role("button", name="Opnieuw versturen"))
    expect(page.get_by_label("Vanaf")).to_have_value("2026-12-01")
    expect(page.get_by_role("main")).to_contain_text("De laatste dag ligt voor de eerste.")


def test_old_form_of_another_window_is_given_back(page: Page, head: Person, contact: Person) -> None:
    log_in(page, head)
    page.goto("/account/mandaten/nieuw/")
    fill_in_wrongly(page, contact)
    other = page.context.new_page()
    other.goto("/account/")
    press(other, other.get_by_role("button", name="Uitloggen").first)
    fill_in_the_door(other, head)
    press(page, page.get_by_role("button", name="Mandaat geven"))
    expect(page.get_by_role("main")).to_contain_text("Dit formulier stond te lang open.")
    press(page, page.get_by_role("button", name="Opnieuw versturen"))
    expect(page.get_by_label("Tot en met")).to_have_value("2015-01-01")


def test_browser_warns_before_the_session_ends_and_can_stay(page: Page, head: Person, settings: Any) -> None:
    settings.SESSION_ENDS_UNUSED = timedelta(minutes=15)
    page.clock.install()
    log_in(page, head)
    warning, ended = page.get_by_text("U wordt zo uitgelogd"), page.get_by_text("U bent uitgelogd.")
    page.clock.run_for("12:50")
    expect(warning).to_be_hidden()
    page.clock.run_for("00:15")
    expect(warning).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Ingelogd blijven").click()
    expect(warning).to_be_hidden()
    page.clock.run_for("14:59")
    expect(warning).to_be_visible()
    page.clock.run_for("00:06")
    expect(ended).to_be_visible()
    expect(warning).to_be_hidden()


def test_use_in_another_window_counts(page: Page, head: Person, settings: Any) -> None:
    settings.SESSION_ENDS_UNUSED = timedelta(minutes=15)
    page.clock.install()
    log_in(page, head)
    page.clock.run_for("12:00")
    other = page.context.new_page()
    other.clock.install(time=page.evaluate("Date.now()"))
    other.goto("/account/")
    page.clock.run_for("02:00")
    expect(page.get_by_text("U wordt zo uitgelogd")).to_be_hidden()


def test_staying_after_the_session_has_ended_says_so(page: Page, head: Person, settings: Any) -> None:
    settings.SESSION_ENDS_UNUSED = timedelta(minutes=15)
    page.clock.install()
    log_in(page, head)
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
