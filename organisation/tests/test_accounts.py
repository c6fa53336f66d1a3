"""Accounts: made without a password, which only their owner chooses, by a link that works once."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client

from journal.models import Entry
from organisation import accounts
from organisation.models import Person
from organisation.refusals import OrganisationRefused
from organisation.roles import Role
from organisation.tasks import mail_password_link
from organisation.tests.factories import holder_of, person
from organisation.tests.test_views import PASSWORD, try_to_enter

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> Person:
    return holder_of(Role.ADMINISTRATOR)


@pytest.fixture
def newcomer(administrator: Person) -> Person:
    return accounts.create_account("4711", "newcomer@politie.example", by=administrator)


def link_for(newcomer: Person) -> str:
    mail_password_link(newcomer.pk)
    found = re.search(r"http://localhost:\d+(\S+)", str(mail.outbox[-1].body))
    assert found is not None
    return found[1]


def choose(client: Client, link: str, password: str = PASSWORD) -> Any:
    return client.post(link, {"new_password1": password, "new_password2": password})


def test_new_account_lets_nobody_in_until_its_owner_chose_a_password(client: Client, newcomer: Person) -> None:
    assert try_to_enter(client, "4711", "").status_code == 400
    link = link_for(newcomer)
    assert mail.outbox[-1].to == ["newcomer@politie.example"]
    assert f'{link}">Kies eerst een wachtwoord</a>' in str(mail.outbox[-1].message())
    assert client.get(link).status_code == 200
    assert choose(client, link).headers["Location"] == "/inloggen/"
    assert try_to_enter(client, "4711").status_code == 302


def test_link_works_once(client: Client, newcomer: Person) -> None:
    link = link_for(newcomer)
    choose(client, link)
    assert (client.get(link).status_code, choose(client, link, "nog een ander wachtwoord").status_code) == (410, 410)
    assert try_to_enter(client, "4711").status_code == 302


def test_link_works_for_three_days(client: Client, newcomer: Person) -> None:
    with time_machine.travel("2026-11-21T09:00:00Z", tick=False) as clock:
        link = link_for(newcomer)
        clock.shift(timedelta(days=3))
        assert client.get(link).status_code == 200
        clock.shift(timedelta(seconds=1))
        assert client.get(link).status_code == 410


def test_link_of_one_account_does_not_open_another(client: Client, newcomer: Person) -> None:
    other = person()
    assert client.get(link_for(newcomer).replace(f"/{newcomer.pk}/", f"/{other.pk}/")).status_code == 410


@pytest.mark.parametrize("pk", [0, 10**30])
def test_link_of_nobody_has_ended(client: Client, pk: int) -> None:
    assert client.get(f"/inloggen/wachtwoord/{pk}/abc-def/").status_code == 410


def test_weak_password_is_refused_and_the_link_still_works(client: Client, newcomer: Person) -> None:
    link = link_for(newcomer)
    assert choose(client, link, "4711").status_code == 400
    assert choose(client, link).status_code == 302


def test_closed_account_gets_no_mail_and_no_way_in(client: Client, newcomer: Person, administrator: Person) -> None:
    link = link_for(newcomer)
    accounts.close_account(newcomer, by=administrator)
    assert client.get(link).status_code == 410
    mail_password_link(newcomer.pk)
    assert len(mail.outbox) == 1
    with pytest.raises(OrganisationRefused):
        accounts.send_new_link(Person.objects.get(pk=newcomer.pk), by=administrator)


def test_closing_ends_the_session_at_the_next_click(client: Client, administrator: Person) -> None:
    somebody = person()
    client.force_login(somebody)
    assert client.get("/account/").status_code == 200
    accounts.close_account(somebody, by=administrator)
    assert client.get("/account/").status_code == 302
    accounts.open_account(Person.objects.get(pk=somebody.pk), by=administrator)
    assert Person.objects.get(pk=somebody.pk).is_active


def test_nobody_closes_or_opens_their_own_account(administrator: Person) -> None:
    for change in (accounts.close_account, accounts.open_account):
        with pytest.raises(OrganisationRefused, match="eigen account"):
            change(administrator, by=administrator)


def test_second_time_is_refused(administrator: Person) -> None:
    somebody = person()
    accounts.close_account(somebody, by=administrator)
    with pytest.raises(OrganisationRefused):
        accounts.close_account(somebody, by=administrator)
    assert Entry.objects.filter(action="account_gesloten").count() == 1


def test_number_that_exists_is_refused(newcomer: Person, administrator: Person) -> None:
    with pytest.raises(OrganisationRefused, match="al een account"):
        accounts.create_account("4711", "other@politie.example", by=administrator)


def test_each_change_stands_in_the_journal_with_who_did_it(newcomer: Person, administrator: Person) -> None:
    accounts.send_new_link(newcomer, by=administrator)
    accounts.close_account(newcomer, by=administrator)
    entries = Entry.objects.filter(actor=administrator.number).order_by("id")
    assert [(entry.action, entry.role, entry.object_id) for entry in entries] == [
        (action, "beheerder", str(newcomer.pk))
        for action in ("account_gemaakt", "wachtwoordlink_gestuurd", "account_gesloten")
    ]


def test_link_is_mailed_after_commit(administrator: Person, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        accounts.create_account("4712", "other@politie.example", by=administrator)
    assert len(callbacks) == 1
