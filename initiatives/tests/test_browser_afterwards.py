"""After approval, in a real browser: an experiment is reported on and evaluated, and others learn from it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page

from bodycams.tests.browser import assert_accessible, assert_within_reach_of_the_keyboard
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
    page.click("text=Uitvoering melden")
    assert_accessible(page)
    page.check("[name=outcome][value=uitgevoerd]")
    page.fill("[name=on_day]", str(local_date(now())))
    page.fill("[name=sentence]", "De camera’s zijn acht weken gedragen.")
    page.click(SEND)
    assert "De camera’s zijn acht weken gedragen." in page.inner_text("#uitvoering")


def test_experiment_is_evaluated(logged_in_page: LoggedIn, cast: Cast, subject: Initiative) -> None:
    page = logged_in_page(cast.contact)
    page.goto("/")
    assert "nog 3 dagen" in page.inner_text("main")
    assert_accessible(page)
    page.click("text=Evaluatie schrijven")
    assert_accessible(page)
    page.fill("[name=lessons]", "Begin met de honden.")
    page.click("text=Concept bewaren")
    assert "Het concept is bewaard." in page.inner_text("main")
    page.evaluate("document.querySelectorAll('[required]').forEach((field) => field.removeAttribute('required'))")
    page.click(SEND)
    assert page.evaluate("document.activeElement.matches('.error-summary')")
    assert_accessible(page)
    assert_within_reach_of_the_keyboard(page)
    for name, words in WHOLE.items():
        if name != "advice":
            page.fill(f"[name={name}]", words)
    for box in ("advice][value=doorgaan", *(f"{key}_effect][value=beter" for key in INDICATORS)):
        page.check(f"[name={box}]")
    page.click(SEND)
    assert "Lees de hele evaluatie" in page.inner_text("#uitvoering")
    assert_accessible(page)


def test_others_learn_from_it(logged_in_page: LoggedIn, cast: Cast, subject: Initiative) -> None:
    submitted(subject, cast)
    page = logged_in_page(holder_of(Role.CONTACT, "MN"))
    page.goto("/lessen/?q=honden")
    assert_accessible(page)
    page.click(f"main >> text={subject.title}")
    assert "Meer licht." in page.inner_text("main")
    assert_accessible(page)
