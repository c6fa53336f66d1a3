"""Documents on disk: named after their content, made once however many ask, and gone when nobody wants them."""

import os
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from initiatives.overview import files
from initiatives.overview.files import ASK_AGAIN, KEPT, Document, Progress, document_of, folder, remove_unused
from initiatives.tests.overview_rows import overview_of


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def document() -> Document:
    return document_of(overview_of(3))


def make(document: Document, content: bytes = b"%PDF") -> bool:
    with document.making() as target:
        if target:
            target.write_bytes(content)
        return target is not None


def grow_old(path: Path, seconds: float) -> None:
    os.utime(path, (time.time() - seconds,) * 2)


def test_other_content_or_other_drawing_is_another_document(monkeypatch: pytest.MonkeyPatch) -> None:
    overview = overview_of(3)
    first, *others = overview.rows
    known = document_of(overview).key
    assert document_of(overview_of(3)).key == known
    assert document_of(overview._replace(rows=(first._replace(title="Anders"), *others))).key != known
    monkeypatch.setattr(files, "drawn_with", lambda: "anders")
    assert document_of(overview).key != known


@pytest.mark.parametrize("pattern", files.DRAWN_WITH)
def test_everything_that_draws_is_found(pattern: str, settings: Any) -> None:
    assert list(settings.BASE_DIR.glob(pattern))


def test_only_the_first_who_asks_has_it_made(document: Document) -> None:
    assert [document.ask() for _ in range(3)] == [True, False, False]


def test_of_many_who_ask_at_once_one_has_it_made(document: Document) -> None:
    answers: list[bool] = []
    barrier = threading.Barrier(8)

    def ask() -> None:
        barrier.wait()
        answers.append(document.ask())

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [False] * 7 + [True]


def test_who_asks_long_after_has_it_made_anew_without_the_old_failure(document: Document) -> None:
    document.ask()
    document.report(Progress(failure="Mislukt."))
    assert not document.ask()
    grow_old(folder() / f"{document.key}.progress", ASK_AGAIN + 1)
    assert document.ask()
    assert document.progress() == Progress()


def test_it_is_there_only_when_it_is_whole(document: Document) -> None:
    with document.making() as target:
        assert target is not None
        target.write_bytes(b"half")
        assert not document.is_ready()
    assert document.read() == b"half"
    assert {path.suffix for path in folder().iterdir()} == {".pdf", ".lock"}


def test_what_went_wrong_leaves_nothing_behind_but_what_was_said(document: Document) -> None:
    with suppress(ZeroDivisionError), document.making():
        document.report(Progress(failure="Mislukt."))
        raise ZeroDivisionError
    assert not document.is_ready()
    assert document.progress().failure == "Mislukt."
    assert {path.suffix for path in folder().iterdir()} == {".progress", ".lock"}


def test_two_workers_do_not_make_the_same(document: Document) -> None:
    with document.making() as target:
        assert target is not None
        assert not make(document)
        target.write_bytes(b"%PDF")


def test_what_is_there_is_not_made_again(document: Document) -> None:
    assert [make(document), make(document, b"other")] == [True, False]
    assert document.read() == b"%PDF"


def test_it_says_how_far_it_is(document: Document) -> None:
    assert document.progress() == Progress(0, 0, "")
    document.ask()
    document.report(Progress(400, 5000))
    assert document.progress() == Progress(400, 5000, "")
    assert document.asked_ago() < 5


def test_what_nobody_used_for_a_week_goes_and_using_it_keeps_it(document: Document) -> None:
    other = document_of(overview_of(4))
    for one in (document, other):
        make(one)
        for path in folder().glob(f"{one.key}*"):
            grow_old(path, KEPT + 1)
    document.read()
    remove_unused()
    assert (document.is_ready(), other.is_ready()) == (True, False)


def test_nothing_to_remove_is_no_fault() -> None:
    remove_unused()
    assert not folder().exists()
