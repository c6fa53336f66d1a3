"""A field for a few values out of a closed list."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models


def several(choices: type[models.TextChoices], verbose_name: str) -> "ArrayField[Any, Any]":
    """A list of values out of `choices`, empty unless given."""
    return ArrayField(
        models.CharField(max_length=40, choices=choices), verbose_name=verbose_name, default=list, blank=True
    )
