"""What a backup and a restore are made of, without either: what is undone, what is damaged, what is refused."""

import hashlib
import json
import tarfile
import uuid
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from journal.anchors import anchor_of
from journal.tests.sealing import sealed
from journal.verify import RESTORED
from journal.write import record
from organisation.accounts import close_account
from organisation.roles import Role
from organisation.tests.factories import holder_of
from retention.backups import documents, lost, make, manifest
from retention.backups.facts import counts, facts
from retention.tests.factories import recording


@pytest.mark.django_db
def test_what_only_changed_a_row_is_told_too() -> None:
    administrator, leaver = holder_of(Role.ADMINISTRATOR), holder_of(Role.AUDITOR)
    said = facts()
    record(make.MADE, "Er is een reservekopie gemaakt.")
    assert lost.since(said) == [], "the twin: of its own making nothing is undone"
    close_account(leaver, by=administrator)
    assert lost.since(said) == [
        "gesloten accounts: 1 (die zijn weer open: sluit ze opnieuw)",
        "regels van het journaal: 1",
    ]


@pytest.mark.django_db
def test_putting_it_back_again_tells_again_what_was_undone_the_first_time() -> None:
    said, sentences = facts(), ["brieven: 2", f"{lost.EARLIER}opschortingen: 1"]
    record(RESTORED, "Teruggezet.", data={"of": "another", "lost": sentences})
    assert lost.since(said) == [], "the twin: of another backup"
    record(RESTORED, "Teruggezet.", data={"of": said["at"], "lost": sentences})
    assert lost.since(said) == [f"{lost.EARLIER}brieven: 2", f"{lost.EARLIER}opschortingen: 1"]


@pytest.mark.django_db
def test_another_register_with_something_in_it_is_not_replaced() -> None:
    other = str(uuid.uuid4())
    assert not lost.is_another(other), "an empty one of a new machine is"
    recording()
    assert lost.is_another(other)
    assert not lost.is_another(facts()["register"])


@pytest.mark.django_db
def test_a_journal_that_was_not_in_order_is_kept_as_it_was(tmp_path: Path) -> None:
    kept = tmp_path / manifest.ANCHORS
    kept.write_text(f"{anchor_of(sealed())}\n")
    said: dict[str, Any] = {"tables": counts(), "journal": {"broken": ""}}
    make.refuse_what_differs(said, tmp_path)
    kept.write_text(f"zegel 1 1 {'f' * 64}\n")
    said["journal"]["broken"] = found = make.broken_in(tmp_path)
    assert found
    make.refuse_what_differs(said, tmp_path)
    for otherwise in ("", "Iets anders."):
        said["journal"]["broken"] = otherwise
        with pytest.raises(manifest.Damaged, match="niet het register"):
            make.refuse_what_differs(said, tmp_path)


WHOLE = {
    **dict.fromkeys(("register", "at", "postgresql", "keep_until"), "x"),
    "format": manifest.FORMAT,
    "tables": {},
    "migrations": [],
    "journal": {"anchor": "", "last_entry": 1},
    "ledger": {"last": ""},
}


@pytest.mark.django_db
def test_what_outlived_its_term_is_thrown_away_when_the_backup_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "kopie"
    there: list[tuple[date, bool]] = []
    said = {"at": "2026-11-22T01:00:00+00:00", "keep_until": "2026-12-20"}
    monkeypatch.setattr(make, "as_owner", nullcontext)
    monkeypatch.setattr(make, "_made", lambda work, progress: make.Made(said, "x", []))

    def throw_away(today: date) -> list[str]:
        there.append((today, place.is_dir()))
        return ["Blijft."]

    monkeypatch.setattr(make, "throw_away", throw_away)
    assert make.backup(place, print).kept == ["Blijft."]
    assert there == [(date(2026, 11, 22), True)]
    with pytest.raises(make.NotMade):
        make.backup(tmp_path, print)
    assert len(there) == 1, "the twin: none was made"


def sealed_again(folder: Path, said: Any) -> None:
    text = json.dumps(said).encode()
    (folder / manifest.MANIFEST).write_bytes(text)
    (folder / manifest.SEAL).write_text(f"{hashlib.sha256(text).hexdigest()}  {manifest.MANIFEST}\n")


@pytest.mark.parametrize(
    "otherwise", [[], "tekst", None, {}, {"format": 1}, *({**WHOLE, name: None} for name in manifest.SHAPE)]
)
def test_a_manifest_of_something_else_is_no_traceback(tmp_path: Path, otherwise: Any) -> None:
    for name in manifest.PARTS:
        (tmp_path / name).touch()
    manifest.write(tmp_path, {name: value for name, value in WHOLE.items() if name != "format"})
    assert manifest.read(tmp_path)["register"] == "x"
    sealed_again(tmp_path, otherwise)
    with pytest.raises(manifest.Damaged, match="niet van een reservekopie"):
        manifest.read(tmp_path)


def test_a_link_among_the_documents_is_none(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    content = tmp_path / "content"
    content.write_bytes(b"brief")
    with tarfile.open(tmp_path / "documents.tar", "w") as tar:
        link = tarfile.TarInfo("ab/link")
        link.type, link.linkname = tarfile.SYMTYPE, "nowhere"
        tar.addfile(link)
        tar.add(content, "ab/brief")
    asked = {"brief": hashlib.sha256(b"brief").hexdigest(), "link": ""}
    assert documents.missing_in(tmp_path / "documents.tar", asked) == 1
    assert documents.unpack(tmp_path / "documents.tar") == 1


def test_a_folder_that_cannot_get_its_name_is_refused_before_the_work(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "there", target_is_directory=True)
    (tmp_path / "there").mkdir()
    for place in (link, Path("/")):
        with pytest.raises(make.NotMade, match="Noem er een map in"):
            make._refuse_what_is_there(place)
    make._refuse_what_is_there(tmp_path / "there")
