"""`migrate`, as the owner of the database, ending by giving the application's role its rights."""

from typing import Any

from django.conf import settings
from django.core.management.commands import migrate

from bodycams.migrating import LeanExecutor
from bodycams.roles import as_owner, grant

migrate.MigrationExecutor = LeanExecutor  # type: ignore[attr-defined]  # where Django's command finds it


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner(options["database"]) as owner:
            super().handle(*args, **options)
            grant(owner, settings.APPLICATION_ROLE)
