"""The pages of the journal, tried where there are files to look up: who sees what of it, and what looking leaves."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from initiatives.models import Initiative
from initiatives.tests.factories import Cast, initiative
from journal import anchors, seals, verify
from journal.models import Check, Entry
from journal.write import record
from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import holder_of, unit
from script.verify_journal import main

pytestmark = [pytest.mark.django_db, pytest.mark.alone]


def as_role(role: Role) -> Client:
    return as_person(holder_of(role))


def as_person(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


@pytest.fixture
def filed() -> Initiative:
    return initiative(Cast("ON"), "aangemeld")


def test_auditor_reads_sentences_with_who_and_about_what(filed: Initiative) -> None:
    shown = page(as_role(Role.AUDITOR), "/journaal/")
    assert "De contactpersoon Oost-Nederland heeft het initiatief aangemeld." in shown
    assert f'?soort=initiatives.initiative&amp;waarop={filed.number}">initiatief {filed.number}</a>' in shown
    assert "· contactpersoon · ON</a>" in shown


def test_administrator_sees_accounts_and_roles_and_no_files(filed: Initiative) -> None:
    shown = page(as_role(Role.ADMINISTRATOR), "/journaal/")
    assert "kreeg de rol" in shown
    assert str(filed.number) not in shown
    assert "initiatief" not in shown.partition("<tbody")[2]
    assert "Exporteer" not in shown


def test_privacy_officer_sees_recordings_and_requests_only(filed: Initiative) -> None:
    assert "Geen regel past hierbij" in page(as_role(Role.PRIVACY), "/journaal/")


@pytest.mark.parametrize("role", [Role.LEADER, Role.MANAGER, Role.CONTACT, Role.JUDGE])
def test_others_are_sent_to_the_trail_of_a_file(role: Role) -> None:
    client = as_person(holder_of(role, "ON" if role in (Role.CONTACT, Role.JUDGE) else None))
    assert "Het spoor van een dossier staat daar zelf" in page(client, "/journaal/", 403)
    assert page(client, "/journaal/zegels/", 403)


def test_search_by_person_and_by_thing_says_so_in_the_journal(filed: Initiative) -> None:
    auditor = as_role(Role.AUDITOR)
    actor = Entry.objects.get(action="aanmelden").actor
    shown = page(auditor, f"/journaal/?wie={actor}&wat=aanmelden&soort=initiatives.initiative&waarop={filed.number}")
    assert shown.count('<tr role="row">') == 2
    assert f'<a href="/initiatieven/{filed.pk}/">Ga naar initiatief {filed.number}</a>' in shown
    assert str(Entry.objects.first()) == (
        f"De auditor heeft in het journaal gezocht naar nummer {actor} en initiatief {filed.number}."
    )
    page(auditor, "/journaal/?wat=aanmelden")
    assert Entry.objects.filter(action="journaal_doorzocht").count() == 1


def test_unit_is_called_by_its_name_and_found_by_it() -> None:
    record("eenheid_gemaakt", "De beheerder maakte de eenheid Oost-Nederland.", about=unit("ON"))
    auditor = as_role(Role.AUDITOR)
    for asked in ("", "?soort=organisation.unit&waarop=Oost-Nederland", "?soort=organisation.unit&waarop=on"):
        assert '?soort=organisation.unit&amp;waarop=Oost-Nederland">eenheid Oost-Nederland</a>' in page(
            auditor, f"/journaal/{asked}"
        )


@pytest.mark.parametrize("address", ["?wat=onbekend", "?waarop=7", "?van=2026-02-02&tot=2026-02-01", "?soort=x.y"])
def test_what_cannot_be_asked_is_said(address: str) -> None:
    assert "Zo kunnen wij niets zoeken" in page(as_role(Role.AUDITOR), f"/journaal/{address}", 400)


@pytest.mark.parametrize("place", ["voor=x", "voor=²", "na=99999999999999999999", "voor=0"])
def test_place_that_is_none_is_the_beginning(place: str) -> None:
    assert "<tbody" in page(as_role(Role.AUDITOR), f"/journaal/?{place}")


def test_long_journal_is_paged() -> None:
    for number in range(60):
        record("proef", f"Regel {number}.")
    auditor = as_role(Role.AUDITOR)
    assert "Regel 12." in page(auditor, "/journaal/?wat=proef")
    oldest = Entry.objects.filter(action="proef").order_by("id")[10]
    older = page(auditor, f"/journaal/?wat=proef&voor={oldest.pk}")
    assert "Regel 9." in older
    assert "Regel 10." not in older
    assert f"?wat=proef&amp;na={oldest.pk - 1}" in older


@pytest.mark.django_db(transaction=True)
def test_seals_and_checks_are_shown_and_a_finding_alarms_who_must_know(owner: Any) -> None:
    auditor, administrator, leader = (as_role(role) for role in (Role.AUDITOR, Role.ADMINISTRATOR, Role.LEADER))
    seals.seal()
    verify.check()
    shown = page(auditor, "/journaal/zegels/")
    newest = seals.newest()
    assert newest is not None
    assert anchors.anchor_of(newest) in shown
    assert "zijn zoals zij zijn verzegeld" in page(auditor, "/journaal/")
    owner("DELETE FROM journal_entry WHERE id = (SELECT entry_id FROM journal_link WHERE seq = 2)")
    verify.check()
    for client in (auditor, administrator):
        assert "Het journaal vraagt aandacht" in page(client, "/")
        assert "Regel 2 is verwijderd" in page(client, "/")
    assert "Het journaal vraagt aandacht" not in page(leader, "/")


def test_check_that_did_not_come_is_an_alarm() -> None:
    Check.objects.create(entries=0, seals=0, seconds=0)
    assert verify.alarm() == ""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_check (at, entries, seals, finding, seconds)"
            " VALUES (clock_timestamp() - interval '3 days', 0, 0, '', 0)"
        )
    assert "niet gecontroleerd" in verify.alarm()


@pytest.mark.django_db(transaction=True)
def test_export_can_be_checked_outside_and_stands_in_the_journal_first(tmp_path: Any) -> None:
    record("proef", "Een regel.")
    seals.seal()
    anchors.follow()
    auditor = as_role(Role.AUDITOR)
    answer: Any = auditor.get("/journaal/export/")
    assert Entry.objects.filter(action="journaal_geexporteerd").count() == 1
    file = tmp_path / "export.jsonl"
    file.write_bytes(b"".join(answer.streaming_content))
    assert json.loads(file.read_text().splitlines()[0]) == ["journal", "1"]
    assert main([str(file), "--anchor", str(anchors.path())]) == 0
    assert 'attachment; filename="journaal-' in answer["Content-Disposition"]


def test_page_costs_a_fixed_number_of_queries(django_assert_max_num_queries: Any) -> None:
    auditor = as_role(Role.AUDITOR)
    for _ in range(3):
        initiative(Cast(), "aangemeld")
    auditor.get("/journaal/")
    with django_assert_max_num_queries(11):  # session, person, rights, actions, entries, seals, names, state, alarm
        auditor.get("/journaal/")
