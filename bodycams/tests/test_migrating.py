"""Migrations look at one model at a time, and at all of them before anything that follows relations backwards."""

from typing import Any

import pytest
from django.core.management import CommandError
from django.db import connection, models
from django.db.migrations import AddField, AlterField, CreateModel, Migration, RemoveField, RenameModel, RunPython
from django.db.migrations.operations.base import Operation
from django.db.migrations.recorder import MigrationRecorder

from bodycams.management.commands.migrate import refuse_newer
from bodycams.migrating import LeanState

KEY = ("id", models.BigAutoField(primary_key=True))
OWNER = CreateModel("Owner", [KEY, ("name", models.TextField()), ("code", models.TextField(unique=True))])
PET = CreateModel("Pet", [KEY, ("owner", models.ForeignKey("zoo.Owner", models.CASCADE))])


def a_state(*operations: Operation) -> LeanState:
    """Owners and pets, after these operations, rendered as they went."""
    state = LeanState()
    OWNER.state_forwards("zoo", state)
    PET.state_forwards("zoo", state)
    assert knows_its_owner(state)
    for operation in operations:
        operation.state_forwards("zoo", state)
    return state


def knows_its_owner(state: LeanState) -> bool:
    """Whether pets and owners were rendered together, so that one is found from the other both ways."""
    pet: Any = state.apps.get_model("zoo", "Pet")
    return bool(pet._meta.get_field("owner").related_model is state.apps.get_model("zoo", "Owner"))


def prepared(*operations: Operation) -> LeanState:
    """Ready for a migration of these operations, after a field was added to the owner."""
    state = a_state(AddField("Owner", "town", models.TextField(default="")))
    state.prepare(type("Later", (Migration,), {"operations": operations})("0002", "zoo"))
    return state


def test_a_field_that_is_added_renders_no_other_model() -> None:
    state = a_state()
    pet = state.apps.get_model("zoo", "Pet")
    changed = state.clone()
    AddField("Owner", "town", models.TextField(default="")).state_forwards("zoo", changed)
    assert changed.apps.get_model("zoo", "Pet") is pet
    assert "town" in {field.name for field in changed.apps.get_model("zoo", "Owner")._meta.fields}


@pytest.mark.parametrize(
    ("operation", "is_lean"),
    [
        (AddField("Pet", "name", models.TextField(default="")), True),
        (AlterField("Owner", "name", models.TextField(blank=True)), True),
        (AlterField("Owner", "code", models.TextField()), False),
        (AlterField("Owner", "name", models.TextField(unique=True)), False),
        (AlterField("Pet", "owner", models.ForeignKey("zoo.Owner", models.PROTECT)), False),
        (AlterField("Nobody", "name", models.TextField()), False),
        (RemoveField("Owner", "name"), False),
        (RenameModel("Owner", "Keeper"), False),
        (RunPython(lambda apps, editor: None), False),
    ],
)
def test_what_follows_relations_backwards_finds_them(operation: Operation, is_lean: bool) -> None:
    state = prepared(operation)
    assert state.is_lean is is_lean
    assert knows_its_owner(state) is not is_lean


def test_a_database_of_a_newer_version_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    applied = {("journal", "0001_the_journal_is_kept"): None, ("an_app_that_went", "0001_initial"): None}
    applied[("auth", "0002_that_its_makers_squashed")] = None
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda self: applied)
    refuse_newer(connection)
    applied[("journal", "9999_of_tomorrow")] = None
    with pytest.raises(CommandError, match=r"van een nieuwere versie: journal\.9999_of_tomorrow"):
        refuse_newer(connection)
