"""What every test stands on: a real PostgreSQL with the same roles as in production, and a real Valkey.

`script/test` starts both and sets `DATABASE_URL`, `MIGRATE_DATABASE_URL` and `REDIS_URL`. The owner migrates a
template, once for all processes of the suite and for every run of the same code; each process works in a copy of it, as
the application's role. A transactional test ends with a fresh copy instead of a flush, so that triggers, privileges and
reference data stay as they are.
"""

import hashlib
import os
import uuid
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.conf import settings
from django.db import connections
from django.template import RequestContext
from django.test import TransactionTestCase, client, override_settings
from hypothesis import settings as hypothesis_settings

from bodycams.roles import as_owner
from bodycams.tests.building import APPS, ROOT

pytest_plugins = ["bodycams.tests.browser", "retention.tests.moved_clock"]
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's driver has a loop in the thread of the test

hypothesis_settings.register_profile("house", deadline=None)  # a busy machine is not a slow function
hypothesis_settings.load_profile("house")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Modules that need a browser come first: they take longest, and a module stays in one process."""
    long = {item.path for item in items if "live_server" in getattr(item, "fixturenames", ())}
    items.sort(key=lambda item: item.path not in long)


def connect_as_owner(database: str) -> Any:
    """A connection of its own to `database`, as the owner's role."""
    owner = settings.MIGRATE_DATABASE
    return psycopg2.connect(
        host=owner["HOST"], port=owner["PORT"], user=owner["USER"], password=owner["PASSWORD"], dbname=database
    )


def run_as_owner(*statements: str) -> list[tuple[Any, ...]]:
    """Run statements that cannot stand in a transaction, in the database `postgres`, as the owner's role, and answer
    what the last one found.
    """
    connection = connect_as_owner("postgres")
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            return list(cursor.fetchall()) if cursor.description else []
    finally:
        connection.close()


AS_IF_LONG_IN_USE = """
SELECT setval(format('%I.%I', schemaname, sequencename), 20000 + coalesce(last_value, 0)) FROM pg_sequences
WHERE schemaname = 'public'
"""
"""Keys of five digits: what is written `20.001` somewhere, is found by whoever reads it back."""


@cache
def template() -> str:
    """The name of the database that every test database is a copy of. It names the code that it was made with."""
    made_with = hashlib.sha256()
    for path in (ROOT / "requirements.txt", *(path for app in APPS for path in sorted((ROOT / app).rglob("*.py")))):
        if "tests" not in path.parts:
            made_with.update(path.read_bytes())
    return f"template_{made_with.hexdigest()[:16]}"


def make_template() -> None:
    """Migrate a database, unless another process did so, or is doing so now: then wait for it."""
    lock = connect_as_owner("postgres")
    with lock.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('template'))")
        names = {name for (name,) in run_as_owner("SELECT datname FROM pg_database WHERE datname LIKE 'template\\_%'")}
        if template() not in names:
            with as_owner() as owner:
                owner.creation.create_test_db(verbosity=0, autoclobber=True)
                name = owner.settings_dict["NAME"]
                with owner.cursor() as cursor:
                    cursor.execute(AS_IF_LONG_IN_USE)
            old = (f"DROP DATABASE {name} WITH (FORCE)" for name in names)
            run_as_owner(*old, f"ALTER DATABASE {name} RENAME TO {template()}")
    lock.close()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: Any
) -> Iterator[None]:
    """One database for each process of the suite: `django_db_modify_db_settings` gives it a name of its own."""
    connection = connections["default"]
    name = connection.settings_dict["TEST"]["NAME"] or f"test_{connection.settings_dict['NAME']}"
    with django_db_blocker.unblock():
        make_template()
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
        make_fresh_copy()
    yield
    with django_db_blocker.unblock():
        connection.close()
        run_as_owner(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def make_fresh_copy() -> None:
    """Put a copy of the template in the place of the test database."""
    connection = connections["default"]
    name = connection.settings_dict["NAME"]
    connection.close()
    run_as_owner(
        f"DROP DATABASE IF EXISTS {name} WITH (FORCE)",
        f"CREATE DATABASE {name} TEMPLATE {template()} STRATEGY file_copy",
    )


@pytest.fixture(scope="session", autouse=True)
def _fresh_copy_instead_of_flush() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: make_fresh_copy())
        yield


@pytest.fixture(autouse=True)
def _no_anchors_of_another_test() -> None:
    """They tell of seals that are gone, by a fresh copy or by a rollback."""
    Path(settings.JOURNAL_ANCHORS).unlink(missing_ok=True)


@pytest.fixture(autouse=True)
def _no_destructions_of_another_test(
    request: pytest.FixtureRequest, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """They would tell of recordings that are not destroyed here. Made when something is; also of processes started.
    Where it matters, nothing is remembered of what was asked of another list.
    """
    from retention import ledger
    from retention.tests.older import ask_again

    address = f"{settings.DESTRUCTION_LEDGER}-{uuid.uuid4()}"
    settings.DESTRUCTION_LEDGER = address
    monkeypatch.setenv("DESTRUCTION_LEDGER", address)
    if request.node.get_closest_marker("listed"):
        ask_again()
        yield
        ask_again()
    else:
        monkeypatch.setattr(ledger, "newest_known", lambda but=(): None)
        yield


@pytest.fixture(scope="session")
def fresh_copy() -> Callable[[], None]:
    """For a module that fills the database once for all its tests, and empties it at its end."""
    return make_fresh_copy


@pytest.fixture(scope="session", autouse=True)
def _static_files_as_they_are() -> Iterator[None]:
    """Tests need no `collectstatic`; what it makes is tested in bodycams/tests/test_staticfiles.py."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    plain = {**settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(STORAGES=plain):
        yield


@pytest.fixture(scope="session", autouse=True)
def _only_the_page_is_kept() -> Iterator[None]:
    """Of each answer Django's client keeps a copy of what every part of the page was given, fields too: hundreds. Tests
    ask what the page itself was given.
    """
    keep = client.store_rendered_templates  # type: ignore[attr-defined]  # Django's own, unnamed

    def keep_once(store: dict[str, Any], *, context: Any, **rendered: Any) -> None:
        if "context" not in store and isinstance(context, RequestContext):
            keep(store, context=context, **rendered)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client, "store_rendered_templates", keep_once)
        yield


@pytest.fixture
def owner_cursor(db: None) -> Iterator[Any]:
    """What the owner's role can do in the test database, on a connection of its own; rolled back at the end."""
    owner = connect_as_owner(connections["default"].settings_dict["NAME"])
    with owner.cursor() as cursor:
        cursor.execute("SET lock_timeout = '5s'")
        yield cursor
    owner.rollback()
    owner.close()


@pytest.fixture
def owner(transactional_db: None) -> Iterator[Callable[..., None]]:
    """Runs statements as the owner's role, past triggers and privileges, and keeps what they did."""
    connection = connect_as_owner(connections["default"].settings_dict["NAME"])
    connection.autocommit = True

    def run(*statements: str) -> None:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    yield run
    connection.close()


@pytest.fixture
def functions(db: None) -> Iterator[Callable[[str, str], None]]:
    """Puts another function in the place of one of the owner's, for everybody who asks it, until the test ends."""
    connection = connect_as_owner(connections["default"].settings_dict["NAME"])
    connection.autocommit = True
    before: dict[str, str] = {}

    with connection.cursor() as cursor:

        def put(name: str, other: str) -> None:
            cursor.execute("SELECT pg_get_functiondef(%s::regproc)", [name])
            before.setdefault(name, cursor.fetchone()[0])
            cursor.execute(other)

        yield put
        for definition in before.values():
            cursor.execute(definition)
    connection.close()
