"""A dock delivers metadata: what becomes of one and of many, for whom, twice, and of what is destroyed."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from initiatives.tests.factories import Cast, initiative
from journal.models import Entry, Result
from organisation.models import ApiToken
from organisation.tests.factories import person
from retention.clock import now
from retention.models import Destruction, Proof, Recording, Run
from retention.tests.deliveries import PLACE, a_token, deliver, item
from retention.tests.factories import recording

pytestmark = pytest.mark.django_db


@pytest.fixture
def dock() -> str:
    return a_token(unit_code="ON")


def results(answer: Any) -> list[str]:
    return [one["result"] for one in answer.json()]


def destroyed(**facts: Any) -> Recording:
    found = recording(40, **facts)
    at, run = now(), Run.objects.create(began_at=now())
    Destruction.objects.create(
        recording=found, run=run, why="termijn_verstreken", planned_at=at, point_of_no_return_at=at
    )
    Proof.objects.create(
        recording=found, run=run, sha256=found.sha256, ground="termijn_verstreken", how="verwijderd", destroyed_at=at
    )
    Recording.objects.filter(pk=found.pk).update(status="vernietigd", wearer="", not_announced_reason="")
    return found


# --- one and many ---------------------------------------------------------------------------------


def test_one_is_taken_in_once_and_tells_what_stands_out(client: Client, dock: str) -> None:
    sent = item()
    answer = deliver(client, dock, sent)
    assert (answer.status_code, answer.json()["result"], answer.json()["state"]) == (201, "created", "te_beoordelen")
    assert answer.json()["marks"] == ["camera_onbekend", "drager_onbekend", "bestand_ontbreekt"]
    found = Recording.objects.get(pk=answer.json()["id"])
    assert (found.unit.code, found.initiative, found.wearer) == ("ON", None, sent["wearer"])
    assert found.judging_closes_at < found.must_be_gone_by < now() + timedelta(days=28)
    again = deliver(client, dock, {**sent, "used_from": found.used_from.astimezone().isoformat()})
    assert (again.status_code, again.json()["result"], again.json()["id"]) == (200, "exists", found.pk)
    other = deliver(client, dock, {**sent, "size": 1})
    assert (other.status_code, other["Content-Type"]) == (409, "application/problem+json")
    assert Recording.objects.count() == 1
    entries = Entry.objects.filter(action="opnamen_aangeleverd").order_by("id")
    assert [str(entry).rpartition(": ")[2] for entry in entries] == [
        *("1 nieuw.", "1 al aanwezig.", "1 in strijd met wat er al is.")
    ]
    assert not entries.filter(data__icontains=sent["wearer"]).exists()


def test_of_many_each_is_answered_and_the_good_ones_go_in(client: Client, dock: str) -> None:
    good, other = item(), item()
    sent = [good, {**good}, {**good, "place": "woning"}, item(size="5"), item(unit="AM"), item(unit="XX"), 7, other]
    answer = deliver(client, dock, sent)
    assert answer.status_code == 207
    assert results(answer) == [
        *("created", "exists", "conflict", "refused", "forbidden", "refused", "refused", "created")
    ]
    assert [one["status"] for one in answer.json()] == [201, 200, 409, 400, 403, 400, 400, 201]
    assert answer.json()[3]["errors"] == [
        {"in": "body", "name": "size", "code": "type", "detail": "Geef een heel getal."}
    ]
    assert Recording.objects.count() == 2
    alike = deliver(client, dock, [good, other])
    assert (alike.status_code, results(alike)) == (200, ["exists", "exists"])
    assert deliver(client, dock, [item(), item()]).status_code == 201


def test_what_cannot_be_right_is_taken_in_and_set_apart(client: Client, dock: str) -> None:
    began = now() + timedelta(days=400)
    late = {name: (began + timedelta(hours=1)).isoformat() for name in ("used_to", "shift_end")}
    person(number="104801")
    answer = deliver(client, dock, item(used_from=began.isoformat(), **late, announced=False, not_announced_reason="-"))
    assert (answer.status_code, answer.json()["marks"]) == (
        201,
        ["camera_onbekend", "klok_onjuist", "bestand_ontbreekt"],
    )


@pytest.mark.parametrize(("hours", "is_marked"), [(24, False), (25, True)])
def test_a_shift_that_cannot_be_right_is_taken_in_and_marked(
    client: Client, dock: str, hours: int, is_marked: bool
) -> None:
    used_to = now() - timedelta(minutes=45)
    shift_end = used_to + timedelta(hours=hours)
    answer = deliver(client, dock, item(used_to=used_to.isoformat(), shift_end=shift_end.isoformat()))
    assert answer.status_code == 201
    assert ("dienst_onjuist" in answer.json()["marks"]) is is_marked


def test_an_initiative_is_named_that_exists(client: Client, dock: str) -> None:
    filed = initiative(Cast("ON"), "aangemeld")
    assert deliver(client, dock, item(initiative=filed.number)).status_code == 201
    assert Recording.objects.get().initiative == filed
    refused = deliver(client, dock, item(initiative="BC-2015-9999"))
    assert [(one["name"], one["code"]) for one in refused.json()["errors"]] == [("initiative", "unknown")]
    assert refused.status_code == 400


def test_text_arrives_as_it_was_sent(client: Client, dock: str) -> None:
    sent = item(source_id="a\\b\\N\\. ’é 🎥", announced=False, not_announced_reason="\\t")
    assert deliver(client, dock, sent).status_code == 201
    found = Recording.objects.get()
    assert (found.source_id, found.not_announced_reason) == (sent["source_id"], "\\t")
    assert deliver(client, dock, sent).status_code == 200


# --- destroyed ------------------------------------------------------------------------------------


def test_what_was_destroyed_exists_whatever_else_is_sent(client: Client, dock: str) -> None:
    gone = destroyed(source="dock-on", source_id="D-weg")
    for sent in (item(source_id="D-weg"), {"source": "dock-on", "source_id": "D-weg", "unit": 5, "x": None}):
        answer = deliver(client, dock, sent)
        assert (answer.status_code, answer.json()["state"], answer.json()["id"]) == (200, "vernietigd", gone.pk)
    mixed = deliver(client, dock, [item(source_id="D-weg"), item()])
    assert (mixed.status_code, results(mixed)) == (207, ["exists", "created"])


def test_of_another_unit_nothing_is_told(client: Client) -> None:
    gone, there = destroyed(source="dock-on", source_id="D-weg"), recording(source="dock-on", source_id="D-hier")
    north = a_token(unit_code="NN")
    for found in (gone, there):
        answer = deliver(client, north, item(source_id=found.source_id, unit="NN"))
        assert answer.status_code == 409
        assert not {"id", "state", "marks"} & answer.json().keys()
    assert deliver(client, north, {"source": "dock-on", "source_id": "D-weg"}).status_code == 400
    assert deliver(client, a_token(), {"source": "dock-on", "source_id": "D-weg"}).json()["state"] == "vernietigd"


# --- who ------------------------------------------------------------------------------------------


def test_a_dock_delivers_for_its_unit_and_reads_no_register(client: Client, dock: str) -> None:
    assert deliver(client, dock, item(unit="AM")).status_code == 403
    assert deliver(client, a_token(), item(unit="AM")).status_code == 201
    reader = a_token("reader")
    refused = deliver(client, reader, item())
    assert (refused.status_code, refused.json()["title"]) == (403, "Geen toegang")
    assert Entry.objects.get(action="api_geweigerd").result == Result.REFUSED
    for path in ("initiatives", "overview"):
        header = {"Authorization": f"Bearer {dock}"}
        assert client.get(f"/api/v1/{path}", headers=header).status_code == 403
    assert client.post(PLACE, item(), content_type="application/json").status_code == 401
    assert Recording.objects.count() == 1
    assert {*ApiToken.objects.values_list("role", flat=True)} == {"dock", "reader"}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b" ", 400),
        (b"[]", 400),
        (b"nul", 400),
        (b"null", 400),
        (b'{"source": "a", "source": "b"}', 400),
        (b"\xef\xbb\xbf{}", 400),
        (b'{"source": "\xff"}', 400),
        (b"[" * 100_000, 400),
        (b'{"size": ' + b"9" * 100_000 + b"}", 400),
        (b'{"size": NaN}', 400),
        (b"[" + b"1," * 1000 + b"1]", 413),
        (b" " * (1024**2 + 1), 413),
        (json.dumps([7] * 1000).encode(), 207),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(client: Client, dock: str, body: bytes, status: int) -> None:
    answer = deliver(client, dock, body)
    assert answer.status_code == status, answer.content
    assert not Recording.objects.exists()
    if status != 207:
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["detail"].endswith(".")


def test_only_json_is_read(client: Client, dock: str) -> None:
    header = {"Authorization": f"Bearer {dock}"}
    for kind in ("text/csv", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""):
        assert client.generic("POST", PLACE, b"{}", content_type=kind, headers=header).status_code == 415
    assert client.post(PLACE, item(), content_type="application/json; charset=utf-8", headers=header).status_code == 201


def test_a_batch_costs_the_same_however_long(client: Client, dock: str, django_assert_num_queries: Any) -> None:
    for many in (2, 50):
        sent = [item() for _ in range(many)]
        with django_assert_num_queries(13):
            assert deliver(client, dock, sent).status_code == 201
