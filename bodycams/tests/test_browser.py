"""What the real browser watches for is found: each check is tried on a page that is wrong in just that."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, Route

from bodycams.tests.browser import assert_accessible, assert_within_reach_of_the_keyboard, watched

PAGE = """<!doctype html><html lang="nl"><head><title>Proef</title><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/proef.css"></head>
<body><main><h1>Proef</h1>{}</main></body></html>"""
TRAP = "document.getElementById('b').addEventListener('focus', () => document.getElementById('a').focus());"
FILES = {
    "/proef.css": (
        "button, a { outline: 2px solid } .hidden:focus { outline: none } .wide { width: 2000px } "
        "@media (min-width: 500px) { .phone { display: none } } @media (max-width: 500px) { .desk { display: none } }"
    ),
    "/proef-error.js": "console.error('zo niet');",
    "/proef-throw.js": "nergens.iets();",
    "/proef-trap.js": TRAP,
}


@pytest.fixture
def faults() -> list[str]:
    return []


@pytest.fixture
def show(live_server: Any, new_context: Callable[[], BrowserContext], faults: list[str]) -> Callable[[str], Page]:
    """Shows a page of the site with this in it, served with a strict policy, and adds what goes wrong to `faults`."""

    def make(inside: str) -> Page:
        def serve(route: Route) -> None:
            path = urlsplit(route.request.url).path
            kind = "text/css" if path.endswith(".css") else "text/javascript" if path in FILES else "text/html"
            policy = {"Content-Security-Policy": "default-src 'self'; img-src 'self' data:"}
            route.fulfill(body=FILES.get(path, PAGE.format(inside)), headers={**policy, "Content-Type": kind})

        page = watched(new_context().new_page(), live_server.url, faults)
        page.route("**/proef*", serve)
        page.route("**/proef/", serve)
        page.goto("/proef/", wait_until="networkidle")
        return page

    return make


def test_twin_what_goes_wrong_behind_a_page_is_found(show: Callable[[str], Page], faults: list[str]) -> None:
    wrong = {
        '<script src="/proef-error.js"></script>': "console: zo niet",
        '<script src="/proef-throw.js"></script>': "script: nergens is not defined",
        "<script>alert(1)</script>": "breach of script-src-elem",
        '<p style="color: inherit">Scheef</p>': "breach of style-src-attr",
        '<img alt="" src="/static/bestaat-niet.png">': "answer 404",
        '<img alt="" src="http://127.0.0.1:9/ergens-anders.png">': "breach of img-src",
    }
    show("".join(wrong))
    assert [fault for fault in wrong.values() if not any(fault in found for found in faults)] == []


def test_twin_request_to_elsewhere_is_found(show: Callable[[str], Page], faults: list[str]) -> None:
    page = show("<p>Niets</p>")
    page.route("http://ergens.anders/", lambda route: route.fulfill(body="daar"))
    page.goto("http://ergens.anders/")
    assert faults == ["request to elsewhere: http://ergens.anders/"]


def test_sound_page_has_no_faults(show: Callable[[str], Page], faults: list[str]) -> None:
    page = show('<p><a href="#a">Een</a> <button id="a">Twee</button></p><input type="date" aria-label="Dag">')
    assert_accessible(page)
    assert_within_reach_of_the_keyboard(page)
    assert faults == []


FOLDED = '<details><summary>Meer</summary><p class="wide">Breed</p></details>'


@pytest.mark.parametrize("where", ["phone", "desk"])
def test_twin_fault_at_one_width_is_found_on_every_page_that_has_it(show: Callable[[str], Page], where: str) -> None:
    page = show(f'<div class="{where}"><div><input aria-label="Zoek"></div></div>')
    assert_accessible(page)
    page.evaluate("document.querySelector('input').removeAttribute('aria-label')")
    with pytest.raises(AssertionError, match="label"):
        assert_accessible(page)


@pytest.mark.parametrize("inside", ['<img src="data:,">', "<input>", '<p class="wide">Breed</p>', FOLDED])
def test_twin_inaccessible_page_is_found(show: Callable[[str], Page], inside: str) -> None:
    page = show(inside)
    with pytest.raises(AssertionError):
        assert_accessible(page)


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ('<a href="#" class="hidden">Onzichtbaar</a>', "nobody sees"),
        ('<a href="#">1</a><a href="#" tabindex="3">3</a><a href="#" tabindex="2">2</a>', "jumps"),
        (
            '<button id="a">A</button><button id="b">B</button><a href="#">C</a><script src="/proef-trap.js"></script>',
            "does not come",
        ),
    ],
)
def test_twin_page_without_keyboard_is_found(show: Callable[[str], Page], inside: str, words: str) -> None:
    page = show(inside)
    with pytest.raises(AssertionError, match=words):
        assert_within_reach_of_the_keyboard(page)
