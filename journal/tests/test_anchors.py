"""The file of anchors: lines are added and never changed, whatever interrupts the adding."""

import threading
from typing import Any

import pytest
from django.db import connection

from journal import anchors, seals
from journal.models import Seal
from journal.write import record

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.alone]


def seal_one_more() -> str:
    """The anchor of the seal that this makes."""
    record("proef", "Dit is een regel.")
    seals.seal()
    return anchors.anchor_of(Seal.objects.latest("number"))


def lines() -> list[str]:
    return anchors.path().read_text().splitlines()


def test_newest_seal_is_added_once() -> None:
    assert not anchors.follow()
    first = seal_one_more()
    assert (anchors.follow(), anchors.follow()) == (True, False)
    seal_one_more()
    third = seal_one_more()
    assert anchors.follow()
    assert lines() == [first, third]


@pytest.mark.parametrize("length", [1, 20, 200])
def test_line_that_was_half_written_is_followed_by_a_whole_one(length: int) -> None:
    first, second = seal_one_more(), seal_one_more()
    anchors.path().parent.mkdir(exist_ok=True)
    anchors.path().write_text(f"{first}\n{second[:length]}")
    assert anchors.follow()
    assert lines() == [first, second[:length], second]
    assert not anchors.follow()


def test_what_stands_in_the_file_already_is_never_changed() -> None:
    seal_one_more()
    anchors.path().parent.mkdir(exist_ok=True)
    anchors.path().write_text(other := "zegel 1 1 " + "0" * 64 + "\n")
    second = seal_one_more()
    anchors.follow()
    assert anchors.path().read_text() == f"{other}{second}\n"


def test_several_who_add_at_once_add_one_line() -> None:
    only = seal_one_more()

    def add() -> None:
        anchors.follow()
        connection.close()

    threads = [threading.Thread(target=add) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert lines() == [only]


def test_of_a_long_file_the_end_is_enough(tmp_path: Any, settings: Any) -> None:
    settings.JOURNAL_ANCHORS = tmp_path / "anchors" / "journal.txt"
    first, second = seal_one_more(), seal_one_more()
    anchors.path().parent.mkdir()
    anchors.path().write_text("een oude regel\n" * 1000 + first + "\n")
    assert (anchors.follow(), anchors.follow()) == (True, False)
    assert lines()[-1] == second
