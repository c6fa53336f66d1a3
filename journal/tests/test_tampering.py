"""Thousands of tamperings with an export: each is found and named, and each escapes a check that looks sound."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from journal.tests import tamperings as t
from journal.tests.books import Book, a_book, batches_of, resealed, sealed
from script.verify_journal import Checker, Wrong, read_anchors

TIMES = 100
"""So many of each kind, every one another."""

KINDS: dict[Callable[[Book, Random], set[int]], Callable[[Book], Any]] = {
    t.a_byte: t.only_counts,
    t.a_bit: t.only_counts,
    t.a_microsecond: t.by_the_second,
    t.a_json_value: t.parsed_json,
    t.a_letter_moved_to_the_next_field: t.joined_without_lengths,
    t.nothing_for_empty: t.joined_without_lengths,
    t.one_hash_made_anew: t.only_counts,
    t.one_removed: t.each_row_by_its_own_hash,
    t.some_removed_and_the_rest_shifted: t.numbers_without_gaps,
    t.one_put_in_twice: t.each_row_by_its_own_hash,
    t.one_made_up_and_the_rest_shifted: t.numbers_without_gaps,
    t.two_lines_swapped: t.rows_in_any_order,
    t.two_contents_swapped: t.rows_in_any_order,
    t.two_swapped_with_their_hashes: t.rows_in_any_order,
    t.a_seal_removed: t.the_chain_fits,
    t.a_seal_changed: t.the_chain_fits,
    t.a_moment_of_a_seal_with_its_hash: t.the_chain_fits,
    t.the_rest_of_a_seal_rewritten: t.only_counts,
    t.a_seal_rewritten_with_what_it_closes: t.the_chain_within_each_seal_fits,
    t.the_chain_made_anew: t.the_chain_fits,
    t.the_tail_cut: t.the_chain_fits,
    t.an_old_copy_put_back_and_gone_on_with: t.the_chain_fits,
}
ONLY_BY_ANCHORS = (t.the_chain_made_anew, t.the_tail_cut, t.an_old_copy_put_back_and_gone_on_with)


def found(book: Book, anchors: dict[int, tuple[int, str]]) -> Wrong | None:
    try:
        Checker(anchors).check(book.lines)
    except Wrong as wrong:
        return wrong
    return None


@pytest.mark.parametrize("tamper", KINDS, ids=lambda tamper: tamper.__name__)
def test_every_tampering_is_found_and_the_first_wrong_entry_named(tamper: Callable[[Book, Random], set[int]]) -> None:
    misses = KINDS[tamper]
    for seed in range(TIMES):
        random = Random(f"{tamper.__name__} {seed}")
        book = a_book(random)
        original = Book([list(line) for line in book.lines], {})
        expected = tamper(book, random)
        assert book.lines != original.lines
        wrong = found(book, book.anchors)
        assert wrong is not None, f"seed {seed} was not found"
        assert wrong.seq in expected, f"seed {seed}: {wrong} names {wrong.seq}, not one of {expected}"
        assert misses(book) == misses(original), f"seed {seed}: the twin sees it too"


@pytest.mark.parametrize("tamper", ONLY_BY_ANCHORS, ids=lambda tamper: tamper.__name__)
def test_a_chain_that_is_sound_in_itself_is_found_by_the_anchors_alone(
    tamper: Callable[[Book, Random], set[int]],
) -> None:
    book = a_book(Random(1))
    tamper(book, Random(1))
    assert found(book, {}) is None
    assert found(book, book.anchors) is not None


@pytest.mark.parametrize("seed", range(20))
def test_what_was_not_touched_is_in_order(seed: int) -> None:
    book = a_book(Random(seed), seals=Random(seed).randint(0, 9), longest=40)
    checker = Checker(book.anchors)
    checker.check(book.lines)
    assert (checker.seq, checker.seals) == (len(book.entries), len(book.seals))
    assert checker.anchored == checker.seq


def test_few_anchors_say_between_which_entries_the_chain_was_made_anew() -> None:
    book = a_book(Random(2), seals=6)
    kept = {number: anchor for number, anchor in book.anchors.items() if number in (2, 5)}
    batches = batches_of(book)
    batches[3][0][10] += "!"
    resealed(book, batches)
    wrong = found(book, kept)
    assert wrong is not None
    assert wrong.seq == book.anchors[2][0] + 1
    assert str(book.anchors[5][0]) in str(wrong)


SENTENCES: dict[Callable[[Book, Random], set[int]], str] = {
    t.a_bit: "is veranderd",
    t.one_removed: "verwijderd",
    t.some_removed_and_the_rest_shifted: "verwijderd, en wat volgt is hernummerd",
    t.one_made_up_and_the_rest_shifted: "is ingevoegd",
    t.two_contents_swapped: "zijn verwisseld",
    t.two_swapped_with_their_hashes: "zijn verwisseld",
    t.two_lines_swapped: "niet op haar plaats",
    t.the_rest_of_a_seal_rewritten: "zijn herschreven",
    t.a_seal_rewritten_with_what_it_closes: "is vervangen",
    t.the_chain_made_anew: "opnieuw gemaakt",
    t.the_tail_cut: "afgeknipt",
}


@pytest.mark.parametrize("tamper", SENTENCES, ids=lambda tamper: tamper.__name__)
def test_it_says_what_was_done(tamper: Callable[[Book, Random], set[int]]) -> None:
    """In the middle of a seal, where most entries are."""
    said = []
    for seed in range(30):
        random = Random(seed)
        book = a_book(random, longest=12)
        tamper(book, random)
        said.append(str(found(book, book.anchors if tamper in ONLY_BY_ANCHORS else {})))
    assert sum(SENTENCES[tamper] in sentence for sentence in said) > len(said) * 0.7, said


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda lines: lines.pop(), "het slot ontbreekt"),
        (lambda lines: lines.pop(0), "geen export"),
        (lambda lines: lines.clear(), "geen export"),
        (lambda lines: lines.append(["entry"]), "Na het slot staat nog iets"),
        (lambda lines: lines.insert(3, [None]), "geen regel en geen zegel"),
        (lambda lines: lines.insert(3, ["entry", "3"]), "geen regel en geen zegel"),
        (lambda lines: lines[-1].__setitem__(2, "900"), "Het slot telt 900 regels"),
        (lambda lines: lines[1].__setitem__(1, None), "ingevoegd"),
        (lambda lines: lines[1].__setitem__(15, None), "is veranderd"),
        (lambda lines: lines[-2].__setitem__(3, None), "is zelf veranderd"),
        (lambda lines: lines.__delitem__(-2), "niet verzegeld"),
    ],
)
def test_what_is_no_export_any_more_is_said_to_be_none(change: Callable[[list[Any]], Any], sentence: str) -> None:
    book = a_book(Random(3))
    change(book.lines)
    assert sentence in str(found(book, book.anchors))


def test_anchors_are_found_in_any_text_and_must_agree() -> None:
    one, other = "a" * 64, "b" * 64
    mail = ["Beste auditor,", "", f"zegel 12 345 {one}\n", f"> zegel 11 340 {other}\r\n", "zegel 13 kort\n"]
    assert read_anchors([*mail, f"zegel 12 345 {one}"]) == {12: (345, one), 11: (340, other)}
    with pytest.raises(Wrong, match="spreken elkaar tegen"):
        read_anchors([*mail, f"zegel 12 345 {other}"])


def test_the_tree_tells_two_halves_from_one_another() -> None:
    """The twin of a plain tree: an odd leaf is not repeated, and a node cannot be passed off as a leaf."""
    batch = [[str(n)] * 13 for n in range(3)]
    (root,) = [line[5] for line in sealed([batch]) if line[0] == "seal"]
    (doubled,) = [line[5] for line in sealed([[*batch, batch[-1]]]) if line[0] == "seal"]
    assert root != doubled
