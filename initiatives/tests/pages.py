"""A page as a browser without scripts sees it: the form that it is for, with what would be sent, and its links."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client

from initiatives.models import Initiative
from organisation.models import Person

VOID = {"input", "br", "meta", "link", "img"}


class MainForm(HTMLParser):
    """The form marked `data-main`: `values` are what a browser would send, `buttons` its submit buttons in order (name
    or empty).
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self.buttons: list[str] = []
        self._inside = False
        self._name = self._text = ""
        self._selected: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = "data-main" in given
        elif self._inside and tag == "input" and given.get("name"):
            self._input(given)
        elif self._inside and tag in ("textarea", "select"):
            self._name, self._text, self._selected = given["name"], "", []
        elif self._inside and tag == "option" and "selected" in given:
            self._selected = [given["value"]]
        elif self._inside and tag == "button":
            self.buttons.append(given.get("name", ""))

    def _input(self, given: dict[str, str]) -> None:
        is_box = given["type"] in ("checkbox", "radio")
        if not is_box or "checked" in given:
            self.values.setdefault(given["name"], []).append(given.get("value", "on" if is_box else ""))

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif self._name and tag == "textarea":
            self.values[self._name] = [self._text.removeprefix("\n")]
        elif self._name and tag == "select":
            self.values[self._name] = self._selected
        if tag in ("textarea", "select"):
            self._name = ""


def as_person(person: Person) -> Client:
    """A browser in which `person` is logged in; nothing is kept of an earlier request."""
    client = Client()
    client.force_login(person)
    return client


def main_form(response: Any) -> MainForm:
    return MainForm(response.content.decode())


def fill_in(response: Any, **typed: Any) -> dict[str, Any]:
    """What is sent when the page's form is filled in further with `typed` (a list for boxes)."""
    return {**main_form(response).values, **typed}


def text(response: Any) -> str:
    return str(response.content.decode())


def address(subject: Initiative, rest: str = "bewerken/") -> str:
    return f"/initiatieven/{subject.pk}/{rest}"


def again(subject: Initiative) -> Initiative:
    """The initiative as it is stored now."""
    return Initiative.objects.get(pk=subject.pk)
