"""Being told, in a real browser: the count in the head of the page, the list, marking as read, and how mail comes."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from bodycams.tests.browser import assert_accessible, assert_within_reach_of_the_keyboard, press
from initiatives.models import Notice
from initiatives.tests.factories import Cast, initiative
from organisation.models import Person
from organisation.tests.factories import person

LoggedIn = Callable[..., Page]
COUNT = ".site-header .account .count"


def test_notices_are_found_read_and_marked(logged_in_page: LoggedIn, transactional_db: None) -> None:
    cast = Cast()
    subject = initiative(cast, "aangemeld")
    initiative(cast, "aangemeld", title="Bodycams voor bikers")
    page = logged_in_page(cast.leader)
    page.goto("/")
    expect(page.locator(COUNT)).to_have_text("2 ongelezen")
    press(page, ".site-header >> text=Meldingen")
    page.locator("summary").first.click()
    expect(page.get_by_text("Beoordeel het initiatief.").first).to_be_visible()
    assert_accessible(page)
    assert_within_reach_of_the_keyboard(page)
    press(page, page.locator(".notices button").first)
    expect(page.locator("main [role=status]")).to_have_text("De melding is gelezen.")
    expect(page.locator(COUNT)).to_have_text("1 ongelezen")
    expect(page.locator(".notices h2").first).to_contain_text("Bodycams in de horeca")
    press(page, page.get_by_role("link", name="Naar het dossier").first)
    expect(page).to_have_url(f"/initiatieven/{subject.pk}/")
    page.goto("/meldingen/")
    press(page, page.get_by_role("button", name="Alles is gelezen"))
    expect(page.locator(COUNT)).to_have_count(0)
    assert not Notice.objects.unread().filter(person=cast.leader).exists()
    assert_accessible(page)


def test_somebody_who_was_told_nothing_chooses_one_mail_a_day(logged_in_page: LoggedIn, transactional_db: None) -> None:
    somebody = person(email="1234@politie.example")
    page = logged_in_page(somebody, java_script_enabled=False)
    page.goto("/meldingen/")
    expect(page.locator("main")).to_contain_text("Er zijn geen meldingen voor u.")
    press(page, "main >> text=Kies hoe u mail krijgt")
    page.get_by_label("Eén mail per dag").check()
    press(page, page.get_by_role("button", name="Bewaren"))
    expect(page.locator("main")).to_contain_text("U krijgt één mail per dag op 1234@politie.example.")
    assert Person.objects.get(pk=somebody.pk).mail == Person.Mail.DAILY


def test_choice_of_mail_is_for_everybody(logged_in_page: LoggedIn, transactional_db: None) -> None:
    page = logged_in_page(person())
    page.goto("/account/mail/")
    assert_accessible(page)
    assert_within_reach_of_the_keyboard(page)
    page.goto("/meldingen/")
    assert_accessible(page)
