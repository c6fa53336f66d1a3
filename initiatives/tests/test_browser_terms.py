"""The calendar of terms in a real browser: somebody works a term out; the administrator adds a day that moves one."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from bodycams.tests.browser import assert_accessible, assert_within_reach_of_the_keyboard, press
from initiatives.models import Initiative
from initiatives.tests.factories import TO_STATUS, Cast, walk
from initiatives.tests.test_decree_days import ENDS, FILED, MOVED
from organisation.roles import Role
from organisation.tests.factories import holder_of, person
from workflow.clock import now

LoggedIn = Callable[..., Page]


def test_somebody_works_out_a_term(logged_in_page: LoggedIn, transactional_db: None) -> None:
    page = logged_in_page(person())
    page.goto("/termijnen/")
    assert_accessible(page)
    page.get_by_label("Welke termijn?").select_option("objection_decision")
    page.get_by_label("Wanneer begint hij?").fill("2015-04-02")
    press(page, page.get_by_role("button", name="Reken uit"))
    expect(page.get_by_role("heading", name="De laatste dag is maandag 18 mei 2015")).to_be_visible()
    expect(page.locator("ul.term-days")).to_contain_text("Hemelvaartsdag")
    assert_accessible(page)
    assert_within_reach_of_the_keyboard(page)
    press(page, page.get_by_role("link", name="Volgend jaar"))
    expect(page.get_by_role("heading", name="in 2016")).to_be_visible()
    expect(page.get_by_role("heading", name="De laatste dag is maandag 18 mei 2015")).to_be_visible()


def test_wrong_question_is_answered_with_what_is_wrong(logged_in_page: LoggedIn, transactional_db: None) -> None:
    page = logged_in_page(person())
    page.goto("/termijnen/?soort=&begin=")
    expect(page.locator(".error-summary")).to_be_focused()
    assert_accessible(page)


def test_added_day_moves_a_term_and_everybody_concerned_is_told(
    logged_in_page: LoggedIn, transactional_db: None
) -> None:
    cast = Cast()
    subject = walk(cast, *TO_STATUS["aangemeld"], at=FILED)
    page = logged_in_page(holder_of(Role.ADMINISTRATOR))
    page.goto("/termijnen/")
    press(page, page.get_by_role("link", name="Voeg een dag toe"))
    page.get_by_label("Welke dag?").fill(ENDS.isoformat())
    page.get_by_label("In welk besluit staat dat?").fill("Stb. 2025, 210")
    press(page, page.get_by_role("button", name="Bekijk wat er verandert"))
    expect(page.locator("table")).to_contain_text("maandag 28 december 2026")
    assert_accessible(page)
    assert_within_reach_of_the_keyboard(page)
    press(page, page.get_by_role("button", name="Dag toevoegen"))
    expect(page.locator("main [role=status]")).to_contain_text("De dag is toegevoegd. 1 termijn is verschoven.")
    assert Initiative.objects.get(pk=subject.pk).due_on == MOVED
    leader = logged_in_page(cast.leader)
    leader.goto("/meldingen/")
    expect(leader.locator(".notices h2").first).to_contain_text("1 termijn is verschoven")
    assert_accessible(leader)


def test_pages_of_a_day_are_for_everybody_also_with_errors(logged_in_page: LoggedIn, transactional_db: None) -> None:
    page = logged_in_page(holder_of(Role.ADMINISTRATOR))
    page.goto("/termijnen/dagen/nieuw/")
    assert_accessible(page)
    page.get_by_label("Welke dag?").fill("2099-06-06")
    page.get_by_label("In welk besluit staat dat?").fill("Stb. 2098, 1")
    press(page, page.get_by_role("button", name="Bekijk wat er verandert"))
    expect(page).to_have_title(re.compile("^Fout: "))
    assert_accessible(page)
    page.get_by_label("Welke dag?").fill("2099-06-02")
    press(page, page.get_by_role("button", name="Bekijk wat er verandert"))
    press(page, page.get_by_role("button", name="Dag toevoegen"))
    press(page, page.get_by_role("link", name="Haal deze dag weg"))
    assert_accessible(page)


def test_lead_times_are_for_everybody_who_may_see_them(logged_in_page: LoggedIn, transactional_db: None) -> None:
    cast = Cast()
    walk(cast, *TO_STATUS["afgewezen"], at=now())
    page = logged_in_page(cast.leader)
    page.goto("/")
    press(page, page.get_by_role("link", name="Hoe lang besluiten duren"))
    for table in page.get_by_text("Bekijk als tabel").all():
        table.click()
    expect(page.locator("table").first).to_contain_text("Oost-Nederland")
    assert_accessible(page)
    assert_within_reach_of_the_keyboard(page)
