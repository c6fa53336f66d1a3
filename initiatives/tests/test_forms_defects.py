"""Defective cameras, a line each: what is read, and which line is told to be wrong."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from bodycams.form_errors import FIRST_DAY, LAST_DAY
from initiatives.forms.defects import MOST_DEFECTS, Defects, written_out

days = st.dates(FIRST_DAY, LAST_DAY)
serials = st.text(st.characters(codec="utf-8", exclude_characters=";"), min_size=1, max_size=60).filter(
    lambda text: text.isprintable() and text == text.strip() and len(text.splitlines()) == 1
)


@given(st.dictionaries(serials, days, max_size=20))
def test_defects_that_are_shown_are_read_back_the_same(defects: dict[str, date]) -> None:
    assert Defects(required=False).clean(written_out(list(defects.items()))) == sorted(defects.items())


@given(st.text(max_size=200))
def test_whatever_is_typed_as_defects_is_read_or_refused(typed: str) -> None:
    found, sentences = [], []
    try:
        found = Defects(required=False).clean(typed)
    except ValidationError as refused:
        sentences = refused.messages
    assert all(sentence.startswith(("Regel ", "En nog ")) for sentence in sentences)
    assert all(0 < len(serial) <= 60 and FIRST_DAY <= day <= LAST_DAY for serial, day in found)


@pytest.mark.parametrize(
    ("typed", "line", "words"),
    [
        ("A1;2026-03-31\nA2", 2, "schrijf het serienummer, een puntkomma en de datum"),
        ("A1;2026-03-31\n\nA1;2026-04-01", 3, "dit serienummer staat al op regel 1"),
        ("A1;2026-02-30", 1, "de datum 2026-02-30 bestaat niet"),
        (";2026-03-31", 1, "vul een serienummer in van 1 tot en met 60 tekens"),
        ("x" * 61 + ";2026-03-31", 1, "vul een serienummer in"),
        ("A\x00;2026-03-31", 1, "vul een serienummer in"),
        ("A1;31-03-2026", 1, "schrijf het serienummer"),
    ],
)
def test_defect_that_is_wrong_is_told_with_its_line(typed: str, line: int, words: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Defects(required=False).clean(typed)
    assert f"Regel {line}: {words}" in " ".join(refused.value.messages)


def test_defect_of_tomorrow_is_refused() -> None:
    field: Any = Defects(required=False)
    field.last_day = date(2026, 3, 31)
    assert field.clean("A1;2026-03-31") == [("A1", date(2026, 3, 31))]
    with pytest.raises(ValidationError, match="moet nog komen"):
        field.clean(f"A1;{field.last_day + timedelta(days=1)}")


def test_many_wrong_lines_are_told_in_a_few_sentences() -> None:
    with pytest.raises(ValidationError) as refused:
        Defects(required=False).clean("\n".join(["fout"] * 40))
    assert len(refused.value.messages) == 6
    assert refused.value.messages[-1] == "En nog 35 regels."


def test_too_many_defects_are_refused() -> None:
    with pytest.raises(ValidationError, match="hoogstens 2000"):
        Defects(required=False).clean("\n".join(f"A{number};2026-03-31" for number in range(MOST_DEFECTS + 1)))
