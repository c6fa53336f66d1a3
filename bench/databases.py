"""The databases that are measured on: each with so many rows, made once and kept for the next time.

The rows come in through `load_test_data`. A database with more than `THROUGH_THE_GUARDS` is filled up by the owner with
copies of `ORIGINALS`, past the guards, and gets its indexes when all are there: a list looks at nothing but the rows
themselves. The bare project gets the same rows in a schema of its own.
"""

import hashlib
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg2

ROOT = Path(__file__).resolve().parent.parent
THROUGH_THE_GUARDS, ORIGINALS = 100_000, 10_000
MADE_BY = ("initiatives/migrations", "organisation/migrations", "initiatives/bulk", "bench/bare", "bench/databases.py")
"""Whatever changes here makes the databases anew."""

HINDERS = """
SELECT 'DROP INDEX ' || indexrelid::regclass, pg_get_indexdef(indexrelid)
FROM pg_index WHERE indrelid = '{table}'::regclass AND NOT indisunique
UNION ALL
SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
       format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
FROM pg_constraint WHERE conrelid = '{table}'::regclass AND contype = 'f'
"""
"""What would be looked after row by row: how it goes away, and how it comes back."""
ROOM = "SET maintenance_work_mem = '512MB'"
COPIES = """
ALTER TABLE initiatives_initiative DISABLE TRIGGER USER;
INSERT INTO initiatives_initiative ({columns}) OVERRIDING SYSTEM VALUE
SELECT {values} FROM initiatives_initiative CROSS JOIN generate_series(1, {copies}) AS copy WHERE number IS NOT NULL;
ALTER TABLE initiatives_initiative ENABLE TRIGGER USER;
ALTER TABLE initiatives_numbercounter DISABLE TRIGGER USER;
UPDATE initiatives_numbercounter SET last = last * ({copies} + 1);
ALTER TABLE initiatives_numbercounter ENABLE TRIGGER USER;
"""
CHANGED = {
    "id": "copy * 10000000 + id",
    "number": "left(number, 8) || copy * 1000000 + substr(number, 9)::int",
    "submitted_at": "submitted_at + copy * interval '17 seconds'",
}
"""What tells a copy from its original."""

BARE = """
INSERT INTO bare.bare_unit (id, name) SELECT id, name FROM organisation_unit;
INSERT INTO bare.bare_row ({columns}, state)
SELECT {columns}, status FROM initiatives_initiative WHERE number IS NOT NULL;
INSERT INTO bare.bare_term (row_id, kind, last_day, met_on)
SELECT initiative_id, kind, last_day, met_on FROM initiatives_fileterm;
INSERT INTO bare.bare_decision (row_id, permission, granted, refused, reasons, decided_at)
SELECT initiative_id, permission, granted, refused, reasons, decided_at FROM initiatives_decision;
INSERT INTO bare.bare_audit (row_id, at, person, action)
SELECT r.id, at, actor, action FROM journal_entry JOIN bare.bare_row r ON object_id = r.id::text
WHERE object_type = 'initiatives.initiative';
SELECT setval(pg_get_serial_sequence('bare.bare_audit', 'id'), max(id)) FROM bare.bare_audit;
"""


@dataclass(frozen=True)
class Database:
    """One database of the benchmark's cluster."""

    name: str

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a process that uses it."""
        return {**os.environ, **{name: self._at(name) for name in ("DATABASE_URL", "MIGRATE_DATABASE_URL")}}

    def _at(self, variable: str) -> str:
        return urlunsplit(urlsplit(os.environ[variable])._replace(path=f"/{self.name}"))

    def run(self, *statements: str) -> list[Any]:
        """Run statements as the owner; answers with the rows of the last one."""
        with psycopg2.connect(self._at("MIGRATE_DATABASE_URL")) as connection, connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            found: list[Any] = cursor.fetchall() if cursor.description else []
        connection.close()
        return found

    def alone(self, *statements: str) -> None:
        """Run statements that cannot stand in a transaction, as the owner."""
        connection = psycopg2.connect(self._at("MIGRATE_DATABASE_URL"))
        connection.autocommit = True
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
        connection.close()

    def manage(self, *arguments: str) -> None:
        """Django's command line, for this database."""
        python(self, [str(ROOT / "manage.py"), *arguments])


POSTGRES = Database("postgres")


def python(database: Database, arguments: list[str], **environment: str) -> str:
    """Run Python with these arguments and answer with what it says; a failure ends the benchmark."""
    command, variables = [sys.executable, *arguments], {**database.environment, **environment}
    return subprocess.run(command, env=variables, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


def with_rows(rows: int) -> Database:
    """The database with so many initiatives, made when it is not there or no longer the same."""
    database = Database(f"bench_{rows}")
    made_by = fingerprint()
    existing = dict(
        POSTGRES.run("SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database WHERE NOT datistemplate")
    )
    if existing.get(database.name) != made_by:
        print(f"De database met {rows} initiatieven wordt gemaakt.", file=sys.stderr, flush=True)
        POSTGRES.alone(f"DROP DATABASE IF EXISTS {database.name} WITH (FORCE)", f"CREATE DATABASE {database.name}")
        fill(database, rows)
        POSTGRES.alone(f"COMMENT ON DATABASE {database.name} IS '{made_by}'")
    return database


def a_copy_of(original: Database) -> Database:
    """A database with the same rows, for what changes them."""
    database = Database(f"{original.name}_copy")
    POSTGRES.alone(
        f"DROP DATABASE IF EXISTS {database.name} WITH (FORCE)",
        f"CREATE DATABASE {database.name} TEMPLATE {original.name} STRATEGY file_copy",
    )
    return database


def fill(database: Database, rows: int) -> None:
    database.manage("migrate", "--verbosity=0")
    database.manage("load_test_data", f"--initiatives={ORIGINALS if rows > THROUGH_THE_GUARDS else rows}")
    if rows > THROUGH_THE_GUARDS:
        copy(database, rows // ORIGINALS - 1)
    else:
        fill_bare(database)
    database.alone("VACUUM (ANALYZE) initiatives_initiative", "ANALYZE")


def fill_bare(database: Database) -> None:
    """Give the bare project what was filed."""
    database.run("CREATE SCHEMA bare")
    python(database, ["-m", "django", "migrate", "--run-syncdb", "--verbosity=0"], **BARE_SETTINGS)
    ours, bare = columns_of(database, "public", "initiatives_initiative"), columns_of(database, "bare", "bare_row")
    database.run(BARE.format(columns=", ".join(sorted({*ours} & {*bare}))))


def copy(database: Database, copies: int) -> None:
    """Put so many copies beside what was filed."""
    names = columns_of(database, "public", "initiatives_initiative")
    values = ", ".join(CHANGED.get(name, name) for name in names)
    copied = COPIES.format(columns=", ".join(names), values=values, copies=copies)
    hinders = database.run(HINDERS.format(table="initiatives_initiative"))
    database.run(ROOM, *(away for away, _ in hinders), copied, *(back for _, back in hinders))


BARE_SETTINGS = {"DJANGO_SETTINGS_MODULE": "bench.bare.settings"}


def columns_of(database: Database, schema: str, table: str) -> list[str]:
    """The columns that can be filled."""
    asked = (
        "SELECT column_name FROM information_schema.columns WHERE is_generated = 'NEVER' "
        f"AND table_schema = '{schema}' AND table_name = '{table}' ORDER BY ordinal_position"
    )
    return [name for (name,) in database.run(asked)]


def fingerprint(*also: str) -> str:
    """What the databases are made by, as a hash; `also`: files and folders that matter beside `MADE_BY`."""
    hashed = hashlib.sha256()
    for place in (*MADE_BY, *also):
        path = ROOT / place
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            hashed.update(file.read_bytes())
    return hashed.hexdigest()
