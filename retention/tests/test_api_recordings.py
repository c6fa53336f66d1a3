"""What programs read of recordings: their metadata page by page, one, a tombstone with its proof; and how the register
is doing. Never who wore a camera.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from inventory.models import Camera
from journal.anchors import anchor_of
from journal.models import Entry
from journal.tests.sealing import sealed
from organisation.tests.factories import unit
from retention.clock import now
from retention.models import Recording
from retention.tests.deliveries import PLACE, a_token
from retention.tests.factories import recording
from retention.tests.states import destroyed, held, kept, removed

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> str:
    return a_token("reader")


def ask(client: Client, secret: str, path: str = "", wanted: int = 200, **asked: Any) -> Any:
    address = path if path.startswith("http") else f"{PLACE}{path}"
    answer = client.get(address, asked or None, headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == wanted, answer.content
    return answer.json()


def ids(answer: Any) -> list[int]:
    return [one["id"] for one in answer["recordings"]]


def test_a_recording_says_what_was_delivered_and_never_who_wore_the_camera(client: Client, reader: str) -> None:
    found = recording(announced=False, not_announced_reason="De verdachte heette anders.", wearer="77665544")
    said = ask(client, reader, f"/{found.pk}")
    assert (said["source_id"], said["unit"], said["initiative"], said["state"]) == (
        *(found.source_id, "ON", None, "te_beoordelen"),
    )
    assert (said["known_camera"], said["proof"], said["file_seen_at"]) == (False, None, None)
    whole = ask(client, reader)
    assert whole["recordings"] == [said]
    for hidden in ("77665544", "De verdachte", "wearer", "case_reference"):
        assert hidden not in str(whole)
    Camera.objects.create(
        serial=found.camera_serial, vendor="Zepcam", model_name="T2", unit=unit(), origin="landelijke_uitrol"
    )
    assert ask(client, reader, f"/{found.pk}")["known_camera"] is True
    actions = Entry.objects.filter(object_type="organisation.apitoken").order_by("id").values_list("action", flat=True)
    assert [*actions][-3:] == ["api_opname_gelezen", "api_opnamen_gelezen", "api_opname_gelezen"]


def test_a_destroyed_one_shows_its_proof(client: Client, reader: str) -> None:
    gone = destroyed()
    said = ask(client, reader, f"/{gone.pk}")
    assert (said["state"], said["proof"]["sha256"]) == ("vernietigd", gone.sha256)
    assert {*said["proof"]} == {"sha256", "ground", "how", "destroyed_at", "run"}
    assert "104801" not in str(said)


def test_recordings_are_read_page_by_page_there_and_back(client: Client, reader: str) -> None:
    found = [recording().pk for _ in range(3)][::-1]
    first = ask(client, reader, pageSize=2)
    assert (ids(first), first["previous"]) == (found[:2], None)
    second = ask(client, reader, first["next"])
    assert (ids(second), second["next"]) == (found[2:], None)
    assert ids(ask(client, reader, second["previous"])) == found[:2]
    ask(client, reader, "", 400, cursor="x")


def test_they_are_narrowed(client: Client, reader: str) -> None:
    old, young, necessary, north = recording(20), recording(1), kept(), recording(1, "NN")
    tomorrow = (now() + timedelta(days=8)).isoformat()
    assert ids(ask(client, reader, state="noodzakelijk")) == [necessary.pk]
    assert ids(ask(client, reader, unit="NN")) == [north.pk]
    assert ids(ask(client, reader, dueBefore=tomorrow)) == [old.pk]
    assert ids(ask(client, reader, dueBefore="2099-01-01", unit="ON")) == [necessary.pk, young.pk, old.pk]
    assert ids(ask(client, reader, state="vernietigd")) == []
    wrong = ask(client, reader, "", 400, dueBefore="morgen", state="weg", pageSize=0, wearer="1")
    assert {error["name"] for error in wrong["errors"]} == {"dueBefore", "state", "pageSize", "wearer"}


def test_a_token_of_a_unit_reads_that_unit_and_nobody_what_is_out_of_use(client: Client, reader: str) -> None:
    own, other, away = recording(), recording(unit_code="AM"), removed()
    for role in ("reader", "dock"):
        token = a_token(role, "ON")
        assert ids(ask(client, token)) == [own.pk]
        ask(client, token, f"/{other.pk}", 404)
    assert ids(ask(client, reader)) == [other.pk, own.pk]
    ask(client, reader, f"/{away.pk}", 404)
    assert client.get(PLACE).status_code == 401


def test_the_status_says_how_the_register_is_doing(client: Client, reader: str) -> None:
    empty = ask(client, reader, "http://testserver/api/v1/status")
    clock = {"lastEndedAt": None, "alive": True}
    assert empty == {"review": clock, "lastSeal": None, "oldestUndecided": None, "overdue": 0}
    oldest = recording(40)
    held(recording(40))
    others = [recording(27), kept(), destroyed(), removed()]
    seal = sealed()
    said = ask(client, reader, "http://testserver/api/v1/status")
    assert (said["oldestUndecided"]["id"], said["overdue"]) == (oldest.pk, 1)
    assert said["review"] == {**clock, "alive": False}
    assert (said["lastSeal"]["number"], said["lastSeal"]["anchor"]) == (seal.number, anchor_of(seal))
    assert Recording.objects.count() == 2 + len(others)
