"""What every storage promises, tried on a folder and on a real S3 server: the same test, the same answers."""

import io
from collections.abc import Iterator
from copy import copy
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention.storage import Outcome, Storage, StorageError, WrongContent, storage_at
from retention.storage.folder import Folder
from retention.storage.interface import PIECE, is_key
from retention.storage.s3 import PART, Bucket
from retention.tests.s3_server import address_of, s3_server

LARGE = bytes(range(256)) * (PART // 256) + b"a bit more than one part"
BAD_KEYS = ("", "/a", "a/", "a//b", "..", "a/../b", ".", "./a", "a b", "a\n", "é", "a\x00", "~a", "a" * 256)


@pytest.fixture(scope="module")
def bucket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bucket]:
    with s3_server(tmp_path_factory.mktemp("s3")) as endpoint:
        bucket = Bucket(address_of(endpoint))
        assert bucket.size("nothing") is None  # makes the client, which takes longest
        yield bucket


@pytest.fixture(params=["file", "s3"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Storage]:
    if request.param == "file":
        yield Folder(tmp_path / "opnamen", make=True)
    else:
        own = copy(request.getfixturevalue("bucket"))
        own._prefix = f"{request.node.name}/"
        yield own


def keep(storage: Storage, key: str, content: bytes) -> None:
    storage.write(key, io.BytesIO(content), len(content), sha256(content).hexdigest())


def read(storage: Storage, key: str, start: int = 0, length: int | None = None) -> bytes:
    pieces = storage.open(key, start, length)
    assert pieces is not None
    found = list(pieces)
    pieces.close()
    pieces.close()
    assert all(len(piece) <= PIECE for piece in found)
    return b"".join(found)


def listed(storage: Storage) -> list[str]:
    return [one.key for piece in storage.listing() for one in piece]


def test_what_was_written_is_there_and_what_was_not_is_absent(storage: Storage) -> None:
    keep(storage, "2026/11/a.mp4", b"beeld")
    assert storage.size("2026/11/a.mp4") == 5
    assert storage.size("2026/11/b.mp4") is None
    assert storage.size("2025/a.mp4") is None
    assert storage.open("2026/11/b.mp4") is None
    assert storage.sha256("2026/11/a.mp4") == sha256(b"beeld").hexdigest()
    assert storage.sha256("2026/11/b.mp4") is None
    keep(storage, "empty", b"")
    assert (storage.size("empty"), read(storage, "empty")) == (0, b"")


def test_any_range_is_what_the_bytes_say(storage: Storage) -> None:
    content = bytes(range(200))
    keep(storage, "a", content)
    for start, length in ((0, None), (0, 1), (1, 3), (199, 1), (199, 50), (200, 5), (300, None), (0, 200), (5, 0)):
        assert read(storage, "a", start, length) == content[start:][:length]


def test_a_large_file_goes_in_and_out_in_pieces(storage: Storage) -> None:
    keep(storage, "large.mp4", LARGE)
    assert storage.sha256("large.mp4") == sha256(LARGE).hexdigest()
    assert read(storage, "large.mp4", PART - 2, 8) == LARGE[PART - 2 : PART + 6]


@pytest.mark.parametrize("content", [b"beeld", LARGE], ids=["small", "large"])
def test_what_is_not_as_announced_is_never_seen(storage: Storage, content: bytes) -> None:
    other = sha256(b"other").hexdigest()
    with pytest.raises(WrongContent, match="controlesom"):
        storage.write("a/b", io.BytesIO(content), len(content), other)
    for size in (len(content) - 1, len(content) + 1):
        with pytest.raises(WrongContent, match="niet zo groot"):
            storage.write("a/b", io.BytesIO(content), size, sha256(content).hexdigest())

    class Gone(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell():
                raise ConnectionResetError
            return super().read(3)

    with pytest.raises(WrongContent, match="verbroken"):
        storage.write("a/b", Gone(content), len(content), sha256(content).hexdigest())
    assert (storage.size("a/b"), listed(storage)) == (None, [])


def test_the_same_file_may_come_twice_and_another_is_refused(storage: Storage) -> None:
    keep(storage, "a", b"beeld")
    keep(storage, "a", b"beeld")
    with pytest.raises(StorageError, match="al een ander bestand"):
        keep(storage, "a", b"ander")
    assert read(storage, "a") == b"beeld"


def test_deleting_says_what_became_of_each_and_can_be_done_again(storage: Storage) -> None:
    for key in ("d/a", "d/b", "d/e/c", "kept"):
        keep(storage, key, b"x")
    asked = ["d/a", "d/b", "d/e/c", "d/never", "nowhere/at/all", "../kept", "d/a"]
    found = storage.delete(asked)
    assert [str(found[key]) for key in asked[:5]] == ["deleted", "deleted", "deleted", "absent", "absent"]
    assert isinstance(found["../kept"], StorageError)
    assert set(storage.delete(asked[:5]).values()) == {Outcome.ABSENT}
    assert listed(storage) == ["kept"]
    assert storage.delete([]) == {}


def test_many_are_deleted_at_once_with_the_same_answers(storage: Storage) -> None:
    """Enough for a list to be asked for, with others between them."""
    keys, others = [f"d/{n:03}" for n in range(60)], ["d/0", "d/030-", "d/0305", "d/zz", "a", "z"]
    for key in [*keys, *others]:
        keep(storage, key, b"x")
    absent = ["d/0205", "d/zzz", "e/000"]
    found = storage.delete([*keys, *absent])
    assert {key for key, answer in found.items() if answer is Outcome.DELETED} == set(keys)
    assert {key for key, answer in found.items() if answer is Outcome.ABSENT} == set(absent)
    assert listed(storage) == sorted(others)


def test_a_list_names_all_in_the_order_of_their_bytes(storage: Storage) -> None:
    keys = ["a-b", "a.b", "a/b", "a/b-c", "a/c/d", "a0", "Z", "_"]
    for key in keys:
        keep(storage, key, b"12")
    (piece,) = storage.listing()
    assert [one.key for one in piece] == sorted(keys)
    assert {one.size for one in piece} == {2}
    assert all(abs(datetime.now(UTC) - one.at) < timedelta(days=1) for one in piece)


def test_what_cannot_be_a_key_is_refused(storage: Storage) -> None:
    for key in BAD_KEYS:
        for ask in (storage.size, storage.open, storage.sha256, lambda key: keep(storage, key, b"x")):
            with pytest.raises(StorageError, match="opslagsleutel"):
                ask(key)
    assert {type(answer) for answer in storage.delete(BAD_KEYS).values()} == {StorageError}


@settings(max_examples=200)
@given(st.text(alphabet="aZ09._/-~ \n\x00é\\", max_size=12))
def test_a_key_never_leaves_its_folder(key: str) -> None:
    parts = key.split("/")
    sound = all(part not in ("", ".", "..") for part in parts) and not set(key) & set("~ \n\x00é\\")
    assert is_key(key) is sound


@pytest.mark.parametrize("address", ["", "/srv", "file:", "http://x", "s3://", "ftp://x/y"])
def test_an_address_of_something_else_is_no_storage(address: str) -> None:
    with pytest.raises(StorageError, match="RECORDINGS_STORAGE"):
        storage_at(address)
