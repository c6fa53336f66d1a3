"""Initiatives that are like another one, to stand beside its assessment: the procedure is there to harmonise (S0-13).

Alike is: nearly the same vendor and model, the same words in Dutch, the same kinds. Candidates are found by two
indexes, and no more of them are weighed than `WEIGHED` each, so that the answer takes no longer as the register grows.
"""

from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from initiatives.choices import Kind
from initiatives.models import Initiative
from initiatives.procedure import Status
from initiatives.words import kinds_in_words

SHOWN = 6
WEIGHED = 300

FIND = """
WITH words AS MATERIALIZED (
    SELECT replace(plainto_tsquery('nederlands', %(words)s)::text, '&', '|')::tsquery AS asked
), found AS (
    (SELECT i.id FROM initiatives_initiative i, words
     WHERE i.number IS NOT NULL AND i.id <> %(pk)s AND i.search @@ words.asked
     ORDER BY i.submitted_at DESC LIMIT %(weighed)s)
    UNION
    (SELECT i.id FROM initiatives_initiative i
     WHERE i.number IS NOT NULL AND i.id <> %(pk)s AND %(camera)s <> ''
        AND (i.vendor || ' ' || i.model_name) %% %(camera)s
     ORDER BY i.submitted_at DESC LIMIT %(weighed)s)
), weighed AS (
    SELECT i.*, ts_rank(i.search, words.asked, 1) AS by_words,
        CASE WHEN %(vendor)s = '' THEN 0 ELSE similarity(i.vendor, %(vendor)s) END AS by_vendor,
        CASE WHEN %(model)s = '' THEN 0 ELSE similarity(i.model_name, %(model)s) END AS by_model,
        i.kinds && %(kinds)s::varchar[] AS by_kind
    FROM found JOIN initiatives_initiative i USING (id), words
)
SELECT w.id, w.number, w.title, u.name, w.kinds, w.status, w.vendor, w.model_name, w.submitted_at,
    by_words > 0.05, by_vendor > 0.5, by_model > 0.5, by_kind
FROM weighed w JOIN organisation_unit u ON u.id = w.unit_id
ORDER BY 3 * by_words + by_vendor + by_model + CASE WHEN by_kind THEN 0.5 ELSE 0 END DESC, w.submitted_at DESC, id DESC
LIMIT %(shown)s
"""


class Similar(NamedTuple):
    """One of those that are alike; `why` says in words in what."""

    id: int
    number: str
    title: str
    unit: str
    kinds: str
    status: str
    camera: str
    submitted_at: datetime
    why: str


def similar_to(initiative: Initiative) -> list[Similar]:
    """The filed initiatives that are most like this one, the nearest first. One query."""
    camera = f"{initiative.vendor} {initiative.model_name}".strip()
    asked: dict[str, Any] = {
        "pk": initiative.pk,
        "words": f"{initiative.title} {initiative.teams}",
        "camera": camera,
        "vendor": initiative.vendor,
        "model": initiative.model_name,
        "kinds": list(initiative.kinds),
        "weighed": WEIGHED,
        "shown": SHOWN,
    }
    with connection.cursor() as cursor:
        cursor.execute(FIND, asked)
        return [_similar(*row) for row in cursor.fetchall()]


def _similar(
    pk: int,
    number: str,
    title: str,
    unit: str,
    kinds: list[str],
    status: str,
    vendor: str,
    model: str,
    submitted_at: datetime,
    *alike: bool,
) -> Similar:
    words = ("zelfde woorden", "zelfde leverancier", "zelfde model", "zelfde soort")
    why = ", ".join(word for word, is_so in zip(words, alike, strict=True) if is_so)
    camera = f"{vendor} {model}".strip()
    label = Status(status).label
    return Similar(pk, number, title, unit, kinds_in_words(map(Kind, kinds)), label, camera, submitted_at, why)
