"""A question asked, answered and found again, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from bodycams.tests.browser import assert_accessible, assert_within_reach_of_the_keyboard, press
from initiatives.questions import answer, ask
from initiatives.tests.factories import Cast, initiative
from initiatives.tests.pages import address
from workflow.clock import now

SEND = "form[data-main] button[type=submit] >> nth=0"


@pytest.fixture
def open_page(logged_in_page: Callable[..., Page], transactional_db: None) -> Callable[..., Page]:
    return logged_in_page


def test_question_on_a_file_is_asked_answered_and_found(open_page: Callable[..., Page]) -> None:
    cast = Cast("ON")
    contact, leader, place = open_page(cast.contact), open_page(cast.leader), address(initiative(cast, "aangemeld"), "")
    contact.goto(place)
    press(contact, "#vragen >> text=Stel een vraag")
    assert_accessible(contact)
    contact.fill("[name=title]", "Wie betaalt de opleiding?")
    contact.fill("[name=text]", "Wij leiden 40 dragers op. Komt dat uit het budget van de eenheid?")
    press(contact, SEND)
    expect(contact.locator("main")).to_contain_text("nog geen antwoord")
    assert_accessible(contact)

    leader.goto("/")
    for step in ("1 vraag beantwoorden", "Wie betaalt de opleiding?", "Beantwoorden"):
        press(leader, f"main >> text={step}")
    assert_accessible(leader)
    leader.fill("[name=text]", "Ja, de opleiding betaalt de eenheid zelf.")
    press(leader, SEND)
    assert_accessible(leader)

    contact.goto(place)
    expect(contact.locator("#vragen")).to_contain_text("Ja, de opleiding betaalt de eenheid zelf.")
    assert_accessible(contact)


def test_answered_question_is_found_by_its_words(open_page: Callable[..., Page]) -> None:
    cast = Cast("ON")
    question = ask(cast.contact, "Opleiding", "Wie betaalt?", at=now())
    answer(question, "Ja, de opleiding betaalt de eenheid zelf.", person=cast.leader, at=now())
    page = open_page(cast.head)
    page.goto("/vragen/")
    page.fill("[name=q]", "opleidingen eenheid")
    press(page, "form.filters button >> text=Zoeken")
    expect(page.locator("main")).to_contain_text("Ja, de opleiding betaalt de eenheid zelf.")
    assert_accessible(page)
    assert_within_reach_of_the_keyboard(page)
