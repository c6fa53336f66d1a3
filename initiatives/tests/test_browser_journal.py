"""A day's work in the browser, request by request beside the journal: no entry is missing, and none is too many."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Page, Response, expect

from bodycams.tests.browser import fill_in_the_door, log_in, press
from initiatives.models import Initiative
from initiatives.tests.factories import Cast
from initiatives.tests.test_browser_from_nothing import Players, fill, send, writes_a_concept
from journal.models import Entry
from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import holder_of
from workflow.clock import local_date, now

Rule = tuple[str, str, int, str]
RULES: list[Rule] = [
    ("POST", r"/inloggen/", 302, "ingelogd"),
    ("POST", r"/inloggen/", 400, "inloggen_mislukt"),
    ("POST", r"/uitloggen/", 302, "uitgelogd"),
    ("POST", r"/initiatieven/nieuw/", 302, "concept_begonnen"),
    ("GET", r"/initiatieven/\d+/", 200, "dossier_ingezien"),
    ("GET", r"/initiatieven/\d+/bewerken/", 200, "dossier_ingezien"),
    ("POST", r"/initiatieven/\d+/bewerken/", 302, "concept_bewaard"),
    ("GET", r"/initiatieven/\d+/stap/\w+/", 200, "dossier_ingezien"),
    ("GET", r"/initiatieven/\d+/stap/(\w+)/", 403, r"\1"),
    ("GET", r"/initiatieven/\d+/stap/(\w+)/", 409, r"\1"),
    ("POST", r"/initiatieven/\d+/stap/(\w+)/", 302, r"\1"),
    ("GET", r"/organisatie/mensen/\d+/", 200, "account_ingezien"),
    ("POST", r"/organisatie/mensen/nieuw/", 302, "account_gemaakt"),
    ("POST", r"/organisatie/mensen/\d+/rol/", 302, "rol_gegeven"),
    ("GET", r"/.*", 403, "toegang_geweigerd"),
]
"""What leaves an entry; whatever is not here leaves none. The first that fits counts."""


def expected(method: str, path: str, status: int) -> list[str]:
    for rule_method, pattern, rule_status, action in RULES:
        found = re.fullmatch(pattern, path)
        if found and (method, status) == (rule_method, rule_status):
            return [found.expand(action)]
    return []


class Notebook:
    """Every answer that any of the browsers got, in order."""

    def __init__(self) -> None:
        self.answers: list[tuple[str, str, int, str]] = []

    def watch(self, page: Page) -> Page:
        page.on("response", self._write)
        return page

    def _write(self, response: Response) -> None:
        request_id = response.headers.get("x-request-id")
        if request_id:
            path = urlsplit(response.url).path
            self.answers.append((response.request.method, path, response.status, request_id))


def test_every_request_leaves_what_it_should_and_nothing_comes_from_elsewhere(
    page: Page, logged_in_page: Callable[[Person], Page]
) -> None:
    notebook, cast, administrator = Notebook(), Cast("ON"), holder_of(Role.ADMINISTRATOR)
    before = Entry.objects.count()
    players = Players(cast, lambda person: notebook.watch(logged_in_page(person)))
    notebook.watch(page)
    comes_in_and_goes(page, cast.head)
    writes_a_concept(players)
    players.cannot("contact", "aanmelden", "de politiechef moet eerst vaststellen")
    players.takes("head", "noodzaak_vaststellen", necessary="ja", urgent="nee", reasons="Het geweld neemt toe.")
    players.takes("contact", "aanmelden")
    tries_what_is_not_allowed(players)
    an_administrator_works(notebook.watch(logged_in_page(administrator)))
    assert_one_to_one(notebook, before)


def comes_in_and_goes(page: Page, person: Person) -> None:
    log_in(page, person)
    press(page, page.get_by_role("button", name="Uitloggen").first)
    expect(page).to_have_url(re.compile("/inloggen/"))
    page.get_by_label("Personeelsnummer").fill(person.number)
    page.get_by_label("Wachtwoord").fill("dit is het niet")
    press(page, page.get_by_role("main").get_by_role("button", name="Inloggen"))
    expect(page.get_by_role("main")).to_contain_text("horen niet bij elkaar")
    fill_in_the_door(page, person)
    page.wait_for_url("/")


def tries_what_is_not_allowed(players: Players) -> None:
    page = players.page_of("contact")
    for address in (f"/initiatieven/{players.file}/stap/goedkeuren/", "/organisatie/"):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 403
    assert Initiative.objects.get(pk=players.file).status == "aangemeld"


def an_administrator_works(page: Page) -> None:
    page.goto("/organisatie/mensen/nieuw/")
    fill(page, {"number": "4711", "email": "functie@politie.nl"})
    send(page)
    press(page, page.get_by_role("link", name="Geef een rol"))
    fill(page, {"role": "auditor", "from_date": str(local_date(now()))})
    send(page)
    expect(page.get_by_role("main")).to_contain_text("De rol is gegeven")


def assert_one_to_one(notebook: Notebook, before: int) -> None:
    wanted = [
        (request_id, action)
        for method, path, status, request_id in notebook.answers
        for action in expected(method, path, status)
    ]
    written = list(Entry.objects.order_by("id")[before:].values_list("origin", "action"))
    assert sorted(written) == sorted(wanted)
    assert {action for _, action in wanted} >= {"ingelogd", "inloggen_mislukt", "uitgelogd", "dossier_ingezien"}
    assert {action for _, action in wanted} >= {"goedkeuren", "toegang_geweigerd", "rol_gegeven", "aanmelden"}
    assert len(notebook.answers) > len(wanted)
