"""Other databases of the same server, as the owner: one that is tried, one that is put back beside the one that serves.
Every block here is one within `as_owner`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection

from retention.ledger import KEPT_FOR
from workflow.clock import local_date

ANY = "postgres"
"""The database that every server has, from which others are made and renamed."""
CHECK, COMING, BEFORE = "_check", "_coming", "_before_restore"
"""What is put behind the name of the database that serves: one that is tried and thrown away, one that is being put
back, and, with the moment behind it, what served until something was.
"""

OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
MAY_CREATE = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
EXISTS = "SELECT EXISTS (SELECT FROM pg_database WHERE datname = %s)"
KEPT = r"""
SELECT array_agg(datname::text ORDER BY datname) FROM pg_database
WHERE starts_with(datname, %s) AND right(datname, 20) ~ '^_\d{8}_\d{6}_\d{3}$'
"""
MOMENT = "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYYMMDD_HH24MISS_MS')"
TABLES = "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"


def present() -> str:
    """The name of the database that serves, or of that of the block."""
    return str(connection.settings_dict["NAME"])


@contextmanager
def in_database(name: str) -> Iterator[None]:
    """The connection, in another database for as long as the block lasts."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def may_create() -> bool:
    return bool(_asked(MAY_CREATE))


def exists(name: str) -> bool:
    with in_database(ANY):
        return bool(_asked(EXISTS, name))


def others_in(name: str) -> int:
    """How many others are connected to it."""
    with in_database(ANY):
        return int(_asked(OTHERS, name))


def is_empty() -> bool:
    return not _asked(TABLES)


def make(name: str) -> None:
    """An empty one, in the place of what an earlier try left."""
    drop(name)
    with in_database(ANY):
        _do(f"CREATE DATABASE {_quoted(name)} ENCODING 'UTF8' TEMPLATE template0")


def drop(name: str) -> None:
    """Also while what an earlier try left is still at work in it."""
    with in_database(ANY):
        _do(f"DROP DATABASE IF EXISTS {_quoted(name)} WITH (FORCE)")


def take_the_place(of: str, by: str) -> str:
    """One becomes the other, both at once or neither. Answers under which name the other is kept: one of its own, since
    it may be the only one that knows what people did. They throw it away, or after `keep_until` the next backup.
    """
    with in_database(ANY):
        keep_as = f"{of}{BEFORE}_{_asked(MOMENT)}"
        renames = ((of, keep_as), (by, of))
        _do("; ".join(f"ALTER DATABASE {_quoted(old)} RENAME TO {_quoted(new)}" for old, new in renames))
    return keep_as


def kept() -> list[str]:
    """Those that served before something was put back, the oldest first; also for who may do nothing with them."""
    return list(_asked(KEPT, present() + BEFORE) or ())


def keep_until(name: str) -> date:
    """The last day on which one of those may be there."""
    made = datetime.strptime(name[-19:], "%Y%m%d_%H%M%S_%f").replace(tzinfo=UTC)
    return local_date(made) + KEPT_FOR


def _do(statement: str) -> None:
    """Several in one string are one transaction."""
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _asked(question: str, *given: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question, given)
        return cursor.fetchone()[0]


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
