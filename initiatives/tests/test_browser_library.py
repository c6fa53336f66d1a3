"""The library and the passing on of the procedure, in a real browser."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from bodycams.tests.browser import assert_accessible, assert_within_reach_of_the_keyboard, press
from bodycams.tests.files import PDF
from organisation.roles import Role
from organisation.tests.factories import holder_of

SEND = "form[data-main] button[type=submit] >> nth=0"


def test_version_is_added_and_downloaded(
    logged_in_page: Callable[..., Page], transactional_db: None, tmp_path: Path
) -> None:
    letter = tmp_path / "tweede-brief.pdf"
    letter.write_bytes(PDF)
    leader = logged_in_page(holder_of(Role.LEADER))
    leader.goto("/beleid/")
    press(leader, "text=Documenten van het beleid")
    assert_accessible(leader)
    press(leader, "text=Procedure nieuwe initiatieven bodycams")
    assert_accessible(leader)
    press(leader, "text=Nieuwe versie")
    assert_accessible(leader)
    leader.fill("[name=label]", "Tweede brief")
    leader.fill("[name=valid_from]", "2021-03-01")
    leader.fill("[name=citation]", "Kenmerk 2021/1")
    leader.set_input_files("[name=file]", letter)
    press(leader, SEND)
    assert_accessible(leader)
    assert_within_reach_of_the_keyboard(leader)
    with leader.expect_download() as fetched:
        leader.click("text=tweede-brief.pdf")
    assert Path(fetched.value.path()).read_bytes() == PDF


def test_head_confirms_that_the_procedure_was_passed_on(
    logged_in_page: Callable[..., Page], transactional_db: None
) -> None:
    head = logged_in_page(holder_of(Role.HEAD, "ON"))
    head.goto("/")
    assert_accessible(head)
    press(head, "text=Bevestigen dat de procedure is doorgegeven")
    assert_accessible(head)
    head.fill("[name=how]", "Besproken in het teamoverleg.")
    press(head, SEND)
    expect(head.locator("main")).to_contain_text("Besproken in het teamoverleg.")
    assert_accessible(head)
