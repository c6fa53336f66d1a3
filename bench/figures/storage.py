"""The figure of the storage: what it takes to delete files and look again, beside removing them as fast as anybody can;
and to delete from S3 in batches, beside one after the other.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.databases import ROOT
from bench.measuring import Figure, Sizes, medians, seconds_of
from retention.storage import Outcome, Storage
from retention.storage.folder import Folder
from retention.storage.s3 import Bucket
from retention.tests.s3_server import address_of, s3_server

THREADS, CHUNK = 8, 500
OF_S3 = 1_000
"""As many as S3 deletes with one request."""


def figure_17(sizes: Sizes) -> Iterator[Figure]:
    rounds = max(1, sizes.rounds // 2)
    files = min(sizes.files, 50_000)
    (ROOT / ".cache").mkdir(exist_ok=True)
    with TemporaryDirectory(dir=ROOT / ".cache") as folder:
        root = Path(folder) / "recordings"
        root.mkdir()
        (root / "~bodycamregister").touch()
        keys = [f"dag/{number:06}" for number in range(files)]

        def put_all() -> None:
            put(root, keys)

        ours = after(put_all, lambda: all_deleted(Folder(root), keys))
        took = medians(ours, after(put_all, lambda: removed(root / "dag")), rounds)
        yield Figure(17, f"{files} bestanden verwijderen en nog eens kijken", "s", *took, 2.0)
        yield from of_s3(Path(folder), rounds)


def of_s3(folder: Path, rounds: int) -> Iterator[Figure]:
    (folder / "s3").mkdir()
    keys = [f"dag/{number:06}" for number in range(OF_S3)]
    with s3_server(folder / "s3") as endpoint, ThreadPoolExecutor(THREADS) as pool:
        bucket = Bucket(address_of(endpoint))

        def one_by_one() -> None:
            list(pool.map(lambda key: all_deleted(bucket, [key]), keys))

        def put_all() -> None:
            list(pool.map(lambda key: bucket._client.put_object(**bucket._at(key), Body=b"beeld"), keys))

        took = medians(after(put_all, lambda: all_deleted(bucket, keys)), after(put_all, one_by_one), rounds)
        yield Figure(17, f"{OF_S3} van S3 in een keer, naast {THREADS} tegelijk apart", "s", *took, 0.2)


def after(prepare: Callable[[], object], work: Callable[[], Any]) -> Callable[[], float]:
    """The seconds of this work alone."""

    def measure() -> float:
        prepare()
        os.sync()
        return seconds_of(work, 1)()[0]

    return measure


def put(root: Path, keys: list[str]) -> None:
    (root / "dag").mkdir(exist_ok=True)
    for key in keys:
        (root / key).write_bytes(b"beeld en geluid")


def all_deleted(storage: Storage, keys: list[str]) -> None:
    if set(storage.delete(keys).values()) != {Outcome.DELETED}:
        raise SystemExit("De opslag heeft niet alles verwijderd.")


def removed(folder: Path) -> None:
    """By eight threads, five hundred at a time, with the folder open."""
    names, opened = os.listdir(folder), os.open(folder, os.O_RDONLY)

    def some(mine: list[str]) -> None:
        for name in mine:
            os.unlink(name, dir_fd=opened)

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(some, [names[at : at + CHUNK] for at in range(0, len(names), CHUNK)]))
    os.close(opened)


FIGURES = {17: figure_17}
