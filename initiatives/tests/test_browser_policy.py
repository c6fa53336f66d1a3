"""A policy rule is changed by two people, in a real browser."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from bodycams.tests.browser import assert_accessible, assert_within_reach_of_the_keyboard, press
from initiatives.tests.factories import Cast
from initiatives.tests.test_policy_effects import FILED, filed
from organisation.policy import rules_on
from organisation.roles import Role
from organisation.tests.factories import holder_of

FREEZE = "aanschafstop"


TAKE = "form[data-main] button >> nth=0"


def press_and_look(page: Page, what: str) -> None:
    press(page, what)
    assert_accessible(page)


def propose(page: Page, number: str) -> None:
    page.goto("/beleid/?datum=2019-01-01")
    assert_accessible(page)
    press_and_look(page, f"main a[href='/beleid/regels/{FREEZE}/']")
    press_and_look(page, "text=Stel een nieuwe versie voor")
    page.fill("[name=valid_from]", FILED.isoformat())
    page.fill("[name=valid_until]", "2020-09-30")
    page.fill("[name=reasons]", "De aanbesteding begon eerder dan gedacht.")
    press_and_look(page, "text=Bekijk eerst de gevolgen")
    expect(page.locator("main")).to_contain_text(number)
    press_and_look(page, TAKE)
    expect(page.locator("main [role=status]")).to_contain_text("staat klaar")


def confirm(page: Page, number: str) -> None:
    page.goto("/beleid/")
    press_and_look(page, f"main a >> text={FREEZE} blokkeert vanaf 1 maart 2018")
    expect(page.locator("main")).to_contain_text("Geldt van 1 maart 2018 tot en met 31 mei 2018.")
    press_and_look(page, "text=Geef antwoord")
    expect(page.locator("main")).to_contain_text(number)
    assert_within_reach_of_the_keyboard(page)
    page.check("[name=outcome][value=geweigerd]")
    press_and_look(page, TAKE)
    expect(page.locator("main")).to_contain_text("Leg uit waarom u weigert.")
    page.check("[name=outcome][value=bevestigd]")
    press_and_look(page, TAKE)
    expect(page.locator("main")).to_contain_text("Geldt van 1 maart 2018 tot en met 31 mei 2018.")


def test_two_people_change_a_rule_and_see_what_it_does(
    logged_in_page: Callable[..., Page], transactional_db: None
) -> None:
    number = str(filed(Cast()).number)
    one, other = (logged_in_page(holder_of(Role.ADMINISTRATOR)) for _ in range(2))
    propose(one, number)
    assert FREEZE not in rules_on(FILED)
    confirm(other, number)
    assert FREEZE in rules_on(FILED)
    one.goto("/beleid/verschillen/")
    expect(one.locator("main")).to_contain_text(number)
    assert_accessible(one)
