"""How migrations are carried out: as Django does, without rendering half of all models anew for each field and index.

Django renders a changed model together with all that are related to it, so that relations can be followed backwards.
Nearly everything here is related to a person, and a hundred migrations took 20 seconds of a processor, of which 2 were
the database's. Operations that only add look at their own model; before any other one all models are rendered whole,
and from there on Django does it its own way. The database is the same, line by line.
"""

from typing import Any

from django.db.migrations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    AlterModelOptions,
    CreateModel,
    Migration,
    RemoveConstraint,
    RemoveIndex,
    RunSQL,
)
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

LOOK_AT_ONE = (
    *(CreateModel, AddField, AddIndex, RemoveIndex, AddConstraint, RemoveConstraint),
    *(AlterModelOptions, RunSQL),
)


class LeanState(ProjectState):
    """Models as migrations see them. While it `is_lean`, a change renders the model that changed and no other; it then
    says that it is delayed, so that whoever needs all renders them.
    """

    is_lean = True

    @classmethod
    def of(cls, state: Any) -> "LeanState":
        found = cls(state.models, state.real_apps)
        found.is_delayed = state.is_delayed
        if "apps" in state.__dict__:
            found.apps = state.apps
        return found

    def clone(self) -> "LeanState":
        found = self.of(super().clone())
        found.is_lean = self.is_lean
        return found

    def reload_model(self, app_label: str, model_name: str, delay: bool = False) -> None:
        if not self.is_lean:
            super().reload_model(app_label, model_name, delay)
        elif "apps" in self.__dict__:
            self.is_delayed = True
            self._reload({(app_label, model_name)})  # type: ignore[attr-defined]  # no stub

    def looks_at_one(self, app_label: str, operation: Operation) -> bool:
        """Whether this operation follows no relation backwards."""
        if not isinstance(operation, AlterField):
            return type(operation) in LOOK_AT_ONE
        model = self.models.get((app_label, operation.model_name_lower))
        fields = [model.fields.get(operation.name) if model else None, operation.field]
        return not any(one is None or one.is_relation or one.primary_key or one.unique for one in fields)

    def prepare(self, migration: Migration) -> None:
        """Be as this migration needs it."""
        self.is_lean = all(self.looks_at_one(migration.app_label, one) for one in migration.operations)
        if not self.is_lean:
            self.clear_delayed_apps_cache()
            self.apps  # noqa: B018  # rendered whole, once for all its operations


class LeanExecutor(MigrationExecutor):
    def _create_project_state(self, with_applied_migrations: bool = False) -> LeanState:
        found = super()._create_project_state(with_applied_migrations)  # type: ignore[misc]  # no stub
        return LeanState.of(found)

    def apply_migration(self, state: Any, migration: Migration, *args: Any, **options: Any) -> Any:
        state.prepare(migration)
        return super().apply_migration(state, migration, *args, **options)

    def unapply_migration(self, state: Any, migration: Migration, *args: Any, **options: Any) -> Any:
        state.prepare(migration)
        return super().unapply_migration(state, migration, *args, **options)
