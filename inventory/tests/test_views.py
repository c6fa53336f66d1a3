"""The inventory: who sees which cameras, how they are counted, and how a unit keeps its own."""

from contextlib import nullcontext
from typing import Any, NoReturn

import pytest
from django.db import IntegrityError
from django.test import Client

from inventory.models import Camera
from inventory.services import NotPossible, add_camera, change_camera
from inventory.tests.factories import camera
from journal.models import Entry
from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import holder_of, unit

pytestmark = pytest.mark.django_db

LIST, NEW = "/inventaris/", "/inventaris/nieuw/"


@pytest.fixture
def contact(client: Client) -> Person:
    found = holder_of(Role.CONTACT, "ON")
    client.force_login(found)
    return found


def html(client: Client, address: str = LIST) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_who_has_a_unit_sees_its_cameras_and_who_has_the_country_all(client: Client, contact: Person) -> None:
    own, other = camera(), camera("AM")
    assert own.serial in html(client)
    assert other.serial not in html(client)
    assert client.get(f"{LIST}{other.pk}/").status_code == 404
    for role in (Role.AUDITOR, Role.ADMINISTRATOR, Role.PRIVACY):
        client.force_login(holder_of(role))
        shown = html(client)
        assert own.serial in shown
        assert other.serial in shown
        assert f"{LIST}{own.pk}/" not in shown
        assert client.get(f"{LIST}{own.pk}/").status_code == 403


def test_what_was_replaced_is_not_counted_beside_its_replacement(client: Client, contact: Person) -> None:
    """376 replaced within 2,000 make 2,000 (T-14); here one within two."""
    camera()
    camera(status="vervangen", replaced_by=camera(status="defect"))
    camera(status="afgevoerd")
    assert client.get(LIST).context["sum"] == ("Samen", "1", "1", "1", "1", "2")


def test_they_are_narrowed_and_paged(client: Client, contact: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inventory.views.PER_PAGE", 2)
    found = [camera(serial=f"A-{number}") for number in range(3)]
    camera(serial="B-1", status="defect")
    serials = lambda answer: [one.serial for one, *_ in answer.context["rows"]]  # noqa: E731
    first = client.get(LIST, {"serienummer": "a-"})
    assert serials(first) == ["A-0", "A-1"]
    second = client.get(LIST + first.context["next_url"])
    assert serials(second) == [found[2].serial]
    assert serials(client.get(LIST + second.context["previous_url"])) == ["A-0", "A-1"]
    assert serials(client.get(LIST, {"staat": "defect"})) == ["B-1"]
    assert "Geen camera past bij deze filters." in html(client, f"{LIST}?serienummer=C")
    assert client.get(LIST, {"pagina": "x"}).status_code == 400
    assert client.get(LIST, {"staat": "weg"}).status_code == 400


def test_what_cannot_be_asked_is_told_and_finds_nothing(client: Client, contact: Person) -> None:
    camera()
    answer = client.get(f"{LIST}?staat=x")
    assert answer.status_code == 400
    assert "Zo kunnen wij niets zoeken." in (shown := answer.content.decode())
    assert "Haal een filter weg." not in shown
    assert "Haal een filter weg." in html(client, f"{LIST}?staat=defect")


def test_a_list_costs_the_same_however_long(client: Client, contact: Person, django_assert_num_queries: Any) -> None:
    client.get(LIST)  # writes down when this person was seen
    for _ in range(2):
        for _ in range(4):
            camera(status="vervangen", replaced_by=camera())
        with django_assert_num_queries(5):  # session, person, rights, how many, rows
            client.get(LIST)


def test_a_contact_person_adds_a_camera_of_the_own_unit(client: Client, contact: Person) -> None:
    typed = {
        "serial": "ZC-1", "vendor": "Zepcam", "model_name": "T2", "unit": unit().pk, "origin": "landelijke_uitrol",
        "initiative": "", "consent": "",
    }  # fmt: skip
    assert client.post(NEW, typed).status_code == 302
    entry = Entry.objects.get(action="camera_toegevoegd")
    assert (entry.actor, entry.object_id) == (contact.number, str(Camera.objects.get().pk))
    for wrong in ({}, {"serial": "ZC-2", "unit": unit("AM").pk}, {"serial": "ZC-2", "origin": "met_instemming"}):
        assert client.post(NEW, {**typed, **wrong}).status_code == 400
    assert Camera.objects.count() == 1
    client.force_login(holder_of(Role.HEAD, "ON"))
    assert client.post(NEW, {**typed, "serial": "ZC-2"}).status_code == 403


def test_of_two_who_add_the_same_camera_at_once_the_second_is_told(contact: Person) -> None:
    """Both forms were looked at before either was kept. The twin: another serial is kept."""
    for serial, told in (("ZC-1", ""), ("ZC-1", "al een camera met dit serienummer"), ("ZC-2", "")):
        unsaved = Camera(serial=serial, vendor="Zepcam", model_name="T2", unit=unit(), origin="landelijke_uitrol")
        with pytest.raises(NotPossible, match=told) if told else nullcontext():
            add_camera(unsaved, by=contact)
    assert Camera.objects.count() == 2


def the_journal_refuses(*said: Any, **more: Any) -> NoReturn:
    raise IntegrityError("the journal refuses")


def test_what_else_goes_wrong_is_not_called_a_camera_that_is_there(
    contact: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twins: the second who adds the same, and two that are replaced by one, are told."""
    old, older, new = camera(), camera(), camera()
    add_camera(
        Camera(serial="ZC-1", vendor="Zepcam", model_name="T2", unit=unit(), origin="landelijke_uitrol"), by=contact
    )
    monkeypatch.setattr("inventory.services.record", the_journal_refuses)
    unsaved = Camera(serial="ZC-2", vendor="Zepcam", model_name="T2", unit=unit(), origin="landelijke_uitrol")
    with pytest.raises(IntegrityError, match="the journal refuses"):
        add_camera(unsaved, by=contact)
    for status, replaced_by in (("defect", None), ("vervangen", new)):
        with pytest.raises(IntegrityError, match="the journal refuses"):
            change_camera(old.pk, status, replaced_by, by=contact)
    assert (Camera.objects.count(), Camera.objects.get(pk=old.pk).status) == (4, "operationeel")
    Camera.objects.filter(pk=older.pk).update(status="vervangen", replaced_by=new)
    monkeypatch.setattr(Camera, "full_clean", lambda camera: None)  # before the other was kept
    with pytest.raises(NotPossible, match="vervangt al een andere"):
        change_camera(old.pk, "vervangen", new, by=contact)


def test_another_takes_its_place_once(client: Client, contact: Person) -> None:
    old, older, new, elsewhere = camera(), camera(), camera(), camera("AM")
    change = {"status": "vervangen", "replaced_by": new.serial}
    assert client.post(f"{LIST}{old.pk}/", change).status_code == 302
    assert Camera.objects.get(pk=old.pk).replaced_by == new
    assert new.serial in str(Entry.objects.get(action="camera_gewijzigd"))
    for pk, wrong in (
        (older.pk, change),
        (older.pk, {"status": "defect", "replaced_by": camera().serial}),
        (older.pk, {"status": "vervangen", "replaced_by": older.serial}),
        (older.pk, {"status": "vervangen", "replaced_by": elsewhere.serial}),
        (older.pk, {"status": "zoek"}),
    ):
        assert client.post(f"{LIST}{pk}/", wrong).status_code == 400, wrong
    assert Camera.objects.get(pk=older.pk).status == "operationeel"
    assert client.post(f"{LIST}{older.pk}/", {"status": "defect"}).status_code == 302
