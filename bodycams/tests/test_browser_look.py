"""The look in a real browser: gallery, entrance and the pages that say no; wide and narrow, by keyboard, on paper."""

from typing import Any

import pytest

from bodycams.tests.browser import faults, sign_in
from organisation.tests.factories import person

PATHS = ("/galerij/", "/bestaat-niet/")
RING = """() => {
  const element = document.activeElement, style = getComputedStyle(element)
  return [element.outerHTML.slice(0, 80), `${style.outlineStyle} ${style.outlineWidth}`]
}"""


@pytest.fixture
def said(page: Any) -> list[str]:
    """What the browser complains of: files that do not come, and what the content security policy forbids."""
    complaints: list[str] = []
    page.on("requestfailed", lambda request: complaints.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if "Security Policy" in message.text else None)
    return complaints


def test_pages_load_nothing_that_is_missing_or_forbidden(page: Any, live_server: Any, said: list[str]) -> None:
    sign_in(page, live_server.url, person())
    for path in PATHS:
        page.goto(live_server.url + path, wait_until="networkidle")
    assert said == []


def test_entrance_is_sound(page: Any, live_server: Any) -> None:
    page.goto(f"{live_server.url}/inloggen/")
    assert faults(page) == []


@pytest.mark.parametrize("path", PATHS)
def test_page_is_sound(page: Any, live_server: Any, path: str) -> None:
    sign_in(page, live_server.url, person())
    page.goto(live_server.url + path)
    assert faults(page) == []


def test_every_stop_of_the_keyboard_is_seen(page: Any, live_server: Any) -> None:
    sign_in(page, live_server.url, person())
    page.goto(f"{live_server.url}/galerij/")
    stops = page.locator("a[href], button, input:not([type=hidden]), select, textarea, summary").count()
    for _ in range(stops // 2):
        page.keyboard.press("Tab")
        element, ring = page.evaluate(RING)
        assert ring == "solid 3px", element


def test_icons_are_drawn_from_the_sprite(page: Any, live_server: Any) -> None:
    page.goto(f"{live_server.url}/inloggen/")
    page.wait_for_function("document.querySelector('main .icon use').getBoundingClientRect().width > 5")


def test_menu_of_a_phone_opens_and_closes_without_scripts(browser: Any, live_server: Any) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_server.url, person())
    log_out = page.get_by_role("navigation").get_by_role("button", name="Uitloggen")
    assert not log_out.is_visible()
    page.get_by_role("link", name="Menu", exact=True).click()
    assert log_out.is_visible()
    page.get_by_role("link", name="Menu sluiten").click()
    assert not log_out.is_visible()
    context.close()


def test_paper_shows_what_was_folded_and_not_what_can_only_be_clicked(page: Any, live_server: Any) -> None:
    sign_in(page, live_server.url, person())
    page.goto(f"{live_server.url}/galerij/")
    page.emulate_media(media="print")
    assert page.get_by_text("Zes weken daarna is dinsdag 1 december 2026").first.is_visible()
    assert not page.get_by_role("button", name="Zoeken").first.is_visible()
    assert not page.get_by_role("navigation", name="Hoofdmenu").is_visible()
