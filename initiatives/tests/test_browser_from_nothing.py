"""From an empty register to the overview as PDF in a real browser: the scope check, the form, the steps that follow,
and the download. Then what `test_browser_journeys.py` leaves: an objection taken back, a file resumed, a step taken by
keyboard alone.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from bodycams.tests.browser import assert_accessible, press
from bodycams.tests.pdf_checks import faults
from bodycams.tests.pdf_reader import Pdf
from initiatives.models import Initiative
from initiatives.tests import test_browser_journeys
from initiatives.tests.factories import TO_STATUS, Cast, days_ago, initiative, walk
from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import holder_of
from workflow.clock import local_date, now

CONCEPT = {
    "title": "Bodycams in de horeca van Arnhem",
    "description": "Drie basisteams willen bodycams dragen tijdens horecadiensten.",
    "cameras_now": "4",
    "cameras_requested": "12",
    "vendor": "Zepcam",
    "model_name": "T3",
    "amount": "18.500,00",
    "cost_centre": "401233",
    "costs_accepted": True,
    "tasks": ["a", "e"],
    "purposes": ["de_escalatie"],
    "places": ["openbare_weg"],
    "proportionality": "De camera gaat alleen aan bij dreigend geweld.",
    "announcement": "De drager zegt vooraf dat de camera aangaat.",
    "requested_support": ["inkoopproces", "ict_integratie"],
}
ASSESSMENT: dict[str, Any] = {
    **dict.fromkeys(("technical", "organisational", "legal", "political"), "ja"),
    **dict.fromkeys(("harmonisation", "uniformity", "standardisation", "fit_technical", "fit_policy"), "deels"),
    **{f"principle_{number}": "voldoet" for number in range(1, 12)},
    **{f"principle_{number}_note": "Dat is buiten het dossier om afgesproken." for number in range(1, 12)},
}
LOOKED_AT = {*test_browser_journeys.LOOKED_AT}
"""Steps whose page axe has seen, there or in this run."""


class Players:
    """The people of one unit and the national roles, each with a browser of their own, around one file."""

    def __init__(self, cast: Cast, logged_in_page: Callable[[Person], Page]) -> None:
        self.cast, self._open = cast, logged_in_page
        self._pages: dict[str, Page] = {}
        self.file = 0

    def page_of(self, part: str) -> Page:
        if part not in self._pages:
            self._pages[part] = self._open(getattr(self.cast, part))
        return self._pages[part]

    def takes(self, part: str, step: str, **fields: Any) -> Page:
        """Open the file, follow the button of the step, fill in its form, and take it."""
        page = self.reads(part)
        press(page, f"main a[href$='/stap/{step}/']")
        if step not in LOOKED_AT:
            assert_accessible(page)
            LOOKED_AT.add(step)
        fill(page, fields)
        send(page)
        expect(page).to_have_url(f"/initiatieven/{self.file}/")
        return page

    def reads(self, part: str) -> Page:
        page = self.page_of(part)
        page.goto(f"/initiatieven/{self.file}/")
        return page

    def cannot(self, part: str, step: str, reason: str) -> None:
        """The step is there, closed, with its reason; asked for all the same it is refused with the same reason."""
        page = self.reads(part)
        expect(page.locator("main")).to_contain_text(reason)
        expect(page.locator(f"main a[href$='/stap/{step}/']")).to_have_count(0)
        answer = page.goto(f"/initiatieven/{self.file}/stap/{step}/")
        assert answer is not None
        assert answer.status == 409
        expect(page.locator("main")).to_contain_text(reason)


@pytest.fixture
def players(logged_in_page: Callable[[Person], Page]) -> Players:
    return Players(Cast(), logged_in_page)


def fill(page: Page, fields: dict[str, Any]) -> None:
    """Type, tick and choose what stands in `fields`, by the names of the form."""
    for name, value in fields.items():
        field = page.locator(f"form[data-main] [name='{name}']")
        for one in value if isinstance(value, list) else [value]:
            _fill_one(field, one)


def _fill_one(field: Locator, value: Any) -> None:
    kind = field.first.get_attribute("type")
    if value is True:
        field.check()
    elif kind in ("checkbox", "radio"):
        field.and_(field.page.locator(f"[value='{value}']")).check()
    elif field.first.evaluate("field => field.tagName") == "SELECT":
        field.select_option(value)
    else:
        field.first.fill(value)


def send(page: Page) -> None:
    """Press the first button of the form that the page is for."""
    press(page, page.locator("form[data-main] button[type=submit]").first)


def writes_a_concept(players: Players) -> None:
    """From the scope check to a concept that is complete but for the necessity."""
    page = players.page_of("contact")
    page.goto("/initiatieven/nieuw/")
    fill(page, {"kinds": ["aanschaf"]})
    send(page)
    players.file = Initiative.objects.get().pk
    expect(page).to_have_url(f"/initiatieven/{players.file}/bewerken/")
    page.locator("details:not([open]) > summary").evaluate_all("all => all.forEach((one) => one.click())")
    fill(page, CONCEPT)
    send(page)


def comes_to_assessment(players: Players) -> None:
    writes_a_concept(players)
    players.cannot("contact", "aanmelden", "de politiechef moet eerst vaststellen")
    players.takes("head", "noodzaak_vaststellen", necessary="ja", urgent="nee", reasons="Het geweld neemt toe.")
    page = players.takes("contact", "aanmelden")
    expect(page.locator("main")).to_contain_text(f"BC-{local_date(now()).year}-0001")
    players.takes("leader", "beoordelen", **ASSESSMENT)


def expect_status(players: Players, part: str, status: str, final_ground: str = "") -> None:
    subject = Initiative.objects.get(pk=players.file)
    assert (subject.status, subject.final_ground) == (status, final_ground)
    expect(players.reads(part).locator("main")).to_contain_text(subject.get_status_display())


@pytest.mark.usefixtures("worker", "patient")
def test_from_nothing_to_the_overview_that_the_auditor_downloads(
    players: Players, logged_in_page: Callable[[Person], Page]
) -> None:
    """Filed and approved, it stands on the overview, beside what was granted on objection; nothing else does."""
    comes_to_assessment(players)
    everything = ["inkoopproces", "ict_integratie"]
    answered = "Het overleg en de afspraken komen voor het gebruik begint."
    given = {"support_granted": everything, "reasons": "Het past in het beleid.", "warnings_answered": answered}
    page = players.takes("leader", "goedkeuren", **given)
    expect(page.locator("main")).to_contain_text("Toestemming gegeven")
    expect_status(players, "contact", "goedgekeurd", "niets_geweigerd")
    for status in ("ingetrokken", "afgewezen", "bezwaar"):
        initiative(players.cast, status, title=f"Bodycams {status}")
    objected = initiative(players.cast, "bezwaar", title="Bodycams na bezwaar")
    walk(players.cast, "afstemming_vastleggen", "gegrond_verklaren", start=objected)
    approved = [Initiative.objects.get(pk=pk) for pk in (players.file, objected.pk)]
    page = logged_in_page(holder_of(Role.AUDITOR))
    page.goto("/")
    press(page, page.get_by_role("link", name="Overzicht", exact=True))
    shown = page.inner_text("main")
    assert re.findall(r"BC-\d{4}-\d{4}", shown) == [one.number for one in approved]
    with page.expect_download(timeout=120_000) as download:
        page.get_by_role("link", name="Download als PDF").click(timeout=120_000)
    assert download.value.suggested_filename == f"goedgekeurde-initiatieven-{local_date(now())}.pdf"
    content = download.value.path().read_bytes()
    assert faults(content) == []
    rows = [[cell.lines for cell in row.kids] for row in Pdf(content).root.all("TR") if row.text.startswith("BC-")]
    assert [(number[0], title) for number, title, *_ in rows] == [(one.number, [one.title]) for one in approved]
    assert "na bezwaar" in " ".join(rows[1][-1])


def test_objection_withdrawn(players: Players) -> None:
    players.file = initiative(players.cast, "bezwaar").pk
    players.takes("head", "bezwaar_intrekken")
    expect_status(players, "head", "afgewezen", "bezwaar_ingetrokken")


def test_returned_and_resumed_without_an_answer(players: Players) -> None:
    long_ago = days_ago(40)
    subject = walk(players.cast, *TO_STATUS["aangemeld"], "terugsturen", at=long_ago)
    players.file = subject.pk
    players.takes("leader", "hervatten")
    expect_status(players, "leader", "aangemeld")


def test_a_step_is_taken_by_keyboard_alone(players: Players) -> None:
    """The unit head objects without touching the mouse."""
    players.file = initiative(players.cast, "afgewezen").pk
    page = players.reads("head")
    to_focus(page, "main a[href$='/stap/bezwaar_maken/']")
    page.keyboard.press("Enter")
    to_focus(page, "[name=grounds]")
    page.keyboard.type("Wij zien het anders.")
    to_focus(page, "form[data-main] button[type=submit]")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"/initiatieven/{players.file}/")
    expect_status(players, "head", "bezwaar")


def to_focus(page: Page, selector: str) -> None:
    """Press Tab until the focus is there."""
    page.locator("main").wait_for()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never came to {selector}")
