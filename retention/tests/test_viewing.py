"""Seeing a recording: the address is of use to one person in one session, and everything is asked again each time."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from journal.models import Entry
from organisation.models import Person, RoleAssignment
from organisation.roles import Role
from organisation.tests.factories import LONG_AGO, holder_of
from retention.clock import now
from retention.looking import streaming, viewings
from retention.looking.told import looked
from retention.models import Recording, Viewing
from retention.storage import recordings
from retention.tests.factories import recording
from retention.tests.states import anew, begun, change, judged_away, not_kept
from retention.tests.stored import VIDEO, a_storage, stored

pytestmark = pytest.mark.django_db
TYPED = {"purpose": "beoordelen", "reasons": "De dienst van gisteren."}
CONTENT = VIDEO.read_bytes()


@pytest.fixture(autouse=True)
def _storage(tmp_path: Path) -> Iterator[None]:
    with a_storage(tmp_path):
        yield


@pytest.fixture
def judge() -> Person:
    return holder_of(Role.JUDGE, "ON")


def client_of(somebody: Person) -> Client:
    client = Client()
    client.force_login(somebody)
    return client


def look(client: Client, found: Recording, **typed: str) -> str:
    """State a purpose; the address of the page that follows."""
    answer: Any = client.post(f"/opnamen/{found.pk}/bekijken/", {**TYPED, **typed})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.url)


def bytes_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_the_page_plays_and_says_for_what_and_how_long(judge: Person) -> None:
    client, found = client_of(judge), stored(CONTENT)
    page = client.get(look(client, found))
    text = page.content.decode()
    assert page["Cache-Control"] == "no-store"
    for words in (
        "<video",
        "Beoordelen of de opname noodzakelijk is",
        TYPED["reasons"],
        "nog 15 minuten",
        found.source_id,
    ):
        assert words in text


def test_the_bytes_come_whole_and_in_parts(judge: Person) -> None:
    client, found = client_of(judge), stored(CONTENT)
    stream = look(client, found) + "beeld"
    whole = client.get(stream)
    assert (whole.status_code, bytes_of(whole)) == (200, CONTENT)
    expected = {
        "Accept-Ranges": "bytes",
        "Cache-Control": "no-store",
        "Content-Disposition": "inline",
        "Content-Length": str(len(CONTENT)),
        "Content-Type": "video/mp4",
        "ETag": f'"{found.sha256}"',
        "X-Content-Type-Options": "nosniff",
    }
    assert {name: whole[name] for name in expected} == expected
    part = client.get(stream, headers={"range": "bytes=5-9"})
    assert (part.status_code, bytes_of(part), part["Content-Length"]) == (206, CONTENT[5:10], "5")
    assert part["Content-Range"] == f"bytes 5-9/{len(CONTENT)}"
    stale = client.get(stream, headers={"range": "bytes=5-9", "if-range": '"other"'})
    assert (stale.status_code, bytes_of(stale)) == (200, CONTENT)
    beyond = client.get(stream, headers={"range": f"bytes={len(CONTENT)}-"})
    assert (beyond.status_code, beyond["Content-Range"], bytes_of(beyond)) == (416, f"bytes */{len(CONTENT)}", b"")
    head = client.head(stream, headers={"range": "bytes=5-9"})
    assert (head.status_code, head["Content-Length"], bytes_of(head)) == (200, str(len(CONTENT)), b"")


def test_the_address_is_of_no_use_to_another_person_or_session(judge: Person) -> None:
    client, found = client_of(judge), stored(CONTENT)
    page = look(client, found)
    for other in (client_of(holder_of(Role.JUDGE, "ON")), client_of(holder_of(Role.PRIVACY)), client_of(judge)):
        assert [other.get(page).status_code, other.get(page + "beeld").status_code] == [404, 404]
    assert Client().get(page + "beeld").status_code == 302
    assert client.get(f"/opnamen/bekijken/{uuid4()}/beeld").status_code == 404
    assert client.get(page + "beeld").status_code == 200
    client.force_login(holder_of(Role.JUDGE, "ON"))
    client.force_login(judge)
    assert client.get(page + "beeld").status_code == 404


def test_nothing_comes_before_the_purpose_is_in_the_journal(judge: Person) -> None:
    client, found = client_of(judge), stored(CONTENT)
    stream = look(client, found) + "beeld"
    viewing = Viewing.objects.get()
    (entry,) = Entry.objects.filter(action="opname_bekeken")
    assert (entry.data["viewing"], entry.reason) == (str(viewing.pk), TYPED["reasons"])
    client.get(stream)
    client.get(stream, headers={"range": "bytes=0-3"})
    assert Entry.objects.filter(action="opname_bekeken").count() == 1


def test_a_viewing_whose_entry_fails_is_not_there(judge: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    client, found = client_of(judge), stored(CONTENT)

    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr("retention.looking.viewings.record", fail)
        with pytest.raises(RuntimeError):
            look(client, found)
    assert not Viewing.objects.exists()
    assert look(client, found)


def test_what_changes_while_somebody_looks_is_seen_at_the_next_request(judge: Person) -> None:
    client, found = client_of(judge), stored(CONTENT)
    page = look(client, found)
    stream = f"{page}beeld"
    assert client.get(stream).status_code == 200
    away = not_kept(61)
    away_stream = look(client, away) + "beeld"
    begun(away)
    assert [client.get(away_stream).status_code, client.get(away_stream.removesuffix("beeld")).status_code] == [
        409,
        409,
    ]
    RoleAssignment.objects.filter(person=judge).update(until_date=LONG_AGO)
    assert [client.get(stream).status_code, client.get(page).status_code] == [404, 404]


@pytest.mark.parametrize("ends", ["", "destruction", "a quarter of an hour", "rights"])
def test_what_goes_out_is_broken_off_when_it_may_not_any_more(
    judge: Person, monkeypatch: pytest.MonkeyPatch, ends: str
) -> None:
    monkeypatch.setattr(streaming, "LOOKS_AGAIN", 0.0)
    client, found = client_of(judge), judged_away(stored(CONTENT, days_ago=2), now() - timedelta(minutes=61))
    answer = client.get(look(client, found) + "beeld")
    if ends == "destruction":
        begun(found)
    elif ends == "rights":
        RoleAssignment.objects.filter(person=judge).update(until_date=LONG_AGO)
    elif ends:
        over = Viewing.objects.get().valid_until
        monkeypatch.setattr(viewings, "now", lambda: over)
    if ends:
        with pytest.raises(streaming.Ended):
            bytes_of(answer)
    else:
        assert bytes_of(answer) == CONTENT


def test_a_wearer_looks_and_never_takes_along() -> None:
    wearer = holder_of(Role.WEARER, "ON")
    client, found = client_of(wearer), stored(CONTENT, wearer=wearer.number)
    assert bytes_of(client.get(look(client, found, purpose="verslag") + "beeld")) == CONTENT
    for what in ("downloaden", "verstrekken"):
        assert client.get(f"/opnamen/{found.pk}/{what}/").status_code == 403
        assert client.post(f"/opnamen/{found.pk}/{what}/", {**TYPED, "agreed": "on"}).status_code == 403
    assert set(Viewing.objects.values_list("use", flat=True)) == {"bekijken"}


def test_a_file_that_is_not_there_or_a_storage_that_fails_is_said(judge: Person) -> None:
    client, found = client_of(judge), stored(CONTENT)
    page = look(client, found)
    recordings().delete([found.storage_key])
    for address in (page, page + "beeld"):
        answer = client.get(address)
        assert (answer.status_code, "er niet, of nog niet" in answer.content.decode()) == (503, True)
    recordings().root.rename(recordings().root.with_name("away"))  # type: ignore[attr-defined]
    recordings().root.mkdir()  # type: ignore[attr-defined]
    assert "Koppel de schijf aan" in client.get(page + "beeld").content.decode()


def test_what_no_player_knows_is_not_played_and_never_shown_as_a_page(judge: Person) -> None:
    client, found = client_of(judge), stored(b"<html><script>alert(1)</script></html>")
    page = look(client, found)
    text, answer = client.get(page).content.decode(), client.get(page + "beeld")
    assert ("<video" in text, "niet afspelen" in text) == (False, True)
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/octet-stream", "nosniff")


def test_everything_that_was_seen_is_listed_for_who_may_know_why(judge: Person) -> None:
    wearer = holder_of(Role.WEARER, "ON")
    found = stored(CONTENT, wearer=wearer.number)
    look(client_of(judge), found)
    look(client_of(wearer), found, purpose="verslag", reasons="Mijn proces-verbaal.")
    lines = looked(found, judge)
    assert [str(line) for line in lines] == [
        "De drager Oost-Nederland heeft bekeken: een proces-verbaal of mutatie schrijven.",
        "De beoordelaar Oost-Nederland heeft bekeken: beoordelen of de opname noodzakelijk is.",
    ]
    assert [line.reason for line in lines] == ["Mijn proces-verbaal.", TYPED["reasons"]]
    told = [(str(line), line.reason) for line in looked(found, wearer)]
    assert told == [("Iemand heeft de opname bekeken.", "")] * 2
    assert looked(change(anew(recording())), judge) == []
