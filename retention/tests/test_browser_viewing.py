"""Seeing a recording in a real browser, by keyboard: purpose, player, and the end of the quarter of an hour."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from bodycams.tests.browser import assert_accessible, assert_within_reach_of_the_keyboard, press
from organisation.roles import Role
from organisation.tests.factories import holder_of
from retention.tests.stored import VIDEO, a_storage, stored

LATER = """
UPDATE retention_viewing SET at = at - interval '15 minutes', valid_until = valid_until - interval '15 minutes'
"""


def test_a_judge_says_why_and_plays_and_seeks_by_keyboard(
    logged_in_page: Callable[..., Page], transactional_db: None, owner: Any, tmp_path: Path
) -> None:
    with a_storage(tmp_path):
        found = stored(VIDEO.read_bytes())
        page = logged_in_page(holder_of(Role.JUDGE, "ON"))
        page.goto(f"/opnamen/{found.pk}/bekijken/")
        assert_accessible(page)
        page.get_by_label("beoordelen of de opname noodzakelijk is").press("Space")
        page.get_by_label("Waarom is dat nodig?").fill("De dienst van gisteren.")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**/opnamen/bekijken/*/")
        video = page.locator("video")
        expect(video).to_have_js_property("readyState", 4)
        expect(video).to_have_js_property("duration", 8)
        assert_accessible(page)
        assert_within_reach_of_the_keyboard(page)
        video.evaluate("video => { video.currentTime = 6 }")
        expect(video).to_have_js_property("currentTime", 6)
        expect(video).to_have_js_property("seeking", False)
        video.focus()
        page.keyboard.press("Space")
        expect(video).to_have_js_property("ended", True)
        owner(LATER)
        page.reload()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Uw tijd om te kijken is voorbij")
        assert page.request.get(page.url + "beeld").status == 410
        press(page, "text=Opnieuw een doel noemen")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Opname bekijken")
