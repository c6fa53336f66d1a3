"""The one door into the journal. Whoever records gives the sentence that people will read; the journal knows no other
app.
"""

from typing import Any, Protocol

from django.db import models

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
