"""The database's roles: what the application may do on which table, exactly."""

from typing import Any

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, transaction

from bodycams.roles import APPEND_ONLY, COLUMNS_TO_FILL, READ_ONLY, as_owner, grant

pytestmark = pytest.mark.django_db

PRIVILEGES = """
SELECT table_name, string_agg(privilege_type, ' ' ORDER BY privilege_type)
FROM information_schema.role_table_grants
WHERE table_schema = 'public' AND grantee = current_user GROUP BY table_name
"""


def rows(statement: str, *given: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return list(cursor.fetchall())


def test_tests_run_as_the_application_and_not_as_the_owner() -> None:
    assert rows("SELECT current_user") == [(settings.APPLICATION_ROLE,)]
    assert settings.MIGRATE_DATABASE["USER"] != settings.APPLICATION_ROLE


def test_application_is_no_superuser_owns_nothing_and_is_member_of_nothing() -> None:
    assert rows(
        "SELECT rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls FROM pg_roles"
        " WHERE rolname = current_user"
    ) == [(False,) * 5]
    assert rows("SELECT count(*) FROM pg_class WHERE pg_get_userbyid(relowner) = current_user") == [(0,)]
    assert rows("SELECT count(*) FROM pg_auth_members WHERE pg_get_userbyid(member) = current_user") == [(0,)]


def test_each_table_has_exactly_the_privileges_that_it_should_have() -> None:
    expected = dict.fromkeys(connection.introspection.table_names(), "DELETE INSERT SELECT UPDATE")
    expected |= dict.fromkeys((*APPEND_ONLY, *READ_ONLY), "SELECT")
    assert dict(rows(PRIVILEGES)) == expected


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_append_only_table_may_be_filled_but_for_its_row_number(table: str) -> None:
    """One that has a name on the disk, or in an address that nobody can guess, brings its own."""
    assert table in ("initiatives_policyfile", "retention_viewing") or ("id",) not in rows(COLUMNS_TO_FILL, table)
    granted = rows(
        "SELECT column_name FROM information_schema.column_privileges WHERE table_name = %s"
        " AND privilege_type = 'INSERT' AND grantee = current_user",
        table,
    )
    assert sorted(granted) == sorted(rows(COLUMNS_TO_FILL, table))


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM django_migrations",
        "UPDATE auth_permission SET codename = 'alles'",
        "DELETE FROM auth_group_permissions",
        "CREATE TABLE own (id int)",
        "CREATE SCHEMA own",
    ],
)
def test_application_cannot_touch_what_migrations_fill_nor_make_anything(statement: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        rows(statement)


REFUSED_ON_EACH = (
    "UPDATE {table} SET {column} = {column}",
    "UPDATE ONLY {table} SET {column} = {column} WHERE false",
    "DELETE FROM {table}",
    "TRUNCATE {table} CASCADE",
    "MERGE INTO {table} USING (SELECT 1) x ON true WHEN MATCHED THEN DELETE",
    "SELECT 1 FROM {table} FOR UPDATE",
    "LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE",
    "ALTER TABLE {table} DISABLE TRIGGER USER",
    "ALTER TABLE {table} DISABLE TRIGGER ALL",
    "ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    "CREATE RULE lost AS ON INSERT TO {table} DO INSTEAD NOTHING",
    "DROP TABLE {table} CASCADE",
    "SET session_replication_role = replica",
)


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_what_was_added_is_never_changed_or_removed_by_the_application(table: str) -> None:
    """Refused for want of a privilege, so that no trigger that could be switched off stands between."""
    column = rows(COLUMNS_TO_FILL, table)[0][0]
    for statement in REFUSED_ON_EACH:
        with pytest.raises(ProgrammingError) as refused, transaction.atomic():
            rows(statement.format(table=table, column=column))
        assert getattr(refused.value.__cause__, "pgcode", "") == "42501", statement


@pytest.mark.django_db(transaction=True)
def test_granting_again_changes_nothing() -> None:
    privileges = (
        "SELECT relname, relacl::text, attname, attacl::text FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid"
        " WHERE relnamespace = 'public'::regnamespace ORDER BY relname, attname"
    )
    before = rows(privileges)
    with as_owner() as owner:
        grant(owner, settings.APPLICATION_ROLE)
    assert rows(privileges) == before
