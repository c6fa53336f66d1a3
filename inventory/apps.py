"""What Django is told of the inventory when it starts."""

from django.apps import AppConfig


class InventoryConfig(AppConfig):
    name = "inventory"

    def ready(self) -> None:
        from inventory import kinds

        kinds.name_kinds()
