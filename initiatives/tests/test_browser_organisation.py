"""A mandate, a deputy and a merger, each from the page on which it begins to what it does to a file."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from bodycams.tests.browser import assert_accessible, assert_within_reach_of_the_keyboard, press
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


def press_and_look(page: Page, what: str) -> None:
    press(page, what)
    assert_accessible(page)


def test_head_gives_a_mandate_and_the_contact_person_acquiesces(logged_in_page: LoggedIn) -> None:
    cast = Cast()
    subject = initiative(cast, "afgewezen")
    head = logged_in_page(cast.head)
    head.goto("/account/")
    press_and_look(head, "text=Geef een mandaat")
    head.select_option("[name=unit]", label="Oost-Nederland")
    head.select_option("[name=kind]", "berusten")
    head.select_option("[name=contact]", label=cast.contact.number)
    head.fill("[name=from_date]", in_days(0).isoformat())
    head.fill("[name=until_date]", in_days(14).isoformat())
    press_and_look(head, TAKE)
    contact = logged_in_page(cast.contact)
    contact.goto(address(subject, ""))
    press_and_look(contact, ".turn a[href$='/stap/berusten/']")
    press_and_look(contact, TAKE)
    assert again(subject).final_ground == "berusting"
    expect(contact.locator("main")).to_contain_text("namens de politiechef")
    head.goto("/account/")
    press_and_look(head, "main a >> text=Intrekken")
    press_and_look(head, TAKE)
    expect(head.locator("main")).to_contain_text("Ingetrokken op")


def test_administrator_arranges_a_deputy_who_signs_as_deputy(logged_in_page: LoggedIn) -> None:
    cast, deputy = Cast(), person()
    subject = initiative(cast, "concept")
    page = logged_in_page(holder_of(Role.ADMINISTRATOR))
    page.goto(f"/organisatie/mensen/{cast.head.pk}/")
    press_and_look(page, "text=Laten waarnemen")
    page.fill("[name=number]", deputy.number)
    page.fill("[name=from_date]", in_days(0).isoformat())
    page.fill("[name=until_date]", in_days(14).isoformat())
    assert_within_reach_of_the_keyboard(page)
    press_and_look(page, TAKE)
    signs = logged_in_page(deputy)
    signs.goto(address(subject, "stap/noodzaak_vaststellen/"))
    signs.check("[name=necessary][value=ja]")
    signs.check("[name=urgent][value=nee]")
    signs.fill("[name=reasons]", "Het geweld neemt toe.")
    press_and_look(signs, TAKE)
    expect(signs.locator("main")).to_contain_text("De waarnemend politiechef Oost-Nederland")


def test_two_people_merge_a_unit_and_the_day_moves_it(logged_in_page: LoggedIn) -> None:
    cast = Cast("AM")
    moves, stays = initiative(cast, "aangemeld"), initiative(cast, "afgewezen")
    one, other = (logged_in_page(holder_of(Role.ADMINISTRATOR)) for _ in range(2))
    one.goto("/organisatie/eenheden/AM/")
    press_and_look(one, "text=Hef op of voeg samen")
    one.fill("[name=last_day]", in_days(30).isoformat())
    one.select_option("[name=successor]", label="Midden-Nederland")
    one.fill("[name=reasons]", "De eenheden werken al samen.")
    press_and_look(one, "text=Bekijk eerst wat er gebeurt")
    expect(one.locator("main")).to_contain_text("naar de opvolger, onder hetzelfde nummer")
    press_and_look(one, TAKE)
    other.goto("/organisatie/opheffingen/")
    press_and_look(other, "main a >> text=Amsterdam gaat op")
    press_and_look(other, "text=Geef antwoord")
    other.check("[name=outcome][value=bevestigd]")
    assert_within_reach_of_the_keyboard(other)
    press_and_look(other, TAKE)
    expect(other.locator("main")).to_contain_text("Bevestigd")
    assert again(moves).unit.code == "AM"
    planned_ending("AM", "MN", in_days(-1))
    assert carry_out_endings(now()) == 1
    assert RoleAssignment.objects.filter(person=cast.contact, unit=unit("MN")).exists()
    contact = logged_in_page(cast.contact)
    for subject, place in ((moves, "Midden-Nederland"), (stays, "Amsterdam")):
        contact.goto(address(subject, ""))
        expect(contact.locator("body")).to_contain_text(place)
        expect(contact.locator("body")).to_contain_text(str(subject.number))
