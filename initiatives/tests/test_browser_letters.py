"""A decision in a real browser: the letter that comes with it is saved, and what it grants is followed as work."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from bodycams import heartbeat
from bodycams.tests.browser import assert_accessible, assert_within_reach_of_the_keyboard, press
from bodycams.tests.pdf_reader import Pdf
from initiatives.letters.making import make_letters
from initiatives.tests.factories import TO_STATUS, Cast, walk
from initiatives.tests.pages import address
from workflow.clock import local_date, now

LoggedIn = Callable[..., Page]
PARTLY = {"goedkeuren": {"support_granted": ["inkoopproces"]}}


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return Cast()


def test_letter_is_announced_while_it_is_made_and_then_saved(logged_in_page: LoggedIn, cast: Cast) -> None:
    subject = walk(cast, *TO_STATUS["goedgekeurd"], given=PARTLY)
    page = logged_in_page(cast.head)
    page.goto(address(subject, ""))
    expect(page.locator("#brieven")).to_contain_text("de PDF wordt gemaakt")
    heartbeat.write(heartbeat.WORKER)
    press(page, "#brieven a")
    expect(page.locator("h1")).to_have_text("De brief wordt gemaakt")
    assert_accessible(page)
    make_letters(now())
    heartbeat.forget()
    page.goto(address(subject, ""))
    assert_accessible(page)
    with page.expect_download() as download:
        page.click("#brieven a >> text=Besluit op uw aanmelding")
    assert download.value.suggested_filename == f"{subject.number}-brief-1.pdf"
    paper = Pdf(download.value.path().read_bytes())
    assert "Ik verleen één soort ondersteuning die u vroeg: inkoopproces." in paper.root.text


def test_support_is_taken_up_and_its_unit_sees_it(logged_in_page: LoggedIn, cast: Cast) -> None:
    subject = walk(cast, *TO_STATUS["goedgekeurd"], given=PARTLY)
    leader, contact = logged_in_page(cast.leader), logged_in_page(cast.contact)
    leader.goto("/ondersteuning/")
    assert_accessible(leader)
    press(leader, f"th:has-text('{subject.number}') a")
    press(leader, "text=Bijwerken")
    assert_accessible(leader)
    assert_within_reach_of_the_keyboard(leader)
    leader.check("[name=progress][value=loopt]")
    leader.fill("[name=due_on]", str(local_date(now()) + timedelta(days=21)))
    leader.fill("[name=note]", "De eisen zijn met de afdeling Inkoop besproken.")
    press(leader, "form[data-main] button[type=submit] >> nth=0")
    expect(leader.locator("main")).to_contain_text("U hebt de ondersteuning bijgewerkt.")
    assert_accessible(leader)
    contact.goto(address(subject, ""))
    shown = contact.inner_text("#ondersteuning")
    assert "Loopt" in shown
    assert "nog 21 dagen" in shown
    assert "De eisen zijn met de afdeling Inkoop besproken." in shown
    assert_accessible(contact)
    press(contact, "#ondersteuning a")
    expect(contact.locator("h1")).to_contain_text("Inkoopproces")
