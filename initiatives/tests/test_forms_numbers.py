"""Numbers and amounts: what is read, what is refused, and in which words."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from initiatives.forms.numbers import MOST_EURO, Amount, Count, euros


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("56000", "56000"),
        ("56.000", "56000"),
        ("1.234,56", "1234.56"),
        ("1234,56", "1234.56"),
        ("1234.56", "1234.56"),
        ("1234.5", "1234.50"),
        ("1234,5", "1234.50"),
        ("1.234", "1234"),
        ("1.234.567,80", "1234567.80"),
        ("1 234 567", "1234567"),
        ("1\u00a0234,00", "1234"),
        ("€ 56.000,-", "56000"),
        ("€56000", "56000"),
        (" 56000,-- ", "56000"),
        ("0", "0"),
        ("0,01", "0.01"),
        ("9999999999,99", "9999999999.99"),
    ],
)
def test_amounts_are_read_as_people_write_them(typed: str, amount: str) -> None:
    assert Amount(required=False).clean(typed) == Decimal(amount)


@pytest.mark.parametrize(
    "typed",
    [
        "ongeveer 56.000", "zesenvijftigduizend", "-5", "1,234.56", "1.23.456", "12.34,56", "1.234.56", "1,2,3", "56k",
        "€", ",50", "1e5", "NaN", "Infinity", "٣٤", "56000 euro", "1" * 500, "1.5000", "\x00", "0x10",
    ],
)  # fmt: skip
def test_words_and_riddles_are_not_an_amount(typed: str) -> None:
    with pytest.raises(ValidationError, match="Vul alleen cijfers in, zonder woorden"):
        Amount(required=False).clean(typed)


def test_amount_must_fit() -> None:
    with pytest.raises(ValidationError, match="minder dan 10 miljard"):
        Amount(required=False).clean("10000000000")


@given(st.decimals(0, MOST_EURO, places=2))
def test_amount_that_is_shown_is_read_back_the_same(amount: Decimal) -> None:
    assert Amount(required=False).clean(euros(amount)) == amount


@pytest.mark.parametrize(("typed", "count"), [("", None), (" 12 ", 12), ("0", 0), ("1.200", 1200), ("007", 7)])
def test_numbers_are_whole(typed: str, count: int | None) -> None:
    assert Count(required=False).clean(typed) == count


@pytest.mark.parametrize("typed", ["twaalf", "-1", "1,5", "1.5", "12.00", "1 200", "٣", "9" * 300, "100001", "\x00"])
def test_numbers_that_are_not_whole_or_too_large_are_refused(typed: str) -> None:
    with pytest.raises(ValidationError, match=r"heel getal|Vul 100\.000 of minder in"):
        Count(required=False).clean(typed)
