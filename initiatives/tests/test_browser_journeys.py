"""The journeys of the procedure, walked by everybody who plays a part, in a real browser: from concept to the last
word. What one journey walks in the browser, another has behind it when it begins; `test_browser_from_nothing.py` walks
the shortest way.
"""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bodycams.tests.browser import assert_accessible, assert_within_reach_of_the_keyboard, press
from initiatives.models import Initiative
from initiatives.procedure import Procedure
from initiatives.tests.factories import PLAYED_BY, TO_STATUS, Cast, concept, days_ago, walk
from initiatives.tests.pages import address, again
from initiatives.tests.typed import form_of
from workflow.steps import steps_of

TAKE = "form[data-main] button[type=submit] >> nth=0"

LoggedIn = Callable[..., Page]
LOOKED_AT = {
    "noodzaak_vaststellen": (),
    "beoordelen": TO_STATUS["aangemeld"],
    "goedkeuren": TO_STATUS["beoordeeld"],
    "bezwaar_maken": TO_STATUS["goedgekeurd"],
    "gegrond_verklaren": (*TO_STATUS["bezwaar"], "afstemming_vastleggen"),
}
"""Steps whose page is looked at here, empty and with errors, and what comes before."""


class Journey:
    """One file on its way; `people` are the browsers of those who play a part."""

    def __init__(self, logged_in_page: LoggedIn, cast: Cast, subject: Initiative, **options: Any) -> None:
        self.subject, self.cast = subject, cast
        self.open = lambda part: logged_in_page(getattr(cast, part), **options)
        self.people: dict[str, Page] = {}

    def of(self, part: str) -> Page:
        """The file, as somebody sees it now."""
        if part not in self.people:
            self.people[part] = self.open(part)
        self.people[part].goto(address(self.subject, ""))
        return self.people[part]

    def take(self, name: str, **changes: Any) -> Page:
        """Take a step from the file, as who plays it, and come back on the file."""
        page = self.of(PLAYED_BY[name])
        press(page, f".turn a[href$='/stap/{name}/']")
        fill_in(page, form_of(name, **changes))
        press(page, TAKE)
        expect(page).to_have_url(address(self.subject, ""))
        expect(page.locator("main [role=status]")).to_contain_text("U hebt")
        return page

    def came_to(self, status: str, at: datetime | None = None) -> "Journey":
        """The same journey, further on."""
        walk(self.cast, *TO_STATUS[status], start=self.subject, at=at)
        return self

    def go(self, *names: str) -> None:
        for name in names:
            self.take(name)

    @property
    def stands(self) -> tuple[str, str]:
        current = again(self.subject)
        return current.status, current.final_ground


def fill_in(page: Page, typed: dict[str, Any]) -> None:
    for name, value in typed.items():
        field = page.locator(f"form[data-main] [name={name}]")
        if field.first.get_attribute("type") in ("radio", "checkbox"):
            for one in value if isinstance(value, list) else [value]:
                page.check(f"[name={name}][value={one}]")
        else:
            for place, text in enumerate(value if isinstance(value, list) else [value]):
                field.nth(place).fill(text)


@pytest.fixture
def journey(logged_in_page: LoggedIn, transactional_db: None) -> Journey:
    cast = Cast()
    return Journey(logged_in_page, cast, concept(cast))


def test_rejected_objected_and_granted(journey: Journey) -> None:
    journey.came_to("beoordeeld").go("afwijzen", "bezwaar_maken")
    expect(journey.of("manager").locator(".turn")).to_contain_text(
        "De portefeuillehouder heeft nog geen zienswijze gegeven."
    )
    journey.go("afstemming_vastleggen", "gegrond_verklaren")
    assert journey.stands == ("goedgekeurd", "beslissing_op_bezwaar")


def test_rejected_objected_and_dismissed(journey: Journey) -> None:
    journey.came_to("bezwaar").go("verdagen", "afstemming_vastleggen", "ongegrond_verklaren")
    assert journey.stands == ("afgewezen", "beslissing_op_bezwaar")
    expect(journey.of("head").locator(".turn")).to_contain_text("Er is al bezwaar gemaakt. Dat kan één keer.")


def test_late_objection_that_is_not_admissible(journey: Journey) -> None:
    journey.came_to("afgewezen", at=days_ago(60)).take("bezwaar_maken", late_excuse="De brief kwam pas gisteren aan.")
    journey.take("afstemming_vastleggen", view="oneens")
    page = journey.take("ongegrond_verklaren", dictum="niet_ontvankelijk")
    expect(page.locator("main")).to_contain_text(
        "Te laat gemaakt. De eenheid zegt daarover: De brief kwam pas gisteren aan."
    )
    assert journey.stands == ("afgewezen", "beslissing_op_bezwaar")


def test_approved_with_refused_support_and_acquiesced(journey: Journey) -> None:
    journey.came_to("beoordeeld").go("goedkeuren", "berusten")
    assert journey.stands == ("goedgekeurd", "berusting")
    expect(journey.of("manager").locator(".turn")).to_contain_text("U hoeft hier nu niets te doen.")


def test_returned_supplemented_and_filed_again(journey: Journey) -> None:
    journey.came_to("aangemeld").go("terugsturen")
    page = journey.of("contact")
    expect(page.locator("#aanvullen")).to_contain_text("Het aantal klopt niet.")
    press(page, ".turn >> text=Formulier invullen >> nth=1")
    page.locator("details", has=page.locator("[name=description]")).locator("summary").first.click()
    page.fill("[name=description]", "De eenheid wil 12 bodycams, geen 16.")
    press(page, TAKE)
    journey.go("aanmelden")
    expect(journey.of("leader").locator(".turn a[href$='/stap/beoordelen/']")).to_have_count(1)
    assert journey.stands == ("aangemeld", "")


def test_withdrawn_without_any_script(logged_in_page: LoggedIn, transactional_db: None) -> None:
    cast = Cast()
    journey = Journey(logged_in_page, cast, concept(cast), java_script_enabled=False)
    journey.go("noodzaak_vaststellen", "aanmelden", "intrekken")
    assert journey.stands == ("ingetrokken", "")


@pytest.mark.parametrize(("name", "before"), LOOKED_AT.items())
def test_step_is_for_everybody_empty_and_with_errors(journey: Journey, name: str, before: tuple[str, ...]) -> None:
    walk(journey.cast, *before, start=journey.subject)
    page = journey.of(PLAYED_BY[name])
    press(page, f".turn a[href$='/stap/{name}/']")
    assert_accessible(page)
    page.evaluate("document.querySelectorAll('[required]').forEach((field) => field.removeAttribute('required'))")
    press(page, TAKE)
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page).to_have_title(re.compile("^Fout: "))
    assert_accessible(page)
    assert_within_reach_of_the_keyboard(page)


def test_every_refusal_on_the_way_says_why(journey: Journey) -> None:
    page = journey.came_to("goedgekeurd").of("leader")
    for name in steps_of(Procedure):
        page.goto(address(journey.subject, f"stap/{name}/"))
        expect(page.locator(".utrecht-alert--warning").first, name).to_be_visible()
    assert_accessible(page)
