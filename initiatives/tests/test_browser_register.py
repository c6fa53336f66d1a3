"""Somebody searches the register, saves the selection, finds it back, gives it another name and takes it away."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from bodycams.tests.browser import assert_accessible, assert_within_reach_of_the_keyboard, press
from initiatives.tests.factories import Cast, initiative

SEND = "form[data-main] button[type=submit] >> nth=0"


@pytest.fixture
def open_page(logged_in_page: Callable[..., Page], transactional_db: None) -> Callable[..., Page]:
    return logged_in_page


def test_a_search_is_saved_found_back_and_taken_away(open_page: Callable[..., Page]) -> None:
    cast = Cast("ON")
    initiative(cast, "aangemeld", title="Bodycams voor hondengeleiders")
    page = open_page(cast.head)
    page.goto("/initiatieven/")
    page.fill("form.filters [name=q]", "hondengeleider bodycam")
    press(page, "form.filters button >> text=Zoeken")
    expect(page.locator("a.cell-title mark")).to_have_text(["Bodycams", "hondengeleiders"])
    assert_accessible(page)
    press(page, "text=Deze selectie bewaren")
    assert_accessible(page)
    page.fill("[name=name]", "Honden")
    press(page, SEND)
    expect(page.locator("main")).to_contain_text("De selectie is bewaard als ‘Honden’.")
    page.locator("summary", has_text="Bewaarde selecties (1)").press("Enter")
    expect(page.locator(".saved-selections [aria-current]")).to_have_text("Honden")
    assert_accessible(page)
    press(page, "text=Namen veranderen of weghalen")
    assert_accessible(page)
    assert_within_reach_of_the_keyboard(page)
    press(page, "main >> text=Andere naam")
    assert_accessible(page)
    page.fill("[name=name]", "Hondengeleiders")
    press(page, SEND)
    press(page, "main table >> text=Weghalen")
    assert_accessible(page)
    press(page, SEND)
    expect(page.locator("main")).to_contain_text("U hebt nog geen selectie bewaard.")
    assert_accessible(page)
