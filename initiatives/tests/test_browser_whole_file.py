"""The whole file in a real browser: the unit arranges, a leader assesses beside what it says, and it is printed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bodycams.tests.browser import assert_accessible, press
from bodycams.tests.files import PDF, PROGRAM
from initiatives.models import AssessmentDraft, Document, Initiative
from initiatives.tests.factories import Cast, concept, walk
from initiatives.tests.pages import address
from organisation.roles import Role
from organisation.tests.factories import holder_of

LoggedIn = Callable[..., Page]
SAVE = "main form[data-main] button[type=submit] >> nth=0"


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path


@pytest.fixture
def cast() -> Cast:
    return Cast()


def a_file(media: Path, name: str, content: bytes) -> str:
    path = media / name
    path.write_bytes(content)
    return str(path)


def test_unit_says_what_it_arranged_and_adds_a_document(cast: Cast, logged_in_page: LoggedIn, media: Path) -> None:
    subject = concept(cast, consultation_burgemeester_date=None, agreement_opslag_text="")
    page = logged_in_page(cast.contact)
    page.goto(address(subject))
    expect(page.locator("nav[aria-label='Delen van het formulier']")).to_contain_text("3 van 4")
    for part in ("6. Overleg", "7. Afspraken", "8. Gereedheid", "10. Bijlagen"):
        page.click(f"nav[aria-label='Delen van het formulier'] >> text={part}")
    page.wait_for_selector("[name=attachments]", state="visible")
    assert_accessible(page)
    page.fill("[name=consultation_burgemeester_date]", "2026-02-03")
    page.check("[name=consultation_burgemeester_outcome][value=neutraal]")
    page.set_input_files("[name=consultation_burgemeester_document]", a_file(media, "verslag.pdf", PDF))
    page.fill("[name=agreement_opslag_text]", "Na 28 dagen is alles weg.")
    page.set_input_files("[name=attachments]", a_file(media, "begroting.pdf", PROGRAM))
    press(page, SAVE)
    expect(page.locator(".error-summary")).to_contain_text("‘begroting.pdf’ is niet bewaard")
    assert_accessible(page)
    page.goto(address(subject))
    expect(page.locator("nav[aria-label='Delen van het formulier']")).not_to_contain_text("3 van 4")
    assert Document.objects.get().name == "verslag.pdf"


def test_leader_assesses_beside_what_the_file_says_and_is_told_of_the_other(
    cast: Cast, logged_in_page: LoggedIn
) -> None:
    filed = ("noodzaak_vaststellen", "aanmelden")
    walk(cast, *filed, start=concept(cast, title="Bodycams in de binnenstad"))
    subject = walk(cast, *filed, start=concept(cast, consultation_burgemeester_date=None))
    page = logged_in_page(cast.leader)
    page.goto(f"/initiatieven/{subject.pk}/stap/beoordelen/")
    page.click("text=Bekijk elk antwoord")
    expect(page.locator(".matrix")).to_contain_text("Nog geen overleg.")
    expect(page.locator("#vergelijkbaar")).to_contain_text("Bodycams in de binnenstad")
    with page.expect_response("**/stap/beoordelen/bewaren/"):
        page.fill("[name=legal_note]", "Er is nog geen DPIA.")
    page.wait_for_selector("text=Bewaard om")
    assert AssessmentDraft.objects.get().typed["legal_note"] == "Er is nog geen DPIA."
    assert_accessible(page)
    other = logged_in_page(holder_of(Role.LEADER), java_script_enabled=False)
    other.goto(f"/initiatieven/{subject.pk}/stap/beoordelen/")
    expect(other.locator("main")).to_contain_text("Een andere projectleider is hier ook mee bezig")
    expect(other.locator(".both-texts")).to_contain_text("Er is nog geen DPIA.")
    other.fill("[name=legal_note]", "Navragen.")
    press(other, "text=Concept bewaren")
    assert AssessmentDraft.objects.count() == 2


def test_a_printed_file_leaves_nothing_folded_away(cast: Cast, logged_in_page: LoggedIn) -> None:
    subject = walk(cast, "noodzaak_vaststellen", "aanmelden", "beoordelen", "goedkeuren")
    assert Initiative.objects.count() == 1
    page = logged_in_page(cast.head)
    page.goto(f"/initiatieven/{subject.pk}/")
    assert_accessible(page)
    page.emulate_media(media="print")
    for words in (
        "Overleg",
        "Burgemeester",
        "Hoofd bedrijfsvoering",
        "DPIA",
        "Handreiking, 1 tot en met 11",
    ):
        expect(page.locator(f"main section >> text={words}").first).to_be_visible()
