"""A mandate, a deputy and a merger, each from the page on which it begins to what it does to a file."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page

from bodycams.tests.browser import assert_accessible, assert_within_reach_of_the_keyboard
from initiatives.tests.factories import Cast, initiative
from initiatives.tests.pages import address, again
from organisation.endings import carry_out_endings
from organisation.models import RoleAssignment
from organisation.roles import Role
from organisation.tests.factories import holder_of, person, planned_ending, unit
from workflow.clock import local_date, now

LoggedIn = Callable[..., Page]
TAKE = "form[data-main] button >> nth=0"

pytestmark = pytest.mark.django_db(transaction=True)


def in_days(days: int) -> date:
    return local_date(now()) + timedelta(days=days)


def press(page: Page, what: str) -> None:
    with page.expect_navigation():
        page.click(what)
    assert_accessible(page)


def test_head_gives_a_mandate_and_the_contact_person_acquiesces(logged_in_page: LoggedIn) -> None:
    cast = Cast()
    subject = initiative(cast, "afgewezen")
    head = logged_in_page(cast.head)
    head.goto("/account/")
    press(head, "text=Geef een mandaat")
    head.select_option("[name=unit]", label="Oost-Nederland")
    head.select_option("[name=kind]", "berusten")
    head.select_option("[name=contact]", label=cast.contact.number)
    head.fill("[name=from_date]", in_days(0).isoformat())
    head.fill("[name=until_date]", in_days(14).isoformat())
    press(head, TAKE)
    contact = logged_in_page(cast.contact)
    contact.goto(address(subject, ""))
    press(contact, ".turn a[href$='/stap/berusten/']")
    press(contact, TAKE)
    assert again(subject).final_ground == "berusting"
    assert "namens de politiechef" in contact.inner_text("main")
    head.goto("/account/")
    press(head, "main a >> text=Intrekken")
    press(head, TAKE)
    assert "Ingetrokken op" in head.inner_text("main")


def test_administrator_arranges_a_deputy_who_signs_as_deputy(logged_in_page: LoggedIn) -> None:
    cast, deputy = Cast(), person()
    subject = initiative(cast, "concept")
    page = logged_in_page(holder_of(Role.ADMINISTRATOR))
    page.goto(f"/organisatie/mensen/{cast.head.pk}/")
    press(page, "text=Laten waarnemen")
    page.fill("[name=number]", deputy.number)
    page.fill("[name=from_date]", in_days(0).isoformat())
    page.fill("[name=until_date]", in_days(14).isoformat())
    assert_within_reach_of_the_keyboard(page)
    press(page, TAKE)
    signs = logged_in_page(deputy)
    signs.goto(address(subject, "stap/noodzaak_vaststellen/"))
    signs.check("[name=necessary][value=ja]")
    signs.check("[name=urgent][value=nee]")
    signs.fill("[name=reasons]", "Het geweld neemt toe.")
    press(signs, TAKE)
    assert "De waarnemend politiechef Oost-Nederland" in signs.inner_text("main")


def test_two_people_merge_a_unit_and_the_day_moves_it(logged_in_page: LoggedIn) -> None:
    cast = Cast("AM")
    moves, stays = initiative(cast, "aangemeld"), initiative(cast, "afgewezen")
    one, other = (logged_in_page(holder_of(Role.ADMINISTRATOR)) for _ in range(2))
    one.goto("/organisatie/eenheden/AM/")
    press(one, "text=Hef op of voeg samen")
    one.fill("[name=last_day]", in_days(30).isoformat())
    one.select_option("[name=successor]", label="Midden-Nederland")
    one.fill("[name=reasons]", "De eenheden werken al samen.")
    press(one, "text=Bekijk eerst wat er gebeurt")
    assert "gaan over naar de opvolger" in one.inner_text("main")
    press(one, TAKE)
    other.goto("/organisatie/opheffingen/")
    press(other, "main a >> text=Amsterdam gaat op")
    press(other, "text=Geef antwoord")
    other.check("[name=outcome][value=bevestigd]")
    assert_within_reach_of_the_keyboard(other)
    press(other, TAKE)
    assert "Bevestigd" in other.inner_text("main")
    assert again(moves).unit.code == "AM"
    planned_ending("AM", "MN", in_days(-1))
    assert carry_out_endings(now()) == 1
    assert RoleAssignment.objects.filter(person=cast.contact, unit=unit("MN")).exists()
    contact = logged_in_page(cast.contact)
    for subject, place in ((moves, "Midden-Nederland"), (stays, "Amsterdam")):
        contact.goto(address(subject, ""))
        assert place in contact.inner_text("body")
        assert str(subject.number) in contact.inner_text("body")
