"""The database's roles: the owner migrates, the application does the rest and gets exactly what it may do.

Privileges are the lock on what may only ever be added to: a trigger can be switched off, a privilege that was never
given cannot be used. Here lives which tables those are and how the rights are given; making the roles themselves is
`bodycams/embedded`'s work, or in production the database administrator's (docs/database.md).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

APPEND_ONLY: tuple[str, ...] = ("journal_entry",)
"""Tables in which the application's role may insert and read, and nothing else."""


@contextmanager
def as_owner(alias: str = "default") -> Iterator[BaseDatabaseWrapper]:
    """The connection `alias`, logged in as the owner's role for as long as the block lasts."""
    connection = connections[alias]
    application = {key: connection.settings_dict[key] for key in ("USER", "PASSWORD")}
    connection.close()
    connection.settings_dict.update({key: settings.MIGRATE_DATABASE[key] for key in application})
    try:
        yield connection
    finally:
        connection.close()
        connection.settings_dict.update(application)


def grant(owner: BaseDatabaseWrapper, application: str) -> None:
    """Give the role `application` its rights on every table; asked again it changes nothing.

    Ends each migration. Not done in `post_migrate`, which `flush` sends as the application's role.
    """
    if owner.settings_dict["USER"] == application:
        return  # one role for all: only a demonstration may do so (bodycams/checks.py)
    quote = owner.ops.quote_name
    role = quote(application)
    existing = set(owner.introspection.table_names())
    with owner.cursor() as cursor:
        cursor.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")
        cursor.execute(f"REVOKE ALL ON django_migrations FROM {role}")
        cursor.execute(f"GRANT SELECT ON django_migrations TO {role}")
        for table in existing.intersection(APPEND_ONLY):
            cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON {quote(table)} FROM {role}")
