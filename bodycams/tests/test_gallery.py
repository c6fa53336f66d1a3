"""The gallery shows every component, and each component has its template and its stylesheet."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory

from bodycams.gallery import views

TEMPLATES = settings.BASE_DIR / "templates"
COMPONENTS = {path.stem for path in (TEMPLATES / "components").glob("*.html")}
STYLES = {path.stem for path in (settings.BASE_DIR / "static/css/components").glob("*.css")}
AROUND = {
    "account",
    "footer",
    "navigation",
    "page-header",
    "session-warning",
    "search",
    "skip-link",
}  # base.html shows these on every page


@pytest.fixture
def answer() -> HttpResponse:
    return views.show(RequestFactory().get("/galerij/"))


def test_component_is_a_template_and_a_stylesheet_of_one_name() -> None:
    assert COMPONENTS <= STYLES


def test_stylesheet_without_a_component_dresses_a_template_elsewhere() -> None:
    elsewhere = [path for path in TEMPLATES.glob("*/**/*.*") if path.parent.name != "components"]
    text = "".join(path.read_text() for path in elsewhere)
    assert [name for name in STYLES - COMPONENTS if name not in text] == []


def test_gallery_shows_every_component() -> None:
    text = "".join(path.read_text() for path in [TEMPLATES / "gallery.html", *TEMPLATES.glob("gallery/*.html")])
    included = set(re.findall(r'components/([\w-]+)\.html"', text))
    tags = {tag.replace("_", "-") for tag in re.findall(r"{% (\w+)", text)}
    within = {"data-table", "days-line", "icon"}  # shown inside a chart, in a row of recordings, and everywhere
    elsewhere = {"refusal"}  # the error pages
    assert COMPONENTS - included - tags - AROUND == within | elsewhere


def test_page_is_whole(answer: HttpResponse) -> None:
    html = answer.content.decode()
    assert answer.status_code == 200
    assert html.count("<h1") == 1
    assert re.findall(r"{[{%]", html) == []


def test_every_id_is_there_once(answer: HttpResponse) -> None:
    ids = re.findall(r'\bid="([^"]+)"', answer.content.decode())
    assert sorted(ids) == sorted(set(ids))


def test_nothing_inline_that_the_content_security_policy_forbids(answer: HttpResponse) -> None:
    html = answer.content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon\w+=", html)


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("**/*.html")), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_template_keeps_to_its_size(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 120
