"""A prepared query answers what the composed one would, with each value in its place."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from bodycams.prepared import prepared
from organisation.models import Unit

pytestmark = pytest.mark.django_db
ON, CODE = date(1, 1, 1), "a mark"
times: list[Any] = []


def units(day: date, code: str) -> QuerySet[Unit]:
    times.append(day)
    return Unit.objects.filter(valid_from__lte=day, code=code).exclude(valid_until__lt=day)


ask = prepared(units, ON, CODE)


@pytest.mark.parametrize("code", ["ON", "nowhere"])
@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2026, 11, 21)])
def test_the_answer_is_that_of_the_composed_query(day: date, code: str) -> None:
    assert list(ask(day, code)) == list(units(day, code))


def test_it_is_composed_once_and_asked_each_time() -> None:
    times.clear()
    with CaptureQueriesContext(connection) as asked:
        assert [unit.code for unit in ask(date(2026, 1, 1), "ON")] == ["ON"]
        assert list(ask(date(2026, 1, 1), "nowhere")) == []
    assert len(asked) == 2
    assert len(times) <= 1


def test_a_value_too_many_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        ask(date(2026, 1, 1), "ON", 1)
