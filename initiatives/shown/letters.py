"""The letters of a file as its page lists them, newest first. They come along with the file, in one query."""

from datetime import date
from typing import Any, NamedTuple

from django.urls import reverse

from initiatives.models import Initiative, Letter
from initiatives.words import size_in_words
from workflow.dates import day_in_words


class Shown(NamedTuple):
    """A line of the list; without a size it is still being made."""

    label: str
    url: str
    size: str
    note: str
    icon: str = "file-type-pdf"


def letters(initiative: Any) -> list[Shown]:
    """Of an initiative that was fetched whole."""
    return [_shown(initiative, row) for row in initiative.letter_rows]


def _shown(initiative: Initiative, row: dict[str, Any]) -> Shown:
    kind = Letter.Kind(row["kind"])
    to = "de contactpersoon" if kind == Letter.Kind.RETURN else initiative.unit.head
    made = "" if row["size"] else " · de PDF wordt gemaakt"
    return Shown(
        label=kind.label,
        url=reverse("letter", args=[initiative.pk, row["n"]]),
        size=size_in_words(row["size"]) if row["size"] else "",
        note=f"Aan {to}, {day_in_words(date.fromisoformat(row['dated']))}{made}",
    )
