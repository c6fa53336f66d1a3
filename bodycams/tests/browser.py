"""What tests in a real browser share: logging in as anybody would, and what is looked at on every page."""

from functools import cache
from pathlib import Path
from typing import Any

from organisation.models import Person

WIDTHS = (1280, 390)  # where axe looks
EVERY_WIDTH = (320, 390, 480, 640, 767, 769, 900, 1023, 1025, 1280, 1440)
PASSWORD = "een-lang-wachtwoord-voor-de-proef"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def sign_in(page: Any, address: str, person: Person) -> None:
    """Log in through the door, with the password that the person is given here."""
    person.set_password(PASSWORD)
    person.save()
    page.goto(f"{address}/inloggen/")
    page.get_by_label("Personeelsnummer").fill(person.number)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Inloggen").click()
    page.wait_for_url(f"{address}/")


def faults(page: Any) -> list[str]:
    """What axe finds on the page as it stands, wide and narrow, and at which widths it scrolls sideways."""
    page.evaluate(axe())
    told = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found = page.evaluate("standards => axe.run(document, {runOnly: standards})", STANDARDS)
        told += [f"{fault['id']}: {node['target']}" for fault in found["violations"] for node in fault["nodes"]]
    for width in EVERY_WIDTH:
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            told.append(f"scrolls sideways at {width} pixels")
    return told


@cache
def axe() -> str:
    return (Path(__file__).parent / "assets" / "axe.min.js").read_text()
