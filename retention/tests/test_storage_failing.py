"""A storage that is full, broken, away, slow or not the right one: an error with what to do, never "absent", and
nothing half-written.
"""

import errno
import io
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError

from retention.storage import Outcome, StorageError, storage_at
from retention.storage.folder import MARK, UNFINISHED, Folder
from retention.storage.interface import UNKNOWN
from retention.storage.s3 import PART, Bucket
from retention.tests.s3_server import SECRET, address_of, answering, s3_server

CONTENT = b"beeld"
NO = "<Error><Code>{}</Code><Message>no</Message></Error>"
VERSIONS = "<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = Folder(tmp_path / "opnamen", make=True)
    keep(folder, "d/a", CONTENT)
    return folder


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with s3_server(tmp_path_factory.mktemp("s3")) as endpoint:
        yield endpoint


def keep(storage: Any, key: str, content: bytes) -> None:
    storage.write(key, io.BytesIO(content), len(content), sha256(content).hexdigest())


def everything_fails(storage: Any, sentence: str) -> None:
    """Whatever is asked, the answer is an error that begins so."""
    for ask in (storage.size, storage.open, storage.sha256, lambda key: keep(storage, key, b"new")):
        with pytest.raises(StorageError, match=sentence):
            ask("d/a")
    with pytest.raises(StorageError, match=sentence):
        list(storage.listing())
    (answer,) = storage.delete(["d/a"]).values()
    assert isinstance(answer, StorageError)
    assert sentence in str(answer)


def answer_of(body: str, status: int = 200) -> bytes:
    return f"HTTP/1.1 {status} X\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}".encode()


# --- a folder -------------------------------------------------------------------------------------


def failing(monkeypatch: pytest.MonkeyPatch, call: str, number: int) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, call, fail)


@pytest.mark.parametrize(
    ("call", "number", "sentence"),
    [
        ("write", errno.ENOSPC, "is vol"),
        ("write", errno.EIO, "geeft een fout"),
        ("fsync", errno.EIO, "geeft een fout"),
        ("fsync", errno.ENOSPC, "is vol"),
        ("rename", errno.EACCES, "weigert de toegang"),
        ("mkdir", errno.EROFS, "alleen worden gelezen"),
        ("open", errno.ETIMEDOUT, "niet op tijd"),
    ],
)
def test_a_disk_that_fails_while_writing_leaves_nothing(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, call: str, number: int, sentence: str
) -> None:
    with monkeypatch.context() as patch:
        failing(patch, call, number)
        with pytest.raises(StorageError, match=sentence):
            keep(folder, "e/new", CONTENT)
    assert folder.size("e/new") is None
    assert not list((folder.root / UNFINISHED).iterdir())
    keep(folder, "e/new", CONTENT)
    assert folder.size("e/new") == len(CONTENT)


@pytest.mark.parametrize("call", ["open", "stat"])
@pytest.mark.parametrize("number", [errno.EIO, errno.EACCES, errno.ETIMEDOUT, errno.ESTALE])
def test_a_disk_that_fails_never_makes_a_file_absent(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    with monkeypatch.context() as patch:
        failing(patch, call, number)
        everything_fails(folder, "opslag van opnamen")
    assert folder.size("d/a") == len(CONTENT)


@pytest.mark.parametrize(("call", "number"), [("unlink", errno.EACCES), ("unlink", errno.EIO), ("fsync", errno.EIO)])
def test_a_disk_that_fails_while_deleting_calls_nothing_gone(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    with monkeypatch.context() as patch:
        failing(patch, call, number)
        assert isinstance(folder.delete(["d/a"])["d/a"], StorageError)
    assert isinstance(folder.delete(["d/a"])["d/a"], Outcome)


def test_a_file_that_stays_after_it_was_deleted_is_not_called_gone(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "unlink", lambda *_, **__: None)
        assert "is er nog" in str(folder.delete(["d/a"])["d/a"])


def test_whatever_goes_wrong_while_deleting_is_an_answer_and_calls_nothing_gone(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(folder, "d/b", CONTENT)
    with monkeypatch.context() as patch:
        patch.setattr(folder, "delete_some", lambda keys: keys.nonsense)
        assert {key: str(answer) for key, answer in folder.delete(["d/a", "d/b"]).items()} == {
            "d/a": UNKNOWN,
            "d/b": UNKNOWN,
        }
    assert folder.size("d/a") == folder.size("d/b") == len(CONTENT)
    assert set(folder.delete(["d/a", "d/b"]).values()) == {Outcome.DELETED}


def test_a_disk_that_fell_off_makes_nothing_absent(folder: Folder, tmp_path: Path) -> None:
    folder.root.rename(tmp_path / "away")
    everything_fails(Folder(folder.root), "Koppel de schijf aan")
    folder.root.mkdir()
    everything_fails(Folder(folder.root, make=True), "Koppel de schijf aan")
    (folder.root / MARK).touch()
    assert folder.size("d/a") is None


def test_symbolic_links_are_not_followed_and_nothing_that_has_another_name_is_called_gone(
    folder: Folder, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret").write_bytes(b"secret")
    (folder.root / "link").symlink_to(outside)
    (folder.root / "file").symlink_to(outside / "secret")
    os.link(folder.root / "d" / "a", folder.root / "twin")
    os.mkfifo(folder.root / "pipe")
    for key in ("link/secret", "file", "pipe"):
        with pytest.raises(StorageError, match="geen gewoon bestand"):
            folder.size(key)
        with pytest.raises(StorageError, match="geen gewoon bestand"):
            folder.open(key)
    with pytest.raises(StorageError, match="geen gewoon bestand"):
        keep(folder, "link/new", CONTENT)
    found = folder.delete(["link/secret", "file", "twin", "d/a", "pipe"])
    assert all(isinstance(one, StorageError) for one in found.values())
    assert "andere naam" in str(found["d/a"])
    assert (outside / "secret").read_bytes() == b"secret"
    (folder.root / "twin").unlink()
    assert folder.delete(["d/a"])["d/a"] is Outcome.DELETED


def test_a_file_that_shrinks_while_it_is_read_ends_with_an_error(folder: Folder) -> None:
    pieces = folder.open("d/a")
    assert pieces is not None
    os.truncate(folder.root / "d" / "a", 0)
    with pytest.raises(StorageError, match="minder"):
        list(pieces)
    pieces.close()


def test_what_somebody_else_put_there_is_listed_as_it_is_called(folder: Folder) -> None:
    os.close(os.open(os.fsencode(folder.root) + b"/\xff name", os.O_CREAT))
    assert [one.key for piece in folder.listing() for one in piece] == ["d/a", "\ufffd name"]


def test_a_folder_that_goes_while_the_list_is_read_and_one_of_the_file_system_break_nothing(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder.root / "lost+found").mkdir()
    (folder.root / "lost+found" / "#12").touch()
    (folder.root / "a" / "b").mkdir(parents=True)
    opened = os.open

    def goes(name: Any, *given: Any, **named: Any) -> int:
        if name == b"b":
            (folder.root / "a" / "b").rmdir()
        return opened(name, *given, **named)

    monkeypatch.setattr(os, "open", goes)
    assert [one.key for piece in folder.listing() for one in piece] == ["d/a"]


def test_what_a_killed_worker_left_is_cleared_after_its_time(folder: Folder) -> None:
    left = folder.root / UNFINISHED / "left"
    left.write_bytes(b"half")
    assert folder.clear_unfinished(datetime.now(UTC) - timedelta(hours=1)) == 0
    assert folder.clear_unfinished(datetime.now(UTC) + timedelta(hours=1)) == 1
    assert not left.exists()
    assert folder.size("d/a") == len(CONTENT)


# --- S3 -------------------------------------------------------------------------------------------


@pytest.fixture
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: None)  # between one try and the next


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ({"secret": "wrong"}, "weigert de toegang"),
        ({"key": "nobody12345"}, "weigert de toegang"),
        ({"bucket": "no-such"}, "kent deze bucket niet"),
    ],
)
def test_a_wrong_key_or_bucket_makes_nothing_absent(endpoint: str, address: dict[str, str], sentence: str) -> None:
    everything_fails(storage_at(address_of(endpoint, **address)), sentence)


@pytest.mark.parametrize(
    ("code", "status", "sentence"),
    [("InternalError", 500, "geeft een fout"), ("SlowDown", 503, "geeft een fout"), ("AccessDenied", 403, "weigert")],
)
def test_a_storage_that_answers_with_an_error_makes_nothing_absent(
    no_waiting: None, code: str, status: int, sentence: str
) -> None:
    with answering(answer_of(NO.format(code), status)) as endpoint:
        everything_fails(storage_at(address_of(endpoint)), sentence)


def test_a_storage_that_does_not_answer_in_time_makes_nothing_absent(
    no_waiting: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retention.storage.s3.ANSWER_WITHIN", 0.02)
    with answering(b"") as endpoint:
        everything_fails(Bucket(address_of(endpoint)), "niet op tijd")


def test_a_storage_that_is_away_or_speaks_nonsense_makes_nothing_absent(no_waiting: None) -> None:
    with answering(b"nonsense\r\n\r\n") as endpoint:
        everything_fails(storage_at(address_of(endpoint)), "niet op tijd")
    everything_fails(storage_at(address_of(endpoint) + "&region=nl"), "niet op tijd")


def test_a_bucket_that_keeps_versions_is_not_deleted_from() -> None:
    with answering(answer_of(VERSIONS)) as versions:
        (answer,) = Bucket(address_of(versions)).delete(["kept"]).values()
    assert "bewaart oude versies" in str(answer)


def test_an_upload_that_was_broken_off_leaves_nothing_that_waits(endpoint: str) -> None:
    bucket = Bucket(address_of(endpoint))
    with pytest.raises(StorageError):
        bucket.write("large", io.BytesIO(bytes(PART + 1)), PART + 1, "0" * 64)
    assert bucket.size("large") is None
    assert bucket.clear_unfinished(datetime.now(UTC) + timedelta(hours=1)) == 0


def test_no_error_tells_the_secret(no_waiting: None) -> None:
    bucket = storage_at(address_of("http://127.0.0.1:1"))
    with pytest.raises(StorageError) as failed:
        bucket.size("d/a")
    assert isinstance(failed.value.__cause__, EndpointConnectionError)
    told = f"{failed.value!r} {failed.value.__cause__!r} {bucket!r}"
    assert SECRET not in told
    assert "with%2Bsigns" not in told
