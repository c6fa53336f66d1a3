"""Downloading with conditions, and registering what was given to others."""

import zipfile
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from journal.models import Entry
from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import holder_of
from retention.clock import now
from retention.looking import streaming, viewings
from retention.looking.told import looked
from retention.models import Disclosure, Viewing
from retention.shown.conditions import last_day
from retention.tests.factories import recording
from retention.tests.states import begun, judged_away, kept, not_kept, today
from retention.tests.stored import VIDEO, a_storage, stored

pytestmark = pytest.mark.django_db
TYPED = {"purpose": "strafzaak", "reasons": "De officier vraagt erom.", "agreed": "on"}
GIVEN = {"recipient": "Officier van justitie, parket Oost", "ground": "16", "reasons": "Bewijs in de zaak."}


@pytest.fixture(autouse=True)
def _storage(tmp_path: Path) -> Iterator[None]:
    with a_storage(tmp_path):
        yield


@pytest.fixture
def judge() -> Person:
    return holder_of(Role.JUDGE, "ON")


@pytest.fixture
def client(judge: Person) -> Client:
    client = Client()
    client.force_login(judge)
    return client


def test_a_download_has_the_file_and_its_conditions_and_is_on_record_first(client: Client) -> None:
    content = VIDEO.read_bytes()
    found = stored(content)
    page = client.get(f"/opnamen/{found.pk}/downloaden/").content.decode()
    assert "sociale media" in page
    assert not Viewing.objects.exists()
    answer: Any = client.post(f"/opnamen/{found.pk}/downloaden/", TYPED)
    viewing, entry = Viewing.objects.get(), Entry.objects.get(action="opname_gedownload")
    assert (viewing.use, viewing.purpose, entry.data["viewing"]) == ("downloaden", "strafzaak", str(viewing.pk))
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/zip", "no-store")
    assert answer["Content-Disposition"] == f'attachment; filename="opname-{found.pk}.zip"'
    with zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content))) as archive:
        assert archive.namelist() == ["voorwaarden.html", f"opname-{found.pk}.mp4"]
        assert archive.read(f"opname-{found.pk}.mp4") == content
        sheet = archive.read("voorwaarden.html").decode()
    for words in (found.source_id, found.sha256, str(viewing.pk), "De beoordelaar Oost-Nederland", "sociale media"):
        assert words in sheet
    assert client.get(f"/opnamen/bekijken/{viewing.pk}/beeld").status_code == 404


@pytest.mark.parametrize("missing", TYPED)
def test_without_purpose_reason_and_conditions_nothing_goes_along(client: Client, missing: str) -> None:
    found = stored()
    typed = {name: value for name, value in TYPED.items() if name != missing}
    assert client.post(f"/opnamen/{found.pk}/downloaden/", typed).status_code == 400
    assert not Viewing.objects.exists()


def test_a_file_that_is_not_there_was_not_downloaded(client: Client) -> None:
    assert client.post(f"/opnamen/{recording().pk}/downloaden/", TYPED).status_code == 503
    assert not Viewing.objects.exists()
    assert not Entry.objects.filter(action="opname_gedownload").exists()


def test_a_copy_lasts_no_longer_than_the_recording() -> None:
    at = recording().arrived_at
    assert last_day(found := recording(2), at) == found.used_on + timedelta(days=27)
    assert last_day(found := kept(), at) == found.keep_until
    assert last_day(recording(60), at) == today()


def test_what_was_given_to_others_is_on_record_and_listed(client: Client, judge: Person) -> None:
    found = recording(2)
    address = f"/opnamen/{found.pk}/verstrekken/"
    assert client.get(address).status_code == 200
    answer = client.post(address, {**GIVEN, "given_on": f"{today()}"})
    assert answer.status_code == 302
    given, entry = Disclosure.objects.get(), Entry.objects.get(action="opname_verstrekt")
    assert (given.recipient, given.ground, given.given_on) == (GIVEN["recipient"], "16", today())
    assert entry.data["disclosure"] == given.pk
    assert GIVEN["recipient"] not in f"{entry} {entry.data}", "the journal has ids, roles and reasons"
    (line,) = looked(found, judge)
    assert GIVEN["recipient"] in str(line)


@pytest.mark.parametrize("wrong", ["recipient", "ground", "reasons", "too early", "too late"])
def test_a_disclosure_says_to_whom_on_which_ground_when_and_why(client: Client, wrong: str) -> None:
    days = {"too early": today() - timedelta(days=3), "too late": today() + timedelta(days=1)}
    typed = {name: value for name, value in GIVEN.items() if name != wrong} | {
        "given_on": f"{days.get(wrong, today())}"
    }
    assert client.post(f"/opnamen/{recording(2).pk}/verstrekken/", typed).status_code == 400
    assert not Disclosure.objects.exists()


@pytest.mark.parametrize("is_destroyed", [False, True])
def test_a_download_is_broken_off_when_destruction_begins(
    client: Client, monkeypatch: pytest.MonkeyPatch, is_destroyed: bool
) -> None:
    monkeypatch.setattr(streaming, "LOOKS_AGAIN", 0.0)
    monkeypatch.setattr(viewings, "now", lambda: now() + timedelta(minutes=16))  # as long as it takes
    found = judged_away(stored(VIDEO.read_bytes(), days_ago=2), now() - timedelta(minutes=61))
    answer: Any = client.post(f"/opnamen/{found.pk}/downloaden/", TYPED)
    if is_destroyed:
        begun(found)
        with pytest.raises(streaming.Ended):
            b"".join(answer.streaming_content)
    else:
        assert zipfile.is_zipfile(BytesIO(b"".join(answer.streaming_content)))


@pytest.mark.parametrize("what", ["downloaden", "verstrekken"])
def test_taking_along_is_for_who_may_look_and_never_of_what_is_going(client: Client, what: str) -> None:
    closed, going, elsewhere = recording(27), begun(not_kept(61)), recording(unit_code="NN")
    answers = [client.get(f"/opnamen/{one.pk}/{what}/").status_code for one in (closed, going, elsewhere, recording())]
    assert answers == [409, 409, 404, 200]
    client.force_login(holder_of(Role.PRIVACY))
    answers = [client.get(f"/opnamen/{one.pk}/{what}/").status_code for one in (closed, going, elsewhere)]
    assert answers == [200, 409, 200]
