"""A judge's morning in a real browser, with hands on the keyboard: one recording kept, the next on the list, the rest
judged together.
"""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from bodycams.tests.browser import assert_accessible, assert_within_reach_of_the_keyboard
from organisation.roles import Role
from organisation.tests.factories import holder_of
from retention.models import Judgement
from retention.tests.factories import recording
from retention.tests.states import anew, today


def keys(page: Page, *pressed: str) -> None:
    for key in pressed:
        page.keyboard.press(key)


def say_why(page: Page) -> None:
    """Ground, purpose, case, last day and reasons; and on to the next."""
    page.locator("[name=ground]").first.focus()
    keys(page, "Space", "Tab", "Space", "Tab")
    page.keyboard.type("PL-2026-12")
    page.locator("[name=keep_until]").fill(today().replace(year=today().year + 1, day=1).isoformat())
    page.locator("[name=reasons]").focus()
    page.keyboard.type("De aanhouding staat erop.")
    page.get_by_role("button", name="Opslaan en volgende opname").focus()
    keys(page, "Enter")


def test_a_morning_of_judging_by_keyboard(logged_in_page: Callable[..., Page], transactional_db: None) -> None:
    first, others = recording(20), [recording(9), recording(8)]
    judge = holder_of(Role.JUDGE, "ON")
    page = logged_in_page(judge)
    page.goto("/opnamen/")
    keys(page, "j", "n")
    expect(page.locator("h1")).to_have_text("Noodzakelijk verklaren")
    assert_accessible(page)
    assert_within_reach_of_the_keyboard(page)
    say_why(page)
    expect(page.locator("h1")).to_have_text(f"Opname {others[0].source_id}")
    expect(page.get_by_role("status")).to_contain_text("noodzakelijk verklaard")
    assert anew(first).case_reference == "PL-2026-12"
    keys(page, "v")
    expect(page.locator("h1")).to_have_text("Niet noodzakelijk verklaren")

    page.goto(f"/opnamen/?q={others[0].source_id}")
    keys(page, "j", "x")
    expect(page.locator("[data-chosen]")).to_have_text("1 opname gekozen")
    page.evaluate("to => location.assign(to)", f"/opnamen/?q={others[1].source_id}")
    expect(page.locator("[data-chosen]")).to_have_text("1 opname gekozen, waarvan 1 op een andere bladzijde")
    keys(page, "j", "x")
    keys(page, "v")
    expect(page.locator("h1")).to_have_text("Samen niet noodzakelijk verklaren")
    assert_accessible(page)
    assert_within_reach_of_the_keyboard(page)
    page.locator("[name=reason_code]").first.focus()
    keys(page, "Space", "Enter")
    expect(page.get_by_role("status")).to_contain_text("2 opnamen zijn niet noodzakelijk verklaard")
    assert Judgement.objects.filter(recording__in=others, person=judge, reason_code="onbruikbaar_beeld").count() == 2
