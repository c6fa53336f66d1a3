"""A question asked, answered and found again, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from bodycams.tests.browser import assert_accessible, assert_within_reach_of_the_keyboard
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
    contact.click("#vragen >> text=Stel een vraag")
    assert_accessible(contact)
    contact.fill("[name=title]", "Wie betaalt de opleiding?")
    contact.fill("[name=text]", "Wij leiden 40 dragers op. Komt dat uit het budget van de eenheid?")
    contact.click(SEND)
    assert "nog geen antwoord" in contact.inner_text("main")
    assert_accessible(contact)

    leader.goto("/")
    for step in ("1 vraag beantwoorden", "Wie betaalt de opleiding?", "Beantwoorden"):
        leader.click(f"main >> text={step}")
    assert_accessible(leader)
    leader.fill("[name=text]", "Ja, de opleiding betaalt de eenheid zelf.")
    leader.click(SEND)
    assert_accessible(leader)

    contact.goto(place)
    assert "Ja, de opleiding betaalt de eenheid zelf." in contact.inner_text("#vragen")
    assert_accessible(contact)


def test_answered_question_is_found_by_its_words(open_page: Callable[..., Page]) -> None:
    cast = Cast("ON")
    question = ask(cast.contact, "Opleiding", "Wie betaalt?", at=now())
    answer(question, "Ja, de opleiding betaalt de eenheid zelf.", person=cast.leader, at=now())
    page = open_page(cast.head)
    page.goto("/vragen/")
    page.fill("[name=q]", "opleidingen eenheid")
    page.click("form.filters button >> text=Zoeken")
    assert "Ja, de opleiding betaalt de eenheid zelf." in page.inner_text("main")
    assert_accessible(page)
    assert_within_reach_of_the_keyboard(page)
