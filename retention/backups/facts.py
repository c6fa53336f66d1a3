"""What is true of a database at one moment: how many rows its tables have, which migrations, where the journal ends,
and whether its chain is whole. Asked of the register and again of its copy, the answers must be the same.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from journal import anchors, seals
from journal.export import lines
from script.verify_journal import Checker, Wrong, read_anchors

LEFT_OUT = ("retention_caughtup", "django_session", "axes_accessattempt", "axes_accessattemptexpiration")
LEFT_OUT_TOO = ("axes_accessfailurelog", "axes_accesslog")
"""Tables whose rows are in no backup: the mark that the database knows of every destruction, sessions with what people
were typing, and failed log-ins.
"""

STATE = """
SELECT (SELECT id::text FROM retention_register), clock_timestamp()::text, current_setting('server_version'),
       pg_database_size(current_database()), (SELECT max(id) FROM journal_entry)
"""


def left_out() -> list[str]:
    """Of those that this version has."""
    return sorted({*LEFT_OUT, *LEFT_OUT_TOO}.intersection(connection.introspection.table_names()))


def facts() -> dict[str, Any]:
    """As the open transaction sees them."""
    with connection.cursor() as cursor:
        cursor.execute(STATE)
        register, at, version, size, entry = cursor.fetchone()
    last = seals.newest()
    return {
        "register": register,
        "at": at,
        "postgresql": version,
        "database_bytes": size,
        "tables": counts(),
        "migrations": sorted(".".join(one) for one in MigrationRecorder(connection).applied_migrations()),
        "journal": {"last_entry": entry, "anchor": anchors.anchor_of(last) if last else ""},
    }


def counts() -> dict[str, int]:
    """The rows of every table of which a backup holds them."""
    names = [name for name in sorted(connection.introspection.table_names()) if name not in left_out()]
    quote = connection.ops.quote_name
    each = [f"SELECT '{name}', count(*) FROM {quote(name)}" for name in names]  # noqa: S608  # names of tables
    if not each:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each))
        return dict(cursor.fetchall())


def differences(said: dict[str, Any], tables: dict[str, int]) -> list[str]:
    """What is otherwise in a copy than was written down of the register, in sentences."""
    return [
        f"Tabel {name} heeft {tables.get(name, 0)} rijen in plaats van {said['tables'].get(name, 0)}."
        for name in sorted({*said["tables"], *tables})
        if tables.get(name, 0) != said["tables"].get(name, 0)
    ]


def broken_chain(kept: Iterable[str]) -> str:
    """What is wrong with the journal, held against these anchors; empty when it is as it was sealed."""
    try:
        Checker(read_anchors(kept)).check(lines())
    except Wrong as wrong:
        return str(wrong)
    return ""
