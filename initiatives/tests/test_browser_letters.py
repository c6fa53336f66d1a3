"""A decision in a real browser: the letter that comes with it is saved, and what it grants is followed as work."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page

from bodycams import heartbeat
from bodycams.tests.browser import assert_accessible, assert_within_reach_of_the_keyboard
from bodycams.tests.pdf_reader import Pdf
from initiatives.letters.making import make_letters
from initiatives.tests.factories import TO_STATUS, Cast, walk
from initiatives.tests.pages import address
from initiatives.views import letter
from workflow.clock import local_date, now

LoggedIn = Callable[..., Page]
PARTLY = {"goedkeuren": {"support_granted": ["inkoopproces"]}}


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return Cast()


def test_letter_is_announced_while_it_is_made_and_then_saved(
    logged_in_page: LoggedIn, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letter, "REFRESH", 600)  # it may not go away while it is looked at
    subject = walk(cast, *TO_STATUS["goedgekeurd"], given=PARTLY)
    page = logged_in_page(cast.head)
    page.goto(address(subject, ""))
    assert "de PDF wordt gemaakt" in page.inner_text("#brieven")
    heartbeat.write(heartbeat.WORKER)
    page.click("#brieven a")
    assert page.inner_text("h1") == "De brief wordt gemaakt"
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
    leader.click(f"th:has-text('{subject.number}') a")
    leader.click("text=Bijwerken")
    assert_accessible(leader)
    assert_within_reach_of_the_keyboard(leader)
    leader.check("[name=progress][value=loopt]")
    leader.fill("[name=due_on]", str(local_date(now()) + timedelta(days=21)))
    leader.fill("[name=note]", "De eisen zijn met de afdeling Inkoop besproken.")
    leader.click("form[data-main] button[type=submit] >> nth=0")
    assert "U hebt de ondersteuning bijgewerkt." in leader.inner_text("main")
    assert_accessible(leader)
    contact.goto(address(subject, ""))
    shown = contact.inner_text("#ondersteuning")
    assert "Loopt" in shown
    assert "nog 21 dagen" in shown
    assert "De eisen zijn met de afdeling Inkoop besproken." in shown
    assert_accessible(contact)
    contact.click("#ondersteuning a")
    assert "Inkoopproces" in contact.inner_text("h1")
