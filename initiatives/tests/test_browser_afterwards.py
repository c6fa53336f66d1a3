"""After approval, in a real browser: an experiment is reported on and evaluated, and others learn from it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from bodycams.tests.browser import assert_accessible, assert_within_reach_of_the_keyboard, press
from initiatives.choices import INDICATORS
from initiatives.models import Initiative
from initiatives.tests.factories import Cast, initiative
from initiatives.tests.pages import address
from initiatives.tests.test_evaluations import TRIAL, WHOLE, submitted
from organisation.roles import Role
from organisation.tests.factories import holder_of
from workflow.clock import local_date, now

LoggedIn = Callable[..., Page]
SEND = "form[data-main] button[type=submit] >> nth=0"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return Cast("ON")


@pytest.fixture
def subject(cast: Cast) -> Initiative:
    """An experiment that ends in three days."""
    today = local_date(now())
    ends = {"period_from": today - timedelta(days=60), "period_until": today + timedelta(days=3)}
    return initiative(cast, "goedgekeurd", **{**TRIAL, **ends})


def test_unit_reports_what_became_of_it(logged_in_page: LoggedIn, cast: Cast, subject: Initiative) -> None:
    page = logged_in_page(cast.contact)
    page.goto(address(subject, ""))
    press(page, "text=Uitvoering melden")
    assert_accessible(page)
    page.check("[name=outcome][value=uitgevoerd]")
    page.fill("[name=on_day]", str(local_date(now())))
    page.fill("[name=sentence]", "De camera’s zijn acht weken gedragen.")
    press(page, SEND)
    expect(page.locator("#uitvoering")).to_contain_text("De camera’s zijn acht weken gedragen.")


def test_experiment_is_evaluated(logged_in_page: LoggedIn, cast: Cast, subject: Initiative) -> None:
    page = logged_in_page(cast.contact)
    page.goto("/")
    expect(page.locator("main")).to_contain_text("nog 3 dagen")
    assert_accessible(page)
    press(page, "text=Evaluatie schrijven")
    assert_accessible(page)
    page.fill("[name=lessons]", "Begin met de honden.")
    press(page, "text=Concept bewaren")
    expect(page.locator("main")).to_contain_text("Het concept is bewaard.")
    page.evaluate("document.querySelectorAll('[required]').forEach((field) => field.removeAttribute('required'))")
    press(page, SEND)
    expect(page.locator(".error-summary")).to_be_focused()
    assert_accessible(page)
    assert_within_reach_of_the_keyboard(page)
    for name, words in WHOLE.items():
        if name != "advice":
            page.fill(f"[name={name}]", words)
    for box in ("advice][value=doorgaan", *(f"{key}_effect][value=beter" for key in INDICATORS)):
        page.check(f"[name={box}]")
    press(page, SEND)
    expect(page.locator("#uitvoering")).to_contain_text("Lees de hele evaluatie")
    assert_accessible(page)


def test_others_learn_from_it(logged_in_page: LoggedIn, cast: Cast, subject: Initiative) -> None:
    submitted(subject, cast)
    page = logged_in_page(holder_of(Role.CONTACT, "MN"))
    page.goto("/lessen/?q=honden")
    assert_accessible(page)
    press(page, f"main >> text={subject.title}")
    expect(page.locator("main")).to_contain_text("Meer licht.")
    assert_accessible(page)
