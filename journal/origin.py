"""Where an entry comes from: the id of the request or task that is being handled, or the history of a demonstration.
Set by the doors, read by `write.record`.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from types import MappingProxyType
from typing import Any

DEMONSTRATION = "demonstratie"
"""The origin of entries that tell the history of demonstration data."""

NOTHING: Mapping[str, Any] = MappingProxyType({})

origin: ContextVar[str] = ContextVar("origin", default="")
history: ContextVar[Mapping[str, Any]] = ContextVar("history", default=NOTHING)
"""What is added to the data of each entry while a history is told; empty in real life."""


@contextmanager
def telling(happened_at: datetime, **more: Any) -> Iterator[None]:
    """Entries written in this block tell of `happened_at`, in the history of demonstration data. They bear the moment
    of writing all the same. `more` is JSON.
    """
    come_from = origin.set(DEMONSTRATION)
    told = history.set({**more, "happened_at": happened_at.isoformat()})
    try:
        yield
    finally:
        history.reset(told)
        origin.reset(come_from)


def moment_told() -> datetime | None:
    """The moment in the past that is being told of, or None in real life."""
    happened_at = history.get().get("happened_at")
    return datetime.fromisoformat(happened_at) if happened_at else None
