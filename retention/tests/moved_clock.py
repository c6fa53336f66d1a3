"""A clock that a test moves. The tests' owner puts other functions in the place of `retention_now()` and of what dates
the journal: they read a setting of the session, which the database's own do not. The application cannot do that, and
asks them as ever. The worker's own clock goes along.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

NOW = """
CREATE OR REPLACE FUNCTION retention_now() RETURNS timestamptz LANGUAGE sql STABLE AS
$$ SELECT COALESCE(NULLIF(current_setting('tests.now', true), '')::timestamptz, clock_timestamp()) $$
"""
DATED = """
CREATE OR REPLACE FUNCTION date_journal_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.tx := pg_current_xact_id();
    NEW.at := retention_now();
    RETURN NEW;
END $$
"""


class MovedClock:
    """What time it is: for the database, for the journal and for the worker."""

    at = datetime(2015, 1, 1, tzinfo=UTC)

    def __init__(self, put: Callable[[str, str], None]) -> None:
        put("retention_now", NOW)
        put("date_journal_entry", DATED)

    def to(self, moment: datetime) -> None:
        from django.db import connection

        self.at = moment.astimezone(UTC)
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('tests.now', %s, false)", [self.at.isoformat()])

    def later(self, by: timedelta) -> None:
        from retention.clock import now

        self.to(now() + by)


@pytest.fixture
def clock(functions: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch) -> MovedClock:
    moved = MovedClock(functions)
    monkeypatch.setattr("retention.destroying.valve.worker_clock", lambda: moved.at)
    return moved
