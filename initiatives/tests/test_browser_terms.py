"""The calendar of terms in a real browser: somebody works a term out; the administrator adds a day that moves one."""

from collections.abc import Callable

from playwright.sync_api import Page

from bodycams.tests.browser import assert_accessible, assert_within_reach_of_the_keyboard
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
    page.get_by_role("button", name="Reken uit").click()
    assert page.get_by_role("heading", name="De laatste dag is maandag 18 mei 2015").is_visible()
    assert "Hemelvaartsdag" in page.inner_text("ul.term-days")
    assert_accessible(page)
    assert_within_reach_of_the_keyboard(page)
    page.get_by_role("link", name="Volgend jaar").click()
    assert page.get_by_role("heading", name="in 2016").is_visible()
    assert page.get_by_role("heading", name="De laatste dag is maandag 18 mei 2015").is_visible()


def test_wrong_question_is_answered_with_what_is_wrong(logged_in_page: LoggedIn, transactional_db: None) -> None:
    page = logged_in_page(person())
    page.goto("/termijnen/?soort=&begin=")
    assert page.evaluate("document.querySelector('.error-summary') !== null")
    assert_accessible(page)


def test_added_day_moves_a_term_and_everybody_concerned_is_told(
    logged_in_page: LoggedIn, transactional_db: None
) -> None:
    cast = Cast()
    subject = walk(cast, *TO_STATUS["aangemeld"], at=FILED)
    page = logged_in_page(holder_of(Role.ADMINISTRATOR))
    page.goto("/termijnen/")
    page.get_by_role("link", name="Voeg een dag toe").click()
    page.get_by_label("Welke dag?").fill(ENDS.isoformat())
    page.get_by_label("In welk besluit staat dat?").fill("Stb. 2025, 210")
    page.get_by_role("button", name="Bekijk wat er verandert").click()
    assert "maandag 28 december 2026" in page.inner_text("table")
    assert_accessible(page)
    assert_within_reach_of_the_keyboard(page)
    page.get_by_role("button", name="Dag toevoegen").click()
    assert "De dag is toegevoegd. 1 termijn is verschoven." in page.inner_text("main [role=status]")
    assert Initiative.objects.get(pk=subject.pk).due_on == MOVED
    leader = logged_in_page(cast.leader)
    leader.goto("/meldingen/")
    assert "1 termijn is verschoven" in leader.locator(".notices h2").first.inner_text()
    assert_accessible(leader)


def test_pages_of_a_day_are_for_everybody_also_with_errors(logged_in_page: LoggedIn, transactional_db: None) -> None:
    page = logged_in_page(holder_of(Role.ADMINISTRATOR))
    page.goto("/termijnen/dagen/nieuw/")
    assert_accessible(page)
    page.get_by_label("Welke dag?").fill("2099-06-06")
    page.get_by_label("In welk besluit staat dat?").fill("Stb. 2098, 1")
    page.get_by_role("button", name="Bekijk wat er verandert").click()
    assert page.title().startswith("Fout: ")
    assert_accessible(page)
    page.get_by_label("Welke dag?").fill("2099-06-02")
    page.get_by_role("button", name="Bekijk wat er verandert").click()
    page.get_by_role("button", name="Dag toevoegen").click()
    page.get_by_role("link", name="Haal deze dag weg").click()
    assert_accessible(page)


def test_lead_times_are_for_everybody_who_may_see_them(logged_in_page: LoggedIn, transactional_db: None) -> None:
    cast = Cast()
    walk(cast, *TO_STATUS["afgewezen"], at=now())
    page = logged_in_page(cast.leader)
    page.goto("/")
    page.get_by_role("link", name="Hoe lang besluiten duren").click()
    for table in page.get_by_text("Bekijk als tabel").all():
        table.click()
    assert "Oost-Nederland" in page.locator("table").first.inner_text()
    assert_accessible(page)
    assert_within_reach_of_the_keyboard(page)
