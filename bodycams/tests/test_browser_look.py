"""The look in a real browser: what it does by keyboard, without scripts, and on paper.

That every page is sound is tried in `test_pages.py`.
"""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from organisation.tests.factories import person

RING = """() => {
  const element = document.activeElement, style = getComputedStyle(element)
  return [element.outerHTML.slice(0, 80), `${style.outlineStyle} ${style.outlineWidth}`]
}"""
WHERE_A_ROW_STANDS = """() => {
  const row = document.querySelector(".queue--choose > li")
  const place = (part) => row.querySelector(part).getBoundingClientRect()
  return [place(".term__left").right, place("a").left]
}"""


def test_every_stop_of_the_keyboard_has_the_same_ring(logged_in_page: Callable[..., Page]) -> None:
    page = logged_in_page(person())
    page.goto("/galerij/")
    stops = page.locator("a[href], button, input:not([type=hidden]), select, textarea, summary").count()
    for _ in range(stops // 2):
        page.keyboard.press("Tab")
        element, ring = page.evaluate(RING)
        assert ring == "solid 3px", element


def test_icons_are_drawn_from_the_sprite(page: Page) -> None:
    page.goto("/inloggen/")
    page.wait_for_function("document.querySelector('main .icon use').getBoundingClientRect().width > 5")


def test_menu_of_a_phone_opens_and_closes_without_scripts(logged_in_page: Callable[..., Page]) -> None:
    page = logged_in_page(person(), java_script_enabled=False)
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/")
    log_out = page.get_by_role("navigation").get_by_role("button", name="Uitloggen")
    expect(log_out).to_be_hidden()
    page.get_by_role("link", name="Menu", exact=True).click()
    expect(log_out).to_be_visible()
    page.get_by_role("link", name="Menu sluiten").click()
    expect(log_out).to_be_hidden()


def test_paper_shows_what_was_folded_and_not_what_can_only_be_clicked(logged_in_page: Callable[..., Page]) -> None:
    page = logged_in_page(person())
    page.goto("/galerij/")
    page.emulate_media(media="print")
    expect(page.get_by_text("Zes weken daarna is dinsdag 1 december 2026").first).to_be_visible()
    expect(page.get_by_role("button", name="Zoeken").first).to_be_hidden()
    expect(page.get_by_role("navigation", name="Hoofdmenu")).to_be_hidden()
    expect(page.locator(".nl-button").first).to_be_hidden()
    terms_end, names_begin = page.evaluate(WHERE_A_ROW_STANDS)
    assert terms_end <= names_begin
