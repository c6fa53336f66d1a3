"""A dock sends the file of a recording: once, whole, the one that was announced, and never after its time."""

import base64
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from journal.models import Entry
from organisation.tests.factories import person
from retention.clock import now
from retention.intake.content import UntilItsEnd
from retention.models import HoldRelease, Recording
from retention.storage import recordings
from retention.tests.deliveries import PLACE, a_token
from retention.tests.factories import CONTENT, recording
from retention.tests.states import begun, held, not_kept

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _storage_of_its_own(settings: Any, tmp_path: Path) -> None:
    settings.RECORDINGS_STORAGE = f"file://{tmp_path}/recordings"


@pytest.fixture
def dock() -> str:
    return a_token(unit_code="ON")


def digest(content: bytes) -> str:
    return f"sha-256=:{base64.b64encode(sha256(content).digest()).decode()}:"


def send(client: Client, secret: str, found: Recording, content: bytes = CONTENT, **headers: str) -> Any:
    given = {"Authorization": f"Bearer {secret}", "Repr-Digest": digest(content), **headers}
    return client.put(f"{PLACE}/{found.pk}/content", content, content_type="application/octet-stream", headers=given)


def seen(found: Recording) -> Any:
    return Recording.objects.get(pk=found.pk).file_seen_at


def test_a_file_comes_in_once(client: Client, dock: str) -> None:
    found = recording()
    answer = send(client, dock, found)
    assert (answer.status_code, answer.json()["state"], answer.json()["id"]) == (201, "te_beoordelen", found.pk)
    pieces = recordings().open(found.storage_key)
    assert pieces is not None
    assert b"".join(pieces) == CONTENT
    pieces.close()
    first = seen(found)
    assert first is not None
    assert send(client, dock, found).status_code == 200
    assert seen(found) == first
    entry = Entry.objects.get(action="opname_ontvangen")
    assert (entry.object_type, entry.object_id) == ("retention.recording", str(found.pk))


def test_a_file_that_stood_in_the_storage_is_looked_at_and_seen(client: Client, dock: str) -> None:
    right, wrong = recording(), recording()
    for found, content in ((right, CONTENT), (wrong, CONTENT[::-1])):
        recordings().write(found.storage_key, BytesIO(content), len(content), sha256(content).hexdigest())
    assert [send(client, dock, found).status_code for found in (right, wrong)] == [201, 409]
    assert seen(right)
    assert not seen(wrong)


@pytest.mark.parametrize(
    ("content", "headers", "status"),
    [
        (CONTENT, {"Repr-Digest": ""}, 400),
        (CONTENT, {"Repr-Digest": "sha-512=:AAAA:"}, 400),
        (CONTENT, {"Repr-Digest": f"md5=:AAAA:, {digest(CONTENT)}"}, 201),
        (CONTENT, {"Repr-Digest": digest(b"x")}, 409),
        (CONTENT + b"x", {}, 409),
        (CONTENT[::-1], {"Repr-Digest": digest(CONTENT)}, 409),
        (CONTENT, {"Content-Length": "-5"}, 400),
        (CONTENT, {"Content-Length": "5"}, 409),
    ],
)
def test_only_the_file_that_was_announced_is_taken(
    client: Client, dock: str, content: bytes, headers: dict[str, str], status: int
) -> None:
    found = recording()
    answer = send(client, dock, found, content, **headers)
    assert answer.status_code == status, answer.content
    assert bool(seen(found)) is (status == 201)
    assert (recordings().size(found.storage_key) is None) is (status != 201)


def test_after_its_time_no_file_is_taken_but_for_what_is_held(client: Client, dock: str) -> None:
    due, undone, kept_back = recording(40), not_kept(minutes_ago=61), recording(40)
    held(kept_back)
    for found, status in ((due, 410), (undone, 410), (begun(undone), 410), (kept_back, 201), (not_kept(), 201)):
        assert send(client, dock, found).status_code == status
        assert bool(seen(found)) is (status == 201)


def test_destruction_that_begins_while_the_file_comes_in_leaves_none(client: Client, dock: str) -> None:
    """The dock is slow: between the first byte and the last the recording passes the point of no return."""
    found, read = recording(40), UntilItsEnd.read
    hold = held(found)
    released: list[HoldRelease] = []

    def slow(self: UntilItsEnd, size: int = -1, /) -> bytes:
        if not released:
            released.append(HoldRelease.objects.create(hold=hold, reasons="-", by=person(), at=now()))
            begun(found)
        return read(self, size)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(UntilItsEnd, "read", slow)
        assert send(client, dock, found).status_code == 410
    assert recordings().size(found.storage_key) is None
    assert len(released) == 1


def test_who_may_send_it(client: Client, dock: str) -> None:
    found = recording(unit_code="AM")
    assert send(client, dock, found).status_code == 404
    assert send(client, a_token("reader"), found).status_code == 403
    assert send(client, "bcr_x", found).status_code == 401
    assert send(client, a_token(), found).status_code == 201
    header = {"Authorization": f"Bearer {dock}"}
    assert client.get(f"{PLACE}/{found.pk}/content", headers=header).status_code == 405
    assert client.put(f"{PLACE}/0/content", b"", headers=header).status_code == 404
    assert client.put(f"{PLACE}/x/content", b"", headers=header).status_code == 404
