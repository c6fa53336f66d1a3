"""A judge goes through a morning's recordings by the keyboard alone; who wore the camera ends the shift."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from bodycams.tests.browser import assert_accessible, assert_within_reach_of_the_keyboard, press
from organisation.roles import Role
from organisation.tests.factories import holder_of
from retention.clock import now
from retention.tests.factories import recording

LINGERS, LEAVES = 200, 500  # of static/js/pane.js


@pytest.fixture
def open_page(logged_in_page: Callable[..., Page], transactional_db: None) -> Callable[..., Page]:
    return logged_in_page


def test_a_judge_needs_no_mouse(open_page: Callable[..., Page]) -> None:
    for days_ago, name in ((26, "ON-1"), (20, "ON-2"), (3, "ON-3")):
        recording(days_ago, source_id=name, announced=days_ago != 20)
    recording(2, source_id="ON-4", place="woning")
    page = open_page(holder_of(Role.JUDGE, "ON"))
    page.goto("/opnamen/")
    expect(page.locator(".queue a")).to_have_text(["ON-4", "ON-1", "ON-2", "ON-3"])
    assert_accessible(page)
    assert_within_reach_of_the_keyboard(page)
    page.reload()
    for key, name in (("j", "ON-4"), ("j", "ON-1"), ("j", "ON-2"), ("k", "ON-1")):
        page.keyboard.press(key)
        expect(page.locator(".queue a", has_text=name)).to_be_focused()
    look_beside_the_list(page)
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator(".bulk")).to_contain_text("2 opnamen gekozen")
    with page.expect_navigation():
        page.keyboard.press("v")
    expect(page.locator("main")).to_contain_text("ON-1")
    expect(page.locator("main")).to_contain_text("ON-2")
    expect(page.locator("main")).not_to_contain_text("ON-3")


def look_beside_the_list(page: Page) -> None:
    """Into the recording beside the list and back; and never another than the one that somebody is at."""
    pane = page.get_by_role("region", name="De opname waar u bent")
    beside = pane.get_by_role("link", name="ON-1")
    for key, there in (("Enter", beside), ("Escape", page.locator(".queue a", has_text="ON-1"))):
        page.keyboard.press(key)
        expect(there).to_be_focused()
    expect(pane.get_by_role("status")).to_have_text("Opname ON-1 staat ernaast.")
    page.route("**/opnamen/*/", lambda route: route.abort())
    page.clock.install()
    page.clock.pause_at(datetime.now(UTC) + timedelta(days=1))
    page.keyboard.press("j")
    with page.expect_event("requestfailed"):
        page.clock.run_for(LINGERS)
    page.evaluate("() => fetch('/health/live').then((answer) => answer.text())")
    page.clock.run_for(LEAVES - 1)
    expect(pane.get_by_role("status")).to_have_text("Opname ON-1 staat ernaast.")  # the page may be on its way out
    page.clock.run_for(1)
    expect(pane.get_by_role("status")).to_contain_text("niet opgehaald")
    page.clock.resume()
    expect(beside).to_have_count(0)
    page.unroute("**/opnamen/*/")
    page.keyboard.press("k")
    expect(beside).to_be_visible()


def test_keys_can_be_switched_off_and_never_take_what_is_typed(open_page: Callable[..., Page]) -> None:
    recording(3, source_id="ON-1")
    page = open_page(holder_of(Role.JUDGE, "ON"))
    page.goto("/opnamen/")
    page.get_by_text("Zoeken en filteren").press("Enter")
    page.locator("[name=q]").press_sequentially("jxk")
    expect(page.locator("[name=q]")).to_have_value("jxk")
    page.get_by_role("button", name="Sneltoetsen uitzetten").press("Enter")
    page.reload()
    page.keyboard.press("j")
    expect(page.locator(".queue a")).not_to_be_focused()
    page.get_by_role("button", name="Sneltoetsen aanzetten").press("Enter")
    page.keyboard.press("j")
    expect(page.locator(".queue a")).to_be_focused()


def test_a_wearer_ends_the_shift(open_page: Callable[..., Page]) -> None:
    wearer = holder_of(Role.WEARER, "ON")
    recording(0, source_id="ON-1", wearer=wearer.number, file_seen_at=now())
    recording(0, source_id="ON-2", wearer=wearer.number, place="woning")
    recording(5, source_id="ON-3", wearer=wearer.number)
    page = open_page(wearer)
    page.goto("/opnamen/")
    expect(page.locator(".queue a")).to_have_text(["ON-1", "ON-2", "ON-3"])
    assert_accessible(page)
    press(page, "text=Onbruikbaar beeld")
    page.goto("/opnamen/")
    expect(page.locator(".shift li", has_text="ON-1")).to_contain_text("Niet noodzakelijk")
    press(page, ".shift li >> text=Terugdraaien")
    page.goto("/opnamen/")
    expect(page.locator(".shift li", has_text="ON-1")).to_contain_text("Onbruikbaar beeld")
    page.locator(".queue a", has_text="ON-1").click()
    expect(page.locator("h1")).to_have_text("Opname ON-1")
    assert_accessible(page)
