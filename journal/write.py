"""The one door into the journal. Whoever records gives the sentence that people will read; the journal knows no other
app.
"""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

from django.db import connection, models

from journal.models import Entry, Result
from journal.origin import history, origin


class Actor(Protocol):
    """Who did it: anyone with a number."""

    number: str


def record(
    action: str,
    sentence: str,
    *,
    actor: Actor | None = None,
    role: str = "",
    unit: str = "",
    about: models.Model | None = None,
    result: Result = Result.TAKEN,
    reason: str = "",
    data: dict[str, Any] | None = None,
) -> Entry:
    """Add one entry, in the transaction that is open, and return it.

    `sentence` is shown as it stands; `role` and `unit` are those in which the actor acted at this moment. `data` is
    JSON and holds no content of recordings, nothing of filmed persons and no secrets.
    """
    return Entry.objects.create(
        actor=actor.number if actor else "",
        role=role,
        unit=unit,
        action=action,
        object_type=about._meta.label_lower if about is not None else "",
        object_id=str(about.pk) if about is not None else "",
        result=result,
        reason=reason,
        origin=origin.get(),
        data={**(data or {}), **history.get(), "sentence": sentence},
    )


class Told(NamedTuple):
    """What an entry tells of one of many things: its id, its unit, and what is true of it alone."""

    pk: int
    unit: str
    data: dict[str, Any]


EACH = """
INSERT INTO journal_entry (actor, role, unit, action, object_type, object_id, result, reason, origin, data)
SELECT %(actor)s, %(role)s, one.unit, %(action)s, %(type)s, one.pk, %(result)s, %(reason)s, %(origin)s,
    one.data || %(same)s::jsonb
FROM ({told}) AS one
"""
GIVEN = "SELECT * FROM unnest(%(pks)s::text[], %(units)s::text[], %(data)s::jsonb[]) AS given(pk, unit, data)"


def record_each(
    action: str,
    sentence: str,
    told: Sequence[Told],
    *,
    about: type[models.Model],
    actor: Actor,
    role: str,
    result: Result = Result.TAKEN,
    reason: str = "",
) -> None:
    """As `record`, an entry for each of many things that one statement did something with."""
    given = {
        "pks": [str(one.pk) for one in told],
        "units": [one.unit for one in told],
        "data": [json.dumps(one.data) for one in told],
    }
    who: dict[str, Any] = {"actor": actor, "role": role, "result": result, "reason": reason}
    record_found(action, sentence, GIVEN, given, about=about, **who)


def record_found(
    action: str,
    sentence: str,
    told: str,
    given: dict[str, Any],
    *,
    about: type[models.Model],
    actor: Actor,
    role: str,
    result: Result = Result.TAKEN,
    reason: str = "",
) -> None:
    """As `record_each`, of what a query finds. `told` is its SQL: columns `pk` (text), `unit` and `data` (jsonb), with
    `given` as its parameters; none of those is called as an argument here.
    """
    same = {
        "actor": actor.number,
        "role": role,
        "action": action,
        "type": about._meta.label_lower,
        "result": result,
        "reason": reason,
        "origin": origin.get(),
        "same": json.dumps({**history.get(), "sentence": sentence}),
    }
    with connection.cursor() as cursor:
        cursor.execute(EACH.format(told=told), {**given, **same})
