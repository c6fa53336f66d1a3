"""An entry as texts: what is hashed, exported and checked is what PostgreSQL writes for each column, and nothing else.

A moment is written in UTC, whatever the session's settings, and `data` as `jsonb` prints itself: two that differ are
never written alike.
"""

FIELDS = (
    "id", "tx", "at", "actor", "role", "unit", "action", "object_type", "object_id", "result", "reason", "origin",
    "data",
)  # fmt: skip
"""In this order, after the place in the chain."""

AS_TEXTS = """
e.id::text, e.tx::text, to_jsonb(e.at AT TIME ZONE 'UTC') #>> '{}' || 'Z', e.actor, e.role, e.unit, e.action,
e.object_type, e.object_id, e.result, e.reason, e.origin, e.data::text
"""
"""The columns of `journal_entry e` in that order."""
