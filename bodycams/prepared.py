"""Queries that are asked at every page or step, put together once: that takes Django longer than asking them.

Only for what is the same query each time, with other values in it.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.db.models import QuerySet


def prepared(compose: Callable[..., QuerySet[Any]], *marks: Any) -> Callable[..., list[Any]]:
    """What `compose(*values)` would answer, as a function of the values.

    It is composed once, with `marks` for the values: each of the right type, and found nowhere else in the query.
    """

    @cache
    def composed() -> tuple[Any, str, tuple[Any, ...]]:
        rows = compose(*marks)
        return rows.model, *rows.query.sql_with_params()

    def ask(*values: Any) -> list[Any]:
        model, sql, marked = composed()
        given = list(zip(marks, values, strict=True))
        params = [next((value for mark, value in given if mark == param), param) for param in marked]
        return list(model._default_manager.raw(sql, params))

    return ask
