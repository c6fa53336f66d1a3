"""The bytes of a recording: any part, whatever is asked; and flat memory, however large it is."""

import tracemalloc
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from django.test import RequestFactory

from retention.looking.streaming import Unsatisfiable, Zipped, kind_of, part_asked, played
from retention.storage import Pieces
from retention.storage.folder import Folder
from retention.storage.interface import PIECE
from retention.tests.stored import VIDEO

TAG = '"abc"'
ALL = None
GIGABYTE = 1024**3


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("", ALL),
        ("bytes=0-", (0, 100)),
        ("bytes=0-0", (0, 1)),
        ("bytes=10-19", (10, 10)),
        ("bytes=99-", (99, 1)),
        ("bytes=90-500", (90, 10)),
        ("bytes=-1", (99, 1)),
        ("bytes=-100", (0, 100)),
        ("bytes=-500", (0, 100)),
        (" bytes=5-6 ", (5, 2)),
        ("bytes=19-10", ALL),  # cannot be read: as if nothing was asked
        ("bytes=0-1,5-6", ALL),  # several parts
        ("bytes=-", ALL),
        ("bytes=", ALL),
        ("bytes", ALL),
        ("bytes=a-b", ALL),
        ("bytes=1-2-3", ALL),
        ("bytes=--5", ALL),
        ("items=0-5", ALL),
        ("bytes=²-5", ALL),
        ("bytes=" + "9" * 400 + "-", ALL),
    ],
)
def test_the_part_that_is_asked_for(asked: str, part: tuple[int, int] | None) -> None:
    assert part_asked(asked, "", TAG, 100) == part


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=100-200", "bytes=-0", "bytes=999999999999999-"])
def test_a_part_outside_the_file_is_refused(asked: str) -> None:
    with pytest.raises(Unsatisfiable):
        part_asked(asked, "", TAG, 100)


@pytest.mark.parametrize("asked", ["bytes=0-", "bytes=-5"])
def test_an_empty_file_has_no_parts(asked: str) -> None:
    with pytest.raises(Unsatisfiable):
        part_asked(asked, "", TAG, 0)


@pytest.mark.parametrize(
    ("if_range", "part"),
    [("", (1, 2)), (TAG, (1, 2)), (f"W/{TAG}", ALL), ('"other"', ALL), ("Sun, 22 Nov 2026 05:00:00 GMT", ALL)],
)
def test_a_part_of_another_file_is_not_added_to_this_one(if_range: str, part: tuple[int, int] | None) -> None:
    assert part_asked("bytes=1-2", if_range, TAG, 100) == part


class OfThis:
    def __init__(self, key: str) -> None:
        self.storage_key, self.sha256, self.file_seen_at = key, "0" * 64, datetime(2026, 11, 22, tzinfo=UTC)


def allowed() -> bool:
    return True


def a_folder(tmp_path: Path) -> Folder:
    folder = Folder(tmp_path / "opnamen", make=True)
    assert folder.size("nothing") is None  # makes the folder
    return folder


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (VIDEO.read_bytes(), ("video/mp4", "mp4")),
        (b"\x00\x00\x00\x14ftypqt  ", ("video/quicktime", "mov")),
        (b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm", ("video/webm", "webm")),
        (b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\x82\x88matroska", ("application/octet-stream", "bin")),
        (b"<html><script>alert(1)</script>", ("application/octet-stream", "bin")),
        (b"", ("application/octet-stream", "bin")),
    ],
)
def test_what_it_is_is_seen_in_its_bytes(tmp_path: Path, content: bytes, kind: tuple[str, str]) -> None:
    folder = a_folder(tmp_path)
    (folder.root / "a").write_bytes(content)
    assert kind_of(folder, "a") == kind


@pytest.fixture
def gigabyte(tmp_path: Path) -> Folder:
    """A file of a gigabyte, of which the disk holds nothing."""
    folder = a_folder(tmp_path)
    with open(folder.root / "large", "wb") as file:
        file.truncate(GIGABYTE)
    return folder


@pytest.mark.django_db
def test_a_gigabyte_goes_by_with_flat_memory(gigabyte: Folder) -> None:
    request = RequestFactory().get("/")
    tracemalloc.start()
    try:
        answer = played(request, gigabyte, OfThis("large"), allowed)
        sent = sum(map(len, answer))
        answer.close()
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (sent, answer["Content-Length"]) == (GIGABYTE, str(GIGABYTE))
    assert most < 8 * PIECE


def test_only_what_is_asked_of_a_gigabyte_is_read(gigabyte: Folder) -> None:
    asked = RequestFactory().get("/", HTTP_RANGE="bytes=-3")
    answer = played(asked, gigabyte, OfThis("large"), allowed)
    assert (answer.status_code, answer["Content-Range"]) == (206, f"bytes {GIGABYTE - 3}-{GIGABYTE - 1}/{GIGABYTE}")
    assert b"".join(answer) == b"\0" * 3


class Counted(Pieces):
    """What is read from nowhere; says whether it was closed."""

    closed = False

    def read(self, size: int) -> bytes:
        return b"x" * size

    def close(self) -> None:
        self.closed = True


def test_a_zip_is_written_in_pieces_and_lets_go() -> None:
    at, large = datetime(2026, 11, 22, 5, tzinfo=UTC), Counted(64 * PIECE)
    tracemalloc.start()
    try:
        assert sum(map(len, Zipped({"a.html": b"page"}, "b.mp4", large, at))) > 64 * PIECE
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 12 * PIECE
    broken_off = Zipped({}, "b.mp4", small := Counted(3 * PIECE), at)
    next(iter(broken_off))
    broken_off.close()
    assert small.closed
    with zipfile.ZipFile(BytesIO(b"".join(Zipped({"a.html": b"page"}, "b.mp4", Counted(9), at)))) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == {"a.html": b"page", "b.mp4": b"x" * 9}
