"""The form of a concept in a real browser: what its script folds and opens, and what it does without."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bodycams.tests.browser import assert_accessible, assert_within_reach_of_the_keyboard, press
from initiatives.models import Initiative
from initiatives.tests.factories import Cast, concept, walk
from initiatives.tests.pages import address, again
from organisation.roles import Role
from organisation.tests.factories import holder_of

SAVE = "main form[data-main] button[type=submit] >> nth=0"
LIES_CLEAR = """() => {
  const bar = document.querySelector(".save-bar"), field = document.activeElement;
  const covered = field.getBoundingClientRect().top > bar.getBoundingClientRect().top;
  return !covered || !bar.closest("form").contains(field) || bar.contains(field);
}"""

LoggedIn = Callable[..., Page]


@pytest.fixture
def cast() -> Cast:
    return Cast()


def test_unit_begins_an_initiative_and_is_told_what_is_wrong(cast: Cast, logged_in_page: LoggedIn) -> None:
    page = logged_in_page(cast.contact)
    page.goto("/initiatieven/nieuw/")
    page.check("text=Bodycams kopen, of er bodycams bij kopen.")
    press(page, SAVE)
    page.fill("[name=title]", "Bodycams op het water")
    page.fill("[name=amount]", "ongeveer 56.000")
    press(page, SAVE)
    expect(page.locator(".error-summary")).to_be_focused()
    page.click("text=Bedrag: Vul alleen cijfers in")
    expect(page.locator("[name=amount]")).to_be_focused()
    assert_accessible(page)
    assert_within_reach_of_the_keyboard(page)
    page.fill("[name=amount]", "56.000")
    press(page, SAVE)
    expect(page.locator(".save-bar")).to_contain_text("Er gaat niets verloren.")
    assert (Initiative.objects.get().title, Initiative.objects.get().amount) == ("Bodycams op het water", 56_000)


def test_what_no_chosen_kind_asks_for_is_left_out_unless_it_is_filled_in(cast: Cast, logged_in_page: LoggedIn) -> None:
    page = logged_in_page(cast.contact)
    page.goto(address(concept(cast, title="")))
    expect(page.locator("[name=research_question]")).to_be_hidden()
    page.check("[name=kinds][value=experiment]")
    page.fill("[name=research_question]", "Werkt het?")
    page.uncheck("[name=kinds][value=experiment]")
    expect(page.locator("[name=research_question]")).to_be_visible()
    page.fill("[name=research_question]", "")
    page.check("[name=kinds][value=ontwikkeling]")
    expect(page.locator("[name=research_question]")).to_be_hidden()


def test_link_to_a_field_opens_its_part(cast: Cast, logged_in_page: LoggedIn) -> None:
    page = logged_in_page(cast.contact)
    page.goto(f"{address(concept(cast))}#id_amount")
    expect(page.locator("[name=amount]")).to_be_visible()
    expect(page.locator("[name=title]")).to_be_hidden()
    page.click("nav[aria-label='Delen van het formulier'] >> text=1. Melding")
    page.evaluate("location.hash = 'id_title'")
    page.wait_for_selector("[name=title]", state="visible")


def test_no_field_that_has_the_focus_lies_behind_the_save_bar(cast: Cast, logged_in_page: LoggedIn) -> None:
    page = logged_in_page(cast.contact)
    page.set_viewport_size({"width": 390, "height": 700})
    page.goto(address(concept(cast, title="", tasks=[], vendor="")))
    page.focus("[name=unit]")
    for _ in range(60):
        page.keyboard.press("Tab")
        page.wait_for_function(LIES_CLEAR)


def test_without_scripts_everything_is_shown_and_can_be_saved(cast: Cast, logged_in_page: LoggedIn) -> None:
    page = logged_in_page(cast.contact, java_script_enabled=False)
    subject = concept(cast, title="")
    page.goto(address(subject))
    expect(page.locator("[name=research_question]")).to_be_visible()
    page.fill("[name=title]", "Zonder script")
    press(page, SAVE)
    assert again(subject).title == "Zonder script"


def test_two_people_choose_between_their_texts(cast: Cast, logged_in_page: LoggedIn) -> None:
    mine, theirs = logged_in_page(cast.contact), logged_in_page(holder_of(Role.CONTACT, "ON"))
    subject: Any = concept(cast, title="")
    for page, title in ((mine, "Van mij"), (theirs, "Van de ander")):
        page.goto(address(subject))
        page.fill("[name=title]", title)
    press(theirs, SAVE)
    press(mine, SAVE)
    expect(mine.locator("h1")).to_contain_text("Er zijn twee teksten")
    assert_accessible(mine)
    assert_within_reach_of_the_keyboard(mine)
    mine.check("text=Bewaarde tekst")
    press(mine, SAVE)
    assert again(subject).title == "Van de ander"


def test_lapse_of_the_necessity_is_asked_first(cast: Cast, logged_in_page: LoggedIn) -> None:
    subject = walk(cast, "noodzaak_vaststellen")
    page = logged_in_page(cast.contact)
    page.goto(f"{address(subject)}#id_amount")
    page.fill("[name=amount]", "20000")
    press(page, SAVE)
    expect(page.locator("main")).to_contain_text("De noodzaak vervalt als u dit bewaart")
    expect(page.locator("[name=amount]")).to_be_visible()
    assert_accessible(page)
    press(page, "text=Bewaren, de noodzaak vervalt")
    page.wait_for_selector("text=Vult de politiechef in >> nth=0", state="attached")
    assert again(subject).necessity is None
