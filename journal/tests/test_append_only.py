"""The application's role can add to the journal and read it, and nothing it says changes that.

Each forbidden statement is refused for want of a privilege, not by a trigger that could be switched off. The twin lets
the owner's role do the same, so that it is the role that makes the difference and not a mistake in the statement.
"""

from typing import Any

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection

from journal.models import Entry
from journal.write import record

pytestmark = pytest.mark.django_db

INSUFFICIENT_PRIVILEGE = "42501"
COLUMNS = "actor, role, unit, action, object_type, object_id, result, reason, origin, data"
VALUES = "'', '', '', 'a', '', '', 'genomen', '', '', '{}'"
ADD = f"INSERT INTO journal_entry ({COLUMNS}) VALUES ({VALUES})"

THE_OWNER_CAN = [
    "UPDATE journal_entry SET reason = 'anders'",
    "UPDATE ONLY journal_entry SET at = '2015-02-19' WHERE false",
    "DELETE FROM journal_entry",
    "WITH gone AS (DELETE FROM journal_entry RETURNING *) SELECT count(*) FROM gone",
    "TRUNCATE journal_entry",
    "TRUNCATE journal_entry RESTART IDENTITY CASCADE",
    "MERGE INTO journal_entry USING (SELECT 1) x ON true WHEN MATCHED THEN DELETE",
    "MERGE INTO journal_entry USING (SELECT 1) x ON true WHEN MATCHED THEN UPDATE SET reason = ''",
    f"{ADD} ON CONFLICT (id) DO UPDATE SET reason = ''",
    f"INSERT INTO journal_entry (id, {COLUMNS}) VALUES (-1, {VALUES})",
    "SELECT * FROM journal_entry FOR UPDATE",
    "LOCK TABLE journal_entry IN ACCESS EXCLUSIVE MODE",
    "SELECT setval('journal_entry_id_seq', 1)",
    "ALTER SEQUENCE journal_entry_id_seq RESTART",
    "ALTER TABLE journal_entry DISABLE TRIGGER USER",
    "DROP TRIGGER entry_is_dated_by_the_database ON journal_entry",
    "CREATE OR REPLACE FUNCTION date_journal_entry() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    "CREATE TRIGGER lost BEFORE INSERT ON journal_entry EXECUTE FUNCTION date_journal_entry()",
    "CREATE RULE lost AS ON INSERT TO journal_entry DO INSTEAD NOTHING",
    "ALTER TABLE journal_entry ALTER COLUMN at SET DEFAULT '2015-02-19'",
    "ALTER TABLE journal_entry ADD CONSTRAINT no_more CHECK (false) NOT VALID",
    "ALTER TABLE journal_entry ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE journal_entry RENAME TO journal_old",
    "CREATE TABLE journal_copy AS SELECT * FROM journal_entry",
    "CREATE TABLE hook (entry bigint REFERENCES journal_entry ON DELETE CASCADE ON UPDATE CASCADE)",
    "CREATE VIEW journal_view AS SELECT 1",
    "CREATE FUNCTION helper() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE SCHEMA own",
    "COMMENT ON TABLE journal_entry IS ''",
    "DROP TABLE journal_entry CASCADE",
]
NOT_EVEN_THE_OWNER = [
    "SET session_replication_role = replica",
    "ALTER TABLE journal_entry DISABLE TRIGGER ALL",
    "SET ROLE bodycams_cluster",
    "SET SESSION AUTHORIZATION bodycams_cluster",
    "ALTER ROLE CURRENT_USER SUPERUSER",
    "UPDATE pg_class SET relowner = 10 WHERE relname = 'journal_entry'",
    "COPY journal_entry TO PROGRAM 'cat'",
    "CREATE EVENT TRIGGER lost ON ddl_command_start EXECUTE FUNCTION date_journal_entry()",
]


def refusal_of(statement: str) -> str:
    """The code with which PostgreSQL refuses the statement of the application's role."""
    with pytest.raises(ProgrammingError) as refused, connection.cursor() as cursor:
        cursor.execute(statement)
    return str(getattr(refused.value.__cause__, "pgcode", ""))


def owners_role() -> str:
    return str(settings.MIGRATE_DATABASE["USER"])


@pytest.mark.parametrize("statement", [*THE_OWNER_CAN, *NOT_EVEN_THE_OWNER])
def test_application_is_refused(statement: str) -> None:
    record("aangemeld", "De contactpersoon heeft het initiatief aangemeld.")
    assert refusal_of(statement) == INSUFFICIENT_PRIVILEGE


@pytest.mark.parametrize("statement", THE_OWNER_CAN)
def test_twin_owner_can_do_the_same(owner_cursor: Any, statement: str) -> None:
    owner_cursor.execute(ADD)
    owner_cursor.execute(statement)


def test_application_cannot_become_the_owner() -> None:
    assert refusal_of(f'SET ROLE "{owners_role()}"') == INSUFFICIENT_PRIVILEGE


def test_application_holds_no_further_privilege_on_the_journal_nor_can_give_one() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT privilege FROM unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN',"
            " 'SELECT WITH GRANT OPTION', 'INSERT WITH GRANT OPTION']) privilege"
            " WHERE has_table_privilege('journal_entry', privilege)"
            " OR privilege !~ 'DELETE|TRUNCATE|TRIGGER|MAINTAIN'"
            " AND has_any_column_privilege('journal_entry', privilege)"
        )
        assert cursor.fetchall() == []
        cursor.execute("SELECT has_column_privilege('journal_entry', 'id', 'INSERT')")
        assert cursor.fetchone() == (False,)


@pytest.mark.parametrize("change", ["save", "delete"])
def test_saving_or_deleting_an_entry_is_refused_by_the_database(change: str) -> None:
    entry = record("aangemeld", "De contactpersoon heeft het initiatief aangemeld.")
    with pytest.raises(ProgrammingError, match="permission denied"):
        getattr(entry, change)()


def test_moment_and_transaction_cannot_be_made_up() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO journal_entry (tx, at, {COLUMNS}) VALUES ('1', '2015-02-19', {VALUES})"
            " RETURNING tx = pg_current_xact_id(), clock_timestamp() - at < interval '1 minute'"
        )
        assert cursor.fetchone() == (True, True)


def test_copying_a_row_in_gets_a_new_moment_too() -> None:
    old = record("aangemeld", "De contactpersoon heeft het initiatief aangemeld.")
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO journal_entry ({COLUMNS}) SELECT {COLUMNS} FROM journal_entry")
    first, second = Entry.objects.order_by("id")
    assert first.pk == old.pk
    assert second.at > first.at
