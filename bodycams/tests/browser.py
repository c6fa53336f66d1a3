"""A real browser on the site: how it is started, who is logged in, and what must hold on every page.

Fixtures for all tests (`conftest.py` names this module): `page` for somebody who is not logged in, `logged_in_page` for
a person, `same_page` for tests that only look. All watch along: an error in the console, a breach of the content
security policy, a request to another host or a part that fails to load makes the test fail. `assert_accessible` and
`assert_within_reach_of_the_keyboard` look at the page as it stands.

A browser is asked with Playwright's `expect`, which waits until it is so. `press` waits for the page that comes: what
is read from a page at once, after a click, is read from half a page on a busy machine.
"""

import os
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    JSHandle,
    Locator,
    Page,
    Request,
    Response,
    expect,
)

from bodycams import being_made
from bodycams.embedded import chromium
from bodycams.tests import static_files
from bodycams.tests.access import BACKEND
from organisation.models import Person

WIDTHS = (1280, 390)  # where axe looks; at the second only at what may differ there
EVERY_WIDTH = (320, 390, 480, 640, 767, 769, 900, 1023, 1025, 1440, 1280)  # where nothing may stick out; ends as usual
HEIGHT = 900
PASSWORD = "een-lang-wachtwoord-voor-de-proef"
PATIENCE = 30_000  # milliseconds; a busy machine is not a fault
STOPS_AT_MOST = 4  # within one field: a date has a day, a month, a year and a calendar
SAY_BREACHES = """
document.addEventListener("securitypolicyviolation", (breach) =>
  console.error(`breach of ${breach.violatedDirective} by ${breach.blockedURI || breach.sourceFile}`));
"""
EVERY_RULE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
BY_LAYOUT = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]
"""Rules of axe that may find another thing at another width when the same parts are shown."""
FAULTS_OF_AXE = """
async ([runOnly, before]) => {
  const isAdded = (e) => before.get(e) === false && e.checkVisibility({visibilityProperty: true});
  const parts = before ? [...before.keys()].filter((e) => isAdded(e) && !isAdded(e.parentElement)) : [document];
  if (!parts.length) return [];
  const found = await axe.run(parts, {runOnly, resultTypes: ["violations"], preload: false});
  const said = (rule) => rule.nodes.map((node) => `${rule.id}: ${node.html} (${node.failureSummary})`);
  return found.violations.flatMap(said);
}
"""
WHAT_IS_SHOWN = """
() => new Map([...document.body.querySelectorAll("*")].map((e) => [e, e.checkVisibility({visibilityProperty: true})]))
"""
IS_WIDER_THAN_THE_WINDOW = """
() => {
  const folded = [...document.querySelectorAll("details:not([open])")];
  for (const part of folded) part.open = true;
  const isWider = document.documentElement.scrollWidth > document.documentElement.clientWidth;
  for (const part of folded) part.open = false;
  return isWider;
}
"""
NUMBER_WHAT_CAN_BE_REACHED = """
() => {
  const candidates = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";
  const other = (e) => e.type === "radio" && !e.checked && [...document.getElementsByName(e.name)].some((r) =>
    r.form === e.form && (r.checked || (r !== e && r.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING)));
  const reached = [...document.querySelectorAll(candidates)].filter((e) =>
    !e.disabled && e.tabIndex >= 0 && e.checkVisibility({visibilityProperty: true}) && !other(e));
  reached.forEach((e, number) => { e.dataset.reach = number; });
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
  return reached.map((e) => e.outerHTML.slice(0, 120));
}
"""
WATCH_THE_FOCUS = """
() => {
  const here = () => {
    const e = document.activeElement;
    const style = getComputedStyle(e);
    const shown = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== "none";
    if (e.dataset.reach !== undefined) window.rested.push([Number(e.dataset.reach), shown]);
  };
  if (!window.rested) window.addEventListener("keydown", here, {capture: true});
  window.rested = [];
  window.whereFocusRested = () => { here(); return window.rested.splice(0); };
}
"""
"""Each key first writes down where the focus came to rest after the key before."""


expect.set_options(timeout=PATIENCE)


# --- fixtures -------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The installed Chromium, which looks for nothing outside this machine. It gets the machine's own fonts: those of
    `bodycams/pdf/making.py`, which an earlier test may have chosen for this process, are too few for it to run.
    """
    quiet = ("gpu", "quic", "background-networking", "component-update", "sync")
    return {
        **browser_type_launch_args,
        "executable_path": chromium.find(),
        "env": {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"},
        "args": ["--no-sandbox", "--no-first-run", *(f"--disable-{what}" for what in quiet)],
    }


@pytest.fixture(scope="session")
def _static_files() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandler, "serve", static_files.serve)
        yield


@pytest.fixture
def _no_page_looks_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that says that something is being made may not go away while it is looked at."""
    monkeypatch.setattr(being_made, "LOOKS_AGAIN", 600)


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any], live_server: Any, _static_files: None) -> dict[str, Any]:
    return {
        **browser_context_args,
        "base_url": live_server.url,
        "locale": "nl-NL",
        "timezone_id": "Europe/Amsterdam",
        "viewport": {"width": WIDTHS[0], "height": HEIGHT},
    }


@pytest.fixture(scope="module")
def one_browser(
    live_server: Any, browser: Browser, browser_context_args: dict[str, Any]
) -> Iterator[tuple[Page, list[str]]]:
    """A page for all tests of a module, which has the site's styles and fonts, and what went wrong in it."""
    faults: list[str] = []
    context = browser.new_context(**browser_context_args)
    yield watched(context.new_page(), live_server.url, faults), faults
    context.close()


@pytest.fixture
def same_page(
    live_server: Any, one_browser: tuple[Page, list[str]], _no_page_looks_again: None
) -> Iterator[Callable[[Person | None], Page]]:
    """For tests that only look: the page of the module, for a person who is logged in or for who is not. A page of its
    own costs more than looking at it does. It leaves what it looked at, which may ask for news by itself and would do
    so while the next test's database is made.
    """
    page, faults = one_browser
    faults.clear()

    def make(person: Person | None) -> Page:
        page.context.clear_cookies()
        if person:
            let_in(page.context, live_server.url, person)
        return page

    yield make
    page.goto("about:blank")
    assert faults == []


@pytest.fixture
def page(live_server: Any, new_context: Callable[..., BrowserContext], _no_page_looks_again: None) -> Iterator[Page]:
    """A page of somebody who is not logged in."""
    faults: list[str] = []
    yield watched(new_context().new_page(), live_server.url, faults)
    assert faults == []


@pytest.fixture
def logged_in_page(
    live_server: Any, new_context: Callable[..., BrowserContext], _no_page_looks_again: None
) -> Iterator[Callable[..., Page]]:
    """Makes a page of a person who is logged in; asked again, of another person in another browser. Takes a browser's
    options: `java_script_enabled=False`.
    """
    faults: list[str] = []

    def make(person: Person, **options: Any) -> Page:
        context = new_context(**options)
        let_in(context, live_server.url, person)
        return watched(context.new_page(), live_server.url, faults)

    yield make
    assert faults == []


def let_in(context: BrowserContext, site: str, person: Person) -> None:
    """Give a browser the session of somebody who logged in."""
    client, name = Client(), settings.SESSION_COOKIE_NAME
    client.force_login(person, backend=BACKEND)
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])


def watched(page: Page, site: str, faults: list[str]) -> Page:
    """Add to `faults` whatever goes wrong in the page from now on."""

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            faults.append(f"console: {message.text}")

    def on_request(request: Request) -> None:
        if not request.url.startswith((f"{site}/", "data:")):
            faults.append(f"request to elsewhere: {request.url}")

    def on_response(response: Response) -> None:
        is_page = response.request.is_navigation_request()
        if response.status >= (500 if is_page else 400):
            faults.append(f"answer {response.status}: {response.url}")

    page.add_init_script(SAY_BREACHES)
    page.on("console", on_console)
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    page.on("request", on_request)
    page.on("response", on_response)
    return page


# --- the door ---------------------------------------------------------------------------------------


def log_in(page: Page, person: Person) -> None:
    """Log in as anybody would, where it matters that the browser knows who used it last."""
    person.set_password(PASSWORD)
    person.save(update_fields=["password"])
    page.goto("/inloggen/")
    fill_in_the_door(page, person)
    page.wait_for_url("/")


def fill_in_the_door(page: Page, person: Person) -> None:
    page.get_by_label("Personeelsnummer").fill(person.number)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    press(page, page.get_by_role("main").get_by_role("button", name="Inloggen"))


# --- going on ---------------------------------------------------------------------------------------


def press(page: Page, what: str | Locator) -> None:
    """Click on what leads to another page, or sends the form, and wait until all of the next page is there."""
    with page.expect_navigation():
        page.click(what) if isinstance(what, str) else what.click()


# --- what must hold on every page -----------------------------------------------------------------


def assert_accessible(page: Page) -> None:
    """On a wide screen and on a telephone axe finds nothing, and at no width anything sticks out sideways, not of what
    is folded either.
    """
    wide, telephone = WIDTHS
    set_width(page, wide)
    assert violations(page, EVERY_RULE) == [], f"{page.url} at {wide} pixels"
    shown_wide = page.evaluate_handle(WHAT_IS_SHOWN)
    for width in EVERY_WIDTH:
        set_width(page, width)
        assert not sticks_out(page), f"{page.url} is wider than {width} pixels"
        if width == telephone:
            found = violations(page, BY_LAYOUT) + violations(page, EVERY_RULE, added_to=shown_wide)
            assert found == [], f"{page.url} at {width} pixels"


def set_width(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": HEIGHT})


def sticks_out(page: Page) -> bool:
    return cast("bool", page.evaluate(IS_WIDER_THAN_THE_WINDOW))


def violations(page: Page, rules: list[str], *, added_to: JSHandle | None = None) -> list[str]:
    """What axe finds on the whole page, or only in what is shown now and was not."""
    if not page.evaluate("() => 'axe' in window"):
        page.add_script_tag(url=f"{settings.STATIC_URL}{static_files.AXE.name}")
    return cast("list[str]", page.evaluate(FAULTS_OF_AXE, [rules, added_to]))


def assert_within_reach_of_the_keyboard(page: Page) -> None:
    """With the tab key alone everything gets the focus, in the order of the page, and one sees where it is."""
    expected = page.evaluate(NUMBER_WHAT_CAN_BE_REACHED)
    page.evaluate(WATCH_THE_FOCUS)
    seen: list[int] = []
    for number, is_shown in where_focus_rests(page, once_round=len(expected) + 1):
        if number not in seen[-1:]:
            assert is_shown, f"{page.url}: nobody sees the focus on {expected[number]}"
            if number in seen:
                break
            seen.append(number)
    missed = [expected[number] for number in range(len(expected)) if number not in seen]
    assert missed[:3] == [], f"{page.url}: the keyboard does not come at {len(missed)} places"
    assert seen == sorted(seen), f"{page.url}: the keyboard jumps: {[expected[number] for number in seen]}"


def where_focus_rests(page: Page, *, once_round: int) -> Iterator[tuple[int, bool]]:
    """What has the focus after each press of the tab key, and whether one sees it; as many presses as a round takes
    before the page is asked.
    """
    for _ in range(STOPS_AT_MOST):
        for _ in range(once_round):
            page.keyboard.press("Tab")
        yield from page.evaluate("() => window.whereFocusRested()")
