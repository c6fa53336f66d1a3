"""What guards look at: the owner's tables, whatever tables the application makes for itself; and what others committed
a moment ago, else they refuse. Each beside its twin that shows what would pass.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2
import psycopg2.errors
import pytest
from django.db import connection

from bodycams.roles import as_owner
from organisation.tests.factories import person
from retention.clock import now
from retention.models import Recording, Run
from retention.tests.engine import hold
from retention.tests.factories import recording
from retention.tests.refusal import Refusal
from retention.tests.test_guards_of_sets import BURY, PASS, do, plan

WRITING = [
    "UPDATE retention_recording SET status = 'verwijderd' WHERE false",
    "UPDATE retention_destruction SET attempts = 1 WHERE false",
    "DELETE FROM retention_destruction WHERE false",
    "DELETE FROM retention_run WHERE false",
    "INSERT INTO retention_proof (run_id) SELECT 1 WHERE false",
    "INSERT INTO retention_judgement (step) SELECT '' WHERE false",
    "INSERT INTO retention_hold (reason) SELECT '' WHERE false",
    "INSERT INTO retention_holdextension (hold_id) SELECT 1 WHERE false",
    "INSERT INTO retention_holdrelease (hold_id) SELECT 1 WHERE false",
]
DONE = "UPDATE retention_destruction SET done_at = retention_now()"
LOOSEN = "ALTER FUNCTION {}({}) RESET search_path"
GUARDS = {"retention_guard_passing": "bigint[]", "retention_guard_intents": "", "retention_guard_tombstones": ""}


@contextmanager
def told_lies(table: str, columns: str = "*") -> Iterator[None]:
    """The application has a table of its own under the owner's name, empty, until the block ends."""
    do(f"CREATE TEMPORARY TABLE {table} AS SELECT {columns} FROM public.{table} WHERE false")
    try:
        yield
    finally:
        do(f"DROP TABLE pg_temp.{table}")


@pytest.fixture
def loose() -> Iterator[None]:
    """The guards as they would be without what `roles.grant` does."""
    with as_owner() as owner, owner.cursor() as cursor:
        for name, given in GUARDS.items():
            cursor.execute(LOOSEN.format(name, given))
    yield
    with as_owner() as owner, owner.cursor() as cursor:
        for name, given in GUARDS.items():
            cursor.execute(f"ALTER FUNCTION {name}({given}) SET search_path = pg_catalog, public, pg_temp")


def held() -> Recording:
    found = recording(days_ago=27)
    hold(found, person())
    return found


@pytest.mark.django_db
def test_no_table_of_the_applications_own_hides_a_hold_or_a_term() -> None:
    run, bad, young = Run.objects.create(began_at=now()), held(), recording(days_ago=20)
    plan(run, [bad.pk, young.pk])
    with told_lies("retention_hold"), Refusal("what is held"):
        do(PASS, [bad.pk])
    with told_lies("retention_recording"), Refusal("its time has not come"):
        do(PASS, [young.pk])
    with told_lies("retention_proof"), Refusal("destroyed only with a proof"):
        do("UPDATE public.retention_recording SET status = 'vernietigd', wearer = '' WHERE id = %s", young.pk)


@pytest.mark.django_db(transaction=True)
def test_such_a_table_would_hide_it_from_a_guard_that_looks_anywhere(loose: None) -> None:
    run, bad = Run.objects.create(began_at=now()), held()
    plan(run, [bad.pk])
    with told_lies("retention_hold"):
        do(PASS, [bad.pk])


@pytest.mark.django_db
def test_every_guard_looks_in_the_owners_tables_first() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.proname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE NOT t.tgisinternal AND p.pronamespace = 'public'::regnamespace"
            " AND NOT COALESCE(p.proconfig::text ~ 'search_path=(pg_catalog|public, pg_temp)', false)"
        )
        assert cursor.fetchall() == []


@contextmanager
def transaction_of(level: str) -> Iterator[Any]:
    """A transaction of its own at this level, as the application; it leaves nothing."""
    given = connection.get_connection_params()
    other = psycopg2.connect(**{key: given[key] for key in ("dbname", "user", "password", "host", "port")})
    other.set_session(isolation_level=level)
    try:
        yield other.cursor()
    finally:
        other.rollback()
        other.close()


@pytest.mark.django_db
@pytest.mark.parametrize("statement", WRITING)
@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_nothing_guarded_is_written_where_others_are_not_seen(level: str, statement: str) -> None:
    with transaction_of(level) as cursor, pytest.raises(psycopg2.errors.CheckViolation, match="READ COMMITTED only"):
        cursor.execute(statement)
    with transaction_of("READ COMMITTED") as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_an_intent_is_done_with_a_proof_only() -> None:
    run, unproven = Run.objects.create(began_at=now()), recording(days_ago=27)
    plan(run, [unproven.pk], "retention_now()")
    with Refusal("done with a proof"):
        do(DONE)
    do(
        "INSERT INTO retention_proof (recording_id, run_id, sha256, ground, how, destroyed_at)"
        " VALUES (%s, %s, '-', 'termijn_verstreken', 'verwijderd', retention_now())",
        unproven.pk,
        run.pk,
    )
    do(BURY, [unproven.pk])
    do(DONE)
