"""The database's roles: the owner migrates, the application does the rest and gets exactly what it may do.

Privileges are the lock on what may only ever be added to: a trigger can be switched off, a privilege that was never
given cannot be used. Here lives which tables those are and how the rights are given; making the roles themselves is
`bodycams/embedded`'s work, or in production the database administrator's (docs/database.md).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

APPEND_ONLY: tuple[str, ...] = (
    "journal_check",
    "journal_entry",
    "journal_link",
    "journal_seal",
    "initiatives_adjournment",
    "initiatives_answer",
    "initiatives_assessment",
    "initiatives_decision",
    "initiatives_edition",
    "initiatives_editionpaper",
    "initiatives_editionrequest",
    "initiatives_editionschedule",
    "initiatives_editionverdict",
    "initiatives_letter",
    "initiatives_letterpaper",
    "initiatives_execution",
    "initiatives_necessity",
    "initiatives_objection",
    "initiatives_passedon",
    "initiatives_policydocument",
    "initiatives_policyfile",
    "initiatives_policyversion",
    "initiatives_postponement",
    "initiatives_question",
    "initiatives_reminder",
    "initiatives_submission",
    "initiatives_supportline",
    "initiatives_view",
    "organisation_apitoken",
    "organisation_apitokenrevocation",
    "organisation_policychange",
    "organisation_policyrule",
    "organisation_policyverdict",
    "organisation_unitending",
    "organisation_unitendingdone",
    "organisation_unitendingverdict",
    "retention_comparisonrelease",
    "retention_declaration",
    "retention_declarationpaper",
    "retention_disclosure",
    "retention_hold",
    "retention_holdextension",
    "retention_holdrelease",
    "retention_holdreview",
    "retention_judgement",
    "retention_privacyreminder",
    "retention_proof",
    "retention_runrelease",
    "retention_requestadjournment",
    "retention_requestdecision",
    "retention_requestletter",
    "retention_requestlink",
    "retention_requestobjection",
    "retention_requestobjectionresult",
    "retention_requestunlink",
    "retention_restriction",
    "retention_termrequest",
    "retention_termverdict",
    "retention_viewing",
)
"""Tables in which the application's role may insert and read, and nothing else; numbering rows is the database's."""

READ_ONLY: tuple[str, ...] = (
    "django_migrations",
    "django_content_type",
    "auth_permission",
    "auth_group",
    "auth_group_permissions",
    "retention_caughtup",
    "retention_register",
)
"""Tables that only the owner fills: what has been migrated, which permissions each national role has, which register
this is and that it knows of every destruction.
"""

READER, REPORTING = "bodycams_reader", "reporting"
"""The role of auditors' tools, where the cluster has it, and the schema with the views that are all it may read."""

LOOSE = """
SELECT p.oid::regprocedure FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
WHERE p.pronamespace = 'public'::regnamespace AND l.lanname = 'plpgsql' AND p.proconfig IS NULL
"""
FASTEN = "ALTER FUNCTION {} SET search_path = pg_catalog, public, pg_temp"
"""A temporary table comes before one of the same name for whoever made it, and any role may make one: a guard that
looks for holds would look in a table that the application has just made. So guards look in the owner's first.
"""

COLUMNS_TO_FILL = """
SELECT attname FROM pg_attribute
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attidentity = ''
ORDER BY attnum
"""


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
    """Give the role `application` its rights on every table, all at once, and have guards look at no other; asked again
    it changes nothing.

    Ends each migration. Not done in `post_migrate`, which `flush` sends as the application's role.
    """
    if owner.settings_dict["USER"] == application:
        return  # one role for all: only a demonstration may do so (bodycams/checks.py)
    quote = owner.ops.quote_name
    role = quote(application)
    existing = set(owner.introspection.table_names())
    with transaction.atomic(using=owner.alias), owner.cursor() as cursor:
        cursor.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")
        for table in sorted(existing.intersection(READ_ONLY)):
            cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON {quote(table)} FROM {role}")
        for table in sorted(existing.intersection(APPEND_ONLY)):
            cursor.execute(COLUMNS_TO_FILL, [table])
            columns = ", ".join(quote(column) for (column,) in cursor.fetchall())
            cursor.execute(f"REVOKE ALL ON {quote(table)} FROM {role}")
            cursor.execute(f"GRANT SELECT, INSERT ({columns}) ON {quote(table)} TO {role}")
        cursor.execute(LOOSE)
        for (function,) in cursor.fetchall():
            cursor.execute(FASTEN.format(function))
        cursor.execute("SELECT 1 FROM pg_roles, pg_namespace WHERE rolname = %s AND nspname = %s", [READER, REPORTING])
        if cursor.fetchone():
            cursor.execute(f"GRANT USAGE ON SCHEMA {REPORTING} TO {READER}")
            cursor.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA {REPORTING} TO {READER}")
