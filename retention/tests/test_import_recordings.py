"""`import_recordings`: the good lines of a file go in, the others are told of, and again changes nothing."""

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from journal.models import Entry
from retention.intake import sheet
from retention.intake.fields import NAMES
from retention.models import Recording
from retention.tests.deliveries import item

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "opnamen.csv"


def lines(*items: dict[str, Any]) -> str:
    text = StringIO()
    writer = csv.DictWriter(text, NAMES)
    writer.writeheader()
    writer.writerows(items)
    return text.getvalue()


def read_in(path: Path, *options: str) -> tuple[int, dict[str, Any]]:
    """What the command ends with, and what it says for programs."""
    said, code = StringIO(), 0
    try:
        call_command("import_recordings", str(path), "--json", *options, stdout=said, stderr=StringIO())
    except CommandError as refused:
        code = refused.returncode
    return code, json.loads(said.getvalue().splitlines()[-1])


def rejects(path: Path) -> list[tuple[int, str]]:
    with path.with_name(f"{path.name}.rejected.csv").open(newline="") as file:
        return [(int(row["line"]), row["reason"]) for row in csv.DictReader(file)]


def test_a_file_goes_in_once(path: Path) -> None:
    path.write_text(lines(*[item() for _ in range(3)]))
    assert read_in(path) == (
        0,
        {"created": 3, "exists": 0, "rejected": 0, "rejected_file": None, "dry_run": False},
    )
    assert read_in(path)[1] == {"created": 0, "exists": 3, "rejected": 0, "rejected_file": None, "dry_run": False}
    assert Recording.objects.count() == 3
    assert [str(entry).rpartition(": ")[2] for entry in Entry.objects.filter(action="opnamen_ingelezen")] == [
        *("3 al aanwezig.", "3 nieuw.")
    ]
    assert list(path.parent.iterdir()) == [path]


def test_bad_lines_are_told_of_and_good_ones_go_in(path: Path) -> None:
    twice = item()
    path.write_text(
        lines(
            item(),
            item(size="veel", place="thuis"),
            {**twice},
            {**twice, "size": 2},
            item(unit="XX"),
            item(announced="ja"),
        )
    )
    code, said = read_in(path)
    assert (code, said["created"], said["rejected"]) == (2, 2, 4)
    found = rejects(path)
    assert [line for line, _ in found] == [3, 5, 6, 7]
    assert found[0][1].startswith("size: Geef een heel getal. place: Kies een van:")
    assert found[1][1].startswith("Dit kenmerk is er al met andere gegevens.")
    assert Recording.objects.count() == 2


def test_a_trial_changes_nothing(path: Path) -> None:
    path.write_text(lines(item(), item(size="x")))
    code, said = read_in(path, "--dry-run")
    assert (code, said["created"], said["rejected"], said["dry_run"]) == (2, 1, 1, True)
    assert not Recording.objects.exists()
    assert not Entry.objects.filter(action="opnamen_ingelezen").exists()
    assert read_in(path)[1]["created"] == 1


def test_files_of_all_sorts_of_programs_are_read(path: Path) -> None:
    one, two, three = item(announced="TRUE"), item(), item()
    head, *rows = lines(one, two, three).splitlines()
    path.write_bytes(b"\xef\xbb\xbf" + f"{head}\r\n{rows[0]}\n\r\n{rows[1]}\r{rows[2]}".encode())
    assert read_in(path)[1]["created"] == 3
    path.write_text(lines(item()).replace(",", ";"))
    assert read_in(path)[1]["created"] == 1


def test_whatever_is_in_the_file_spoils_its_own_line_only(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "MOST", 3)  # several batches
    head, good, *_ = lines(item(), item()).encode().splitlines()
    bad = [
        *(b'"' + good, good.replace(b"ZC-0001", b"\xff"), good.replace(b"ZC-0001", b"a\x00b"), good + b",x", b"a,b"),
        *(b"," * 100_000, b"x" * 5_000_000, b'"' * 999, good.replace(b"104801", b"9" * 5000), b"\x00\x01\x02"),
    ]
    path.write_bytes(b"\n".join([head, *bad, good]))
    code, said = read_in(path)
    assert (code, said["created"], said["rejected"]) == (2, 1, len(bad))
    assert [line for line, _ in rejects(path)] == list(range(2, 2 + len(bad)))
    assert all(reason.isprintable() and len(reason) < 5000 for _, reason in rejects(path))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "Er staan geen kolommen"),
        (b"\n\n", "Er staan geen kolommen"),
        (b"source,source_id\n", "Deze kolommen ontbreken: camera_serial"),
        (",".join([*NAMES, "extra"]).encode(), "extra: Dit veld bestaat niet."),
        (",".join([*NAMES, "source"]).encode(), "Een kolom staat er twee keer in."),
        (b",".join(b"k%d" % number for number in range(100_000)), "langer dan"),
        ("source".encode("utf-16"), "Deze kolommen ontbreken"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 100, "Deze kolommen ontbreken"),
    ],
)
def test_what_is_no_file_of_recordings_is_refused_as_a_whole(path: Path, content: bytes, reason: str) -> None:
    path.write_bytes(content)
    code, said = read_in(path)
    assert (code, said["created"], said["rejected"]) == (2, 0, 1)
    [(line, said_of_it)] = rejects(path)
    assert line == 1
    assert reason in said_of_it


def test_a_file_that_is_not_there_is_said_so(path: Path) -> None:
    with pytest.raises(CommandError, match="kan niet worden gelezen") as refused:
        call_command("import_recordings", str(path))
    assert refused.value.returncode == 1
