"""The check from within finds what the owner of the database did, whatever triggers and privileges say."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from journal import anchors, chain, export, seals, verify
from journal.models import Check, Entry
from journal.write import record
from script.verify_journal import main

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.alone]

COLUMNS = "tx, at, actor, role, unit, action, object_type, object_id, result, reason, origin, data"
COPY = f"INSERT INTO journal_entry ({COLUMNS}) SELECT {COLUMNS} FROM journal_entry WHERE id = 4"
MOVED_UP = (
    "DELETE FROM journal_link WHERE seq = 5; UPDATE journal_link SET seq = -seq WHERE seq > 5;"
    "UPDATE journal_link SET seq = -seq - 1 WHERE seq < 0"
)
OTHER_PLACES = (
    "UPDATE journal_link SET entry_id = -1 WHERE seq = 4; UPDATE journal_link SET entry_id = 4 WHERE seq = 5;"
    "UPDATE journal_link SET entry_id = 5 WHERE seq = 4"
)
CUT = (
    "DELETE FROM journal_entry WHERE id > 8",
    "DELETE FROM journal_link WHERE seq > 8",
    "DELETE FROM journal_seal WHERE number > 2",
)
SWAP = (
    "UPDATE journal_entry e SET (actor, reason, data) = (SELECT actor, reason, data FROM journal_entry o "
    "WHERE o.id = 9 - e.id) WHERE id IN (4, 5)"
)
WITHOUT_TRIGGERS = "ALTER TABLE journal_entry DISABLE TRIGGER USER"

TAMPERINGS = {
    "a text": ("UPDATE journal_entry SET reason = 'anders' WHERE id = 5", "Regel 5 is veranderd"),
    "a microsecond": ("UPDATE journal_entry SET at = at + interval '1 us' WHERE id = 5", "Regel 5 is veranderd"),
    "an era": ("UPDATE journal_entry SET at = make_timestamptz(-2026,1,1,0,0,0) WHERE id = 5", "Regel 5 is veranderd"),
    "a number for the same number": (
        "UPDATE journal_entry SET data = jsonb_set(data, '{n}', '5.0') WHERE id = 5",
        "Regel 5 is veranderd",
    ),
    "nothing for the empty text": (
        "ALTER TABLE journal_entry ALTER COLUMN unit DROP NOT NULL; UPDATE journal_entry SET unit = NULL WHERE id = 5",
        "Regel 5 is veranderd",
    ),
    "who did it": ("UPDATE journal_entry SET actor = '2008' WHERE id = 1", "Regel 1 is veranderd"),
    "an entry gone": ("DELETE FROM journal_entry WHERE id = 5", "Regel 5 is verwijderd"),
    "an entry gone with its place": (
        "DELETE FROM journal_entry WHERE id = 5; DELETE FROM journal_link WHERE seq = 5",
        "Regel 5 is verwijderd",
    ),
    "an entry gone, the rest moved up": (MOVED_UP, "Vóór regel 5 is iets verwijderd"),
    "an entry put in between": (f"{WITHOUT_TRIGGERS}; {COPY}", "maar niet in de keten"),
    "who and why of two swapped": (SWAP, "Regel 4 is veranderd"),
    "two places swapped": (OTHER_PLACES, "Regel 4 en regel 5 zijn verwisseld"),
    "a hash": ("UPDATE journal_link SET hash = sha256('x') WHERE seq = 5", "Regel 5 is veranderd"),
    "a moment of a seal": ("UPDATE journal_seal SET sealed_at = now() WHERE number = 2", "Zegel 2 is zelf veranderd"),
    "a seal gone": ("DELETE FROM journal_seal WHERE number = 2", "Zegel 2 ontbreekt"),
    "the tail cut": ("; ".join(CUT), "Het einde is afgeknipt na regel 8"),
}


@pytest.fixture
def sealed(owner: Callable[..., None]) -> None:
    """Twelve entries in three seals, numbered from 1."""
    owner("TRUNCATE journal_entry RESTART IDENTITY")
    for number in range(1, 13):
        record("proef", f"Dit is regel {number}.", unit="", reason=f"reden {number}", data={"n": number})
        if number % 4 == 0:
            seals.seal()
            anchors.follow()


@pytest.mark.parametrize(("statements", "sentence"), TAMPERINGS.values(), ids=TAMPERINGS)
def test_what_the_owner_did_is_found_and_named(
    sealed: None, owner: Callable[..., None], statements: str, sentence: str
) -> None:
    assert verify.check().finding == ""
    owner(*statements.split(";"))
    assert sentence in verify.check().finding


def test_old_copy_that_was_put_back_and_gone_on_with_is_found(sealed: None, owner: Callable[..., None]) -> None:
    owner(*CUT)
    record("proef", "Alsof er niets is gebeurd.")
    seals.seal()
    anchors.follow()
    assert "Zegel 3 is niet het zegel van het anker" in verify.check().finding


def test_chain_made_anew_by_the_owner_is_found_by_the_anchors(sealed: None, owner: Callable[..., None]) -> None:
    """The twin, which has no anchors, takes the new chain for the old one."""
    owner(
        "UPDATE journal_entry SET reason = 'anders' WHERE id = 5",
        "DELETE FROM journal_link",
        "DELETE FROM journal_seal",
    )
    assert seals.seal() == 12
    assert "is niet het zegel van het anker" in verify.check().finding
    anchors.path().unlink()
    assert verify.check().finding == ""


def test_outcome_is_kept(sealed: None, owner: Callable[..., None]) -> None:
    assert verify.latest() is None
    kept = verify.check()
    assert (kept.entries, kept.seals, str(kept)) == (12, 3, "12 regels in 3 zegels zijn zoals zij zijn verzegeld")
    owner("DELETE FROM journal_entry WHERE id = 5")
    verify.check()
    last = verify.latest()
    assert last is not None
    assert str(last).startswith("Regel 5 is verwijderd")
    assert Check.objects.count() == 2


def test_empty_journal_is_in_order() -> None:
    assert verify.check().finding == ""


def test_what_is_hashed_does_not_depend_on_settings_of_the_session(sealed: None, owner: Callable[..., None]) -> None:
    name = settings.DATABASES["default"]["NAME"]
    owner(
        f"ALTER DATABASE {name} SET timezone = 'Asia/Tokyo'",
        f"ALTER DATABASE {name} SET datestyle = 'German'",
        f"ALTER DATABASE {name} SET bytea_output = 'escape'",
    )
    Entry.objects.db_manager().count()
    assert verify.check().finding == ""


# --- outside --------------------------------------------------------------------------------------


@pytest.fixture
def exported(sealed: None, tmp_path: Path) -> Path:
    file = tmp_path / "export"
    file.write_text("".join(export.as_text(export.lines())))
    return file


def test_script_says_that_it_is_in_order_and_what_the_anchors_vouch_for(
    exported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(exported), "--anchor", str(anchors.path())]) == 0
    said = capsys.readouterr().out
    newest = seals.newest()
    assert newest is not None
    assert "In orde: 12 regels in 3 zegels" in said
    assert anchors.anchor_of(newest) in said
    assert "alles tot en met regel 12" in said
    assert main([str(exported)]) == 0
    assert "Zonder ankers" in capsys.readouterr().out


def test_script_names_what_is_wrong(exported: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    exported.write_text(exported.read_text().replace("reden 7", "reden 8"))
    assert main([str(exported)]) == 1
    assert "NIET IN ORDE. Regel 7 is veranderd" in capsys.readouterr().out
    (tmp_path / "leeg").write_text("niets")
    assert main([str(tmp_path / "leeg")]) == 1


def test_anchors_that_are_none_are_said_to_be_none(
    exported: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mail").write_text("Beste auditor, er is niets.")
    assert main([str(exported), "--anchor", str(tmp_path / "mail")]) == 0
    assert "geen enkel anker" in capsys.readouterr().out


def test_lines_that_end_otherwise_and_bytes_that_are_no_text_are_found(exported: Path) -> None:
    exported.write_bytes(exported.read_bytes().replace(b"reden 7", b"reden \xff"))
    assert main([str(exported)]) == 1


def test_export_is_what_the_chain_says(exported: Path) -> None:
    """Read by hand, with the sealer's own functions."""
    lines: list[Any] = list(export.lines())
    assert [line[0] for line in lines[:7]] == ["journal", *["entry"] * 4, "seal", "entry"]
    assert lines[-1] == ("end", "3", "12")
    head = chain.link(chain.ZERO, chain.leaf(1, lines[1][2:-1]))
    assert lines[1][-1] == head.hex()
