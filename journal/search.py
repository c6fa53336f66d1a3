"""Searching the journal: by who, what, when and what it is about, newest first, a page at a time on any length.

A page goes on from the last entry of the one before. An entry gets its number and its moment at once, so that a period
is a stretch of numbers: found by an index on the moment, and then the order of the numbers serves every search.
"""

from datetime import datetime
from typing import NamedTuple

from django.db import connection, models

from journal.models import Entry, Link, Part
from journal.objects import KINDS

SLACK = 1_000
"""So many numbers apart may two entries have been given their moments the other way round."""

ACTIONS = """
WITH RECURSIVE actions AS (
    (SELECT action FROM journal_entry ORDER BY action LIMIT 1)
    UNION ALL
    SELECT (SELECT e.action FROM journal_entry e WHERE e.action > actions.action ORDER BY e.action LIMIT 1)
    FROM actions WHERE actions.action IS NOT NULL
)
SELECT action FROM actions WHERE action IS NOT NULL
"""
"""Each action once, by going from one to the next in their index."""


class Asked(NamedTuple):
    """What somebody asks. Empty means: it does not matter. `about` is what a thing of this `kind` is called."""

    actor: str = ""
    action: str = ""
    result: str = ""
    kind: str = ""
    about: str = ""
    since: datetime | None = None
    before: datetime | None = None


class Page(NamedTuple):
    """Some entries, newest first, each with the number of its seal (None: not sealed yet). `newer` and `older` are the
    entries to go on from, None at the ends.
    """

    entries: list[Entry]
    seals: dict[int, int]
    newer: int | None
    older: int | None


def selection(asked: Asked, parts: tuple[str, ...] | None) -> models.QuerySet[Entry]:
    """The entries that answer to everything asked, about the things of these apps only (None: about anything)."""
    found = Entry.objects.alias(part=Part("object_type"))
    if parts is not None:
        found = found.filter(part__in=parts) if len(parts) != 1 else found.filter(part=parts[0])
    for field in ("actor", "action", "result"):
        if value := getattr(asked, field):
            found = found.filter(**{field: value})
    if asked.kind:
        found = found.filter(object_type=asked.kind, part=asked.kind.partition(".")[0])
        if asked.about:
            known = KINDS[asked.kind].find(asked.about) if asked.kind in KINDS else []
            found = found.filter(object_id__in=known or [asked.about])
    if asked.since:
        found = found.filter(at__gte=asked.since, id__gte=_first_since(asked.since) - SLACK)
    if asked.before:
        found = found.filter(at__lt=asked.before, id__lte=_first_since(asked.before) + SLACK)
    return found


def page(found: models.QuerySet[Entry], size: int, *, older_than: int | None, newer_than: int | None) -> Page:
    """`size` entries: the newest, or those next to one of the two."""
    backwards = newer_than is not None
    if newer_than is not None:
        found = found.filter(id__gt=newer_than)
    elif older_than is not None:
        found = found.filter(id__lt=older_than)
    entries = list(found.order_by("id" if backwards else "-id")[: size + 1])
    more, entries = len(entries) > size, entries[:size]
    if backwards:
        entries.reverse()
    first, last = (entries[0].pk, entries[-1].pk) if entries else (None, None)
    sealed = Link.objects.filter(entry_id__in=[entry.pk for entry in entries])
    return Page(
        entries=entries,
        seals=dict(sealed.values_list("entry_id", "seal_id")),
        newer=first if (more if backwards else older_than) else None,
        older=last if (more or backwards) else None,
    )


def actions() -> list[str]:
    """Everything that was ever done, once each."""
    with connection.cursor() as cursor:
        cursor.execute(ACTIONS)
        return [action for (action,) in cursor.fetchall()]


def _first_since(moment: datetime) -> int:
    """The number of the first entry at or after a moment; one beyond the last when there is none."""
    first = Entry.objects.filter(at__gte=moment).order_by("at").values_list("id", flat=True).first()
    last = Entry.objects.order_by("-id").values_list("id", flat=True).first()
    return first if first is not None else (last or 0) + 1
