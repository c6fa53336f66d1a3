"""The page of one recording: who sees it, what it says, and that looking leaves an entry."""

from datetime import timedelta

import pytest
from django.test import Client

from journal.models import Entry
from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import holder_of
from retention.clock import now
from retention.models import Hold, Recording
from retention.tests.factories import recording
from retention.tests.states import destroyed, kept, removed

pytestmark = pytest.mark.django_db


def answer(client: Client, person: Person, found: Recording) -> tuple[int, str]:
    client.force_login(person)
    page = client.get(f"/opnamen/{found.pk}/")
    return page.status_code, page.content.decode()


def test_it_is_there_for_its_judge_its_wearer_and_the_privacy_officer_only(client: Client) -> None:
    wearer = holder_of(Role.WEARER, "ON")
    found = recording(3, wearer=wearer.number)
    for person in (holder_of(Role.JUDGE, "ON"), wearer, holder_of(Role.PRIVACY)):
        assert answer(client, person, found)[0] == 200
    for role, code in ((Role.JUDGE, "MN"), (Role.WEARER, "ON"), (Role.HEAD, "ON"), (Role.CONTACT, "ON")):
        assert answer(client, holder_of(role, code), found)[0] == 404
    for role in (Role.AUDITOR, Role.LEADER, Role.ADMINISTRATOR):
        assert answer(client, holder_of(role), found)[0] == 404


def test_what_is_out_of_use_is_for_the_privacy_officer_only(client: Client) -> None:
    found = removed()
    assert answer(client, holder_of(Role.JUDGE, "ON"), found)[0] == 404
    assert answer(client, holder_of(Role.PRIVACY), found)[0] == 200


def test_looking_is_put_on_record_with_the_role_in_which_one_looks(client: Client) -> None:
    wearer = holder_of(Role.WEARER, "ON")
    found = recording(3, wearer=wearer.number)
    answer(client, wearer, found)
    entry = Entry.objects.latest("id")
    assert (entry.action, entry.role, entry.object_id) == ("opname_ingezien", "drager", str(found.pk))


def test_page_says_what_it_is_and_what_can_be_done(client: Client) -> None:
    found = recording(3, place="woning", announced=False, not_announced_reason="Het moest snel.", source_id="ON-7")
    html = answer(client, holder_of(Role.JUDGE, "ON"), found)[1]
    for words in (
        *("Opname ON-7", "Woning, zonder uitzondering", "nee: Het moest snel.", "niet bekend in het register"),
        *("De 28 dagen: gebruikt op", "Noodzakelijk verklaren", "Niet noodzakelijk verklaren", "Onbekende camera"),
    ):
        assert words in html
    assert "<video" not in html


def test_why_it_is_kept_is_said(client: Client) -> None:
    html = answer(client, holder_of(Role.JUDGE, "ON"), kept())[1]
    for words in ("Waarom bewaard", "artikel 8: de dagelijkse politietaak", "PL-2026-1", "Opnieuw beoordelen"):
        assert words in html
    assert "De 28 dagen: gebruikt" not in html


def test_tombstone_shows_its_proof_and_no_wearer(client: Client) -> None:
    html = answer(client, holder_of(Role.JUDGE, "ON"), destroyed())[1]
    for words in ("Bewijs van vernietiging", "beoordeeld als niet noodzakelijk", "nagekeken dat het bestand weg is"):
        assert words in html
    assert "Drager" not in html
    assert "Wat kunt u nu doen" not in html


def test_a_hold_is_told_to_a_judge_and_never_to_who_wore_the_camera(client: Client) -> None:
    wearer, guard, at = holder_of(Role.WEARER, "ON"), holder_of(Role.PRIVACY), now()
    found = recording(0, wearer=wearer.number)
    given = {"owner": guard, "placed_by": guard, "placed_at": at, "until_at": at + timedelta(days=2)}
    Hold.objects.create(recording=found, reason="klacht", explanation="Een buurman klaagt.", **given)
    assert "Opschorting" in answer(client, holder_of(Role.JUDGE, "ON"), found)[1]
    assert "Opschorting" not in answer(client, wearer, found)[1]
    for page in ("/opnamen/", "/opnamen/eigen/"):
        html = client.get(page).content.decode()
        assert "Opschorting" not in html
        assert found.source_id in html
