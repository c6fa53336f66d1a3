"""`migrate`, as the owner of the database, ending by giving the application's role its rights."""

from typing import Any

from django.conf import settings
from django.core.management.commands.migrate import Command as Migrate

from bodycams.roles import as_owner, grant


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner(options["database"]) as owner:
            super().handle(*args, **options)
            grant(owner, settings.APPLICATION_ROLE)
