"""What Django is told of the organisation when it starts. The one signal: after a migration the roles are written."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _write_roles(sender: AppConfig, **_: Any) -> None:
    """The permissions first: Django writes them on the same signal, and later."""
    from django.contrib.auth.management import create_permissions

    from organisation.permissions import write_roles

    create_permissions(sender, verbosity=0)
    write_roles()


class OrganisationConfig(AppConfig):
    name = "organisation"

    def ready(self) -> None:
        from organisation import followers, kinds

        kinds.name_kinds()
        post_migrate.connect(_write_roles, sender=self)
        followers.register()
