"""Columns that the database makes itself of a recording's facts, by functions of the owner (migrations 0001, 0034).

They are reckoned once, when the metadata arrives, and again only when the true moment of use is fixed or a judgement is
given. Python and SQL ask the same functions, so no rule about time is written twice.
"""

from typing import Any

from django.db import models
from django.db.models import F, Func

USE = ("used_from", "uploaded_at", "arrived_at", "true_from")


def made(function: str, *columns: str, kind: "models.Field[Any, Any]") -> models.GeneratedField:
    """A stored column: `function` of the owner over these columns."""
    expression = Func(*(F(column) for column in columns), function=function, output_field=kind)
    return models.GeneratedField(expression=expression, output_field=kind, db_persist=True)


def moment(function: str, *columns: str) -> models.GeneratedField:
    return made(function, *columns, kind=models.DateTimeField(null=True))


def mark(function: str, *columns: str) -> models.GeneratedField:
    return made(function, *columns, kind=models.BooleanField())


IS_DIGEST = Func(F("sha256"), function="retention_is_digest", output_field=models.BooleanField())
"""Looked after at each change of a row, whatever changes."""
