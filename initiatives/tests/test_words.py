"""Numbers, amounts, days and kinds as lists write them, and what is left of typed text."""

from datetime import date
from decimal import Decimal

import pytest

from initiatives.choices import Kind
from initiatives.words import SHORT_KINDS, euros, from_to, joined, kinds_in_words, plain, short_day, so_many, thousands


@pytest.mark.parametrize(("number", "written"), [(0, "0"), (999, "999"), (1000, "1.000"), (1234567, "1.234.567")])
def test_thousands_are_parted_by_points(number: int, written: str) -> None:
    assert thousands(number) == written


@pytest.mark.parametrize(("number", "written"), [(0, "0 opnamen"), (1, "1 opname"), (1000, "1.000 opnamen")])
def test_one_is_told_as_one(number: int, written: str) -> None:
    assert so_many(number, "opname", "opnamen") == written


@pytest.mark.parametrize(("words", "written"), [(["a"], "a"), (["a", "b"], "a en b"), (["a", "b", "c"], "a, b en c")])
def test_words_are_told_in_a_row(words: list[str], written: str) -> None:
    assert joined(words) == written


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("0", "€ 0"),
        ("18500", "€ 18.500"),
        ("18500.00", "€ 18.500"),
        ("18500.5", "€ 18.500,50"),
        ("0.05", "€ 0,05"),
        ("-12.25", "€ -12,25"),
        ("9999999999.99", "€ 9.999.999.999,99"),
    ],
)
def test_amount_has_cents_only_when_there_are_any(amount: str, written: str) -> None:
    assert euros(Decimal(amount)) == written


@pytest.mark.parametrize(
    ("first", "many", "written"), [(1, 25, "1 tot en met 25"), (26, 1, "26"), (1001, 2, "1.001 tot en met 1.002")]
)
def test_what_stands_on_a_page_is_from_its_first_to_its_last(first: int, many: int, written: str) -> None:
    assert from_to(first, many) == written


def test_every_kind_has_a_short_word() -> None:
    assert set(SHORT_KINDS) == set(Kind.values)
    assert kinds_in_words(["aanschaf", "experiment"]) == "Aanschaf, experiment"


def test_day_is_short() -> None:
    assert short_day(date(2026, 3, 9)) == "9-3-2026"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Bodycams in Fryslân", "Bodycams in Fryslân"),
        ("  twee\r\nregels\ten een tab ", "twee regels en een tab"),
        ("\N{RIGHT-TO-LEFT OVERRIDE}neergeid", "neergeid"),
        ("a\x07b\x1b[31m", "a b [31m"),
        ("a\N{BYTE ORDER MARK}b\N{ZERO WIDTH SPACE}", "a b"),
        ("beheers\N{SOFT HYPHEN}ondersteuning", "beheers\N{SOFT HYPHEN}ondersteuning"),
        ("مرحبا", "مرحبا"),
        ("", ""),
    ],
)
def test_typed_text_keeps_its_letters_and_loses_what_steers(typed: str, shown: str) -> None:
    assert plain(typed) == shown
