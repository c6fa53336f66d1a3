"""What Django is told of recordings and their retention when it starts."""

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "retention"

    def ready(self) -> None:
        from retention import errands, kinds, privacy_errands

        errands.register()
        privacy_errands.register()
        kinds.name_kinds()
