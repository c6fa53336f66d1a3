"""Migrations: none is missing, each has one purpose that its name says as a sentence, and each can be taken back."""

import re
from collections.abc import Iterable

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations import Migration, RunPython, RunSQL
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

from bodycams.tests.building import APPS

MADE_UP = re.compile(r"_(?:initial|auto|squashed|alter|add|remove|delete|rename|create|merge)(?:_|$)|_and_more|_more$")


def own_migrations() -> dict[str, Migration]:
    found = MigrationLoader(None).disk_migrations or {}
    return {f"{app}.{name}": migration for (app, name), migration in found.items() if is_own(app)}


def is_own(app: str) -> bool:
    return apps.get_app_config(app).name.partition(".")[0] in APPS


def says_nothing(name: str) -> bool:
    """A name that Django made up, or that is too short for a sentence."""
    return bool(MADE_UP.search(name)) or len(name.split("_")) < 4


def one_way(operations: Iterable[Operation]) -> list[str]:
    return [
        type(operation).__name__
        for operation in operations
        if not operation.reversible
        or (isinstance(operation, RunPython) and operation.reverse_code is RunPython.noop)
        or (isinstance(operation, RunSQL) and operation.reverse_sql == RunSQL.noop)
    ]


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_migration_is_named_as_a_sentence() -> None:
    assert [name for name in own_migrations() if says_nothing(name.partition(".")[2])] == []


def test_every_migration_can_be_taken_back() -> None:
    faults = {name: one_way(migration.operations) for name, migration in own_migrations().items()}
    assert {name: fault for name, fault in faults.items() if fault} == {}


@pytest.mark.django_db(transaction=True)
def test_all_migrations_go_back_to_nothing_and_forth_again() -> None:
    """On the real database: what is left when all is taken back is what belongs to others."""
    own = [label for app in reversed(APPS) for label in sorted(labels_of(app))]
    for label in own:
        call_command("migrate", label, "zero", verbosity=0)
    left = [table for table in connection.introspection.table_names() if table.partition("_")[0] in own]
    assert left == []
    call_command("migrate", verbosity=0)
    assert "journal_entry" in connection.introspection.table_names()


def labels_of(app: str) -> set[str]:
    """The apps of Django that live in one of ours and have migrations; those of the tests too."""
    migrated = {name.partition(".")[0] for name in own_migrations()}
    return {c.label for c in apps.get_app_configs() if c.name.partition(".")[0] == app and c.label in migrated}


@pytest.mark.parametrize("name", ["0001_initial", "0002_alter_person_number", "0003_person_and_more", "0004_units"])
def test_twin_name_that_says_nothing_is_found(name: str) -> None:
    assert says_nothing(name)
    assert not says_nothing("0002_the_units_of_the_police")


@pytest.mark.parametrize(
    "operation",
    [
        RunSQL("SELECT 1"),
        RunSQL("SELECT 1", RunSQL.noop),
        RunPython(lambda apps, editor: None),
        RunPython(lambda apps, editor: None, RunPython.noop),
    ],
)
def test_twin_one_way_migration_is_found(operation: RunSQL | RunPython) -> None:
    assert one_way([operation]) == [type(operation).__name__]
