"""A seal that was printed somewhere is known again, and whatever was changed about it or under it is found."""

from collections.abc import Callable
from typing import Any

import pytest

from journal.anchors import anchor_of
from journal.models import Seal
from journal.standing import why_not_standing
from journal.tests.sealing import sealed
from journal.write import record

pytestmark = pytest.mark.django_db(transaction=True)
CHANGED = "Zegel 2 past niet meer in de keten van het journaal."
REWRITTEN = "De regels die zegel 2 afsluit, zijn veranderd."


@pytest.fixture
def second() -> str:
    """What was printed of the second of three seals."""
    for number in range(9):
        record("proef", f"Regel {number}.")
        if number % 3 == 2:
            sealed()
    return anchor_of(Seal.objects.get(number=2))


def test_a_seal_that_was_printed_stands(second: str) -> None:
    assert second.startswith("zegel 2 ")
    assert why_not_standing(second) == ""
    assert [why_not_standing(anchor_of(seal)) for seal in Seal.objects.all()] == [""] * Seal.objects.count()


@pytest.mark.parametrize("line", ["", "zegel", "zegel 99 6 " + "0" * 64, "zegel 99999999999999999999 6 " + "0" * 64])
def test_what_is_no_seal_of_ours_does_not(line: str) -> None:
    assert why_not_standing(line) == "Dit zegel staat niet in het journaal."


def test_another_seal_under_its_number_is_found(second: str) -> None:
    assert (
        why_not_standing(second[:-1] + ("0" if second[-1] != "0" else "1")) == "Zegel 2 in het journaal is een ander."
    )


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE journal_seal SET root = previous WHERE number = 2", CHANGED),
        ("UPDATE journal_seal SET sealed_at = sealed_at + interval '1 s' WHERE number = 2", CHANGED),
        ("UPDATE journal_seal SET previous = root WHERE number = 3", CHANGED),
        ("UPDATE journal_seal SET hash = root WHERE number = 1", CHANGED),
        ("UPDATE journal_entry SET reason = 'x' WHERE id = {entry}", REWRITTEN),
        ("DELETE FROM journal_entry WHERE id = {entry}", REWRITTEN),
        ("DELETE FROM journal_link WHERE entry_id = {entry}", REWRITTEN),
    ],
)
def test_what_was_changed_is_found(second: str, owner: Callable[..., None], statement: str, why: str) -> None:
    entry: Any = Seal.objects.get(number=2).first_seq
    owner(statement.format(entry=f"(SELECT entry_id FROM journal_link WHERE seq = {entry})"))
    assert why_not_standing(second) == why
