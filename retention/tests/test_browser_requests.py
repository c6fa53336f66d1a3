"""The morning of a privacy officer, in a real browser: a request comes in, its recording is found and held, it is
decided, and its hold is looked at by another.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from bodycams.tests.browser import assert_accessible, press
from retention.models import Recording
from retention.tests.factories import recording, used
from retention.tests.hold_samples import officer
from retention.tests.request_samples import NAME, today
from retention.words import label_of
from workflow.clock import local_date

SEND = "form[data-main] button[type=submit] >> nth=0"


@pytest.fixture
def open_page(logged_in_page: Callable[..., Page], transactional_db: None) -> Callable[..., Page]:
    return logged_in_page


def receive(page: Page) -> None:
    page.goto("/")
    press(page, "nav >> text=Verzoeken")
    press(page, "text=Verzoek registreren")
    page.check("[name=kind][value=verwijdering]")
    page.fill("[name=received_on]", today().isoformat())
    page.check("[name=channel][value=brief]")
    for name, typed in {"name": NAME, "address": "Plein 1", "description": "Ik ben gefilmd op het plein."}.items():
        page.fill(f"[name={name}]", typed)
    press(page, SEND)
    expect(page.locator("main")).to_contain_text("Wie het vraagt")
    assert_accessible(page)


def find_and_link(page: Page, found: Recording) -> None:
    press(page, "text=Opname koppelen")
    page.fill("[name=dag]", local_date(used(3)).isoformat())
    press(page, "form.filters button >> text=Zoeken")
    page.check(f"text={label_of(found)}")
    assert_accessible(page)
    press(page, SEND)
    expect(page.locator("#opnamen")).to_contain_text("Opgeschort")


def decide(page: Page) -> None:
    press(page, "main .turn >> a >> text=Identiteit vaststellen")
    page.fill("[name=day]", today().isoformat())
    page.check("[name=by][value=identiteitsbewijs]")
    press(page, SEND)
    press(page, "main .turn >> a >> text=Besluiten")
    expect(page.locator("main")).to_contain_text("blijft er niets van de opname over")
    assert_accessible(page)
    page.check("[name=outcome][value=toegewezen]")
    page.check("[name=ends_in][value=vernietigen]")
    page.fill("[name=reasons]", "De opname is niet nodig.")
    press(page, SEND)
    expect(page.locator("#brieven")).to_contain_text("Besluit op uw verzoek")
    assert_accessible(page)


def look_again(page: Page, found: Recording) -> None:
    page.goto("/verzoeken/opschortingen/")
    press(page, f"text={label_of(found)}")
    press(page, "main .turn >> a >> text=Herbeoordelen")
    page.fill("[name=reasons]", "Er kan nog bezwaar komen.")
    press(page, SEND)
    expect(page.locator("#spoor")).to_contain_text("Er kan nog bezwaar komen.")
    assert_accessible(page)


def test_a_request_from_receipt_to_decision(open_page: Callable[..., Page]) -> None:
    found, one, other = recording(days_ago=3), open_page(officer()), open_page(officer())
    receive(one)
    find_and_link(one, found)
    decide(one)
    look_again(other, found)
