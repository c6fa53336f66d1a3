"""`migrate`, as the owner of the database, ending by giving the application's role its rights. A database of a newer
version is refused: what this version would write there, the newer one may not understand.
"""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import CommandError
from django.core.management.commands import migrate
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from bodycams.migrating import LeanExecutor
from bodycams.roles import as_owner, grant

migrate.MigrationExecutor = LeanExecutor  # type: ignore[attr-defined]  # where Django's command finds it


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner(options["database"]) as owner:
            refuse_newer(owner)
            super().handle(*args, **options)
            grant(owner, settings.APPLICATION_ROLE)


def refuse_newer(database: BaseDatabaseWrapper) -> None:
    """Raises `CommandError` when one of our apps went through a migration that is not in this code. Libraries may put
    several of theirs together.
    """
    known = set(MigrationLoader(None).disk_migrations or ())
    ours = {app.label for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR}
    applied = {(app, name) for app, name in MigrationRecorder(database).applied_migrations() if app in ours}
    if newer := sorted(applied - known):
        raise CommandError(
            f"De database is van een nieuwere versie: {'.'.join(newer[-1])} staat niet in deze. Er is niets veranderd. "
            "Start de nieuwere versie, of geef een andere DATABASE_URL of BODYCAMS_HOME."
        )
