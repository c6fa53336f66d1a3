"""What Django is told of recordings and their retention when it starts."""

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "retention"

    def ready(self) -> None:
        from retention import caught_up, errands, heartbeat, kinds, on_my_work, privacy_errands, request_shifts

        caught_up.register()
        errands.register()
        heartbeat.register()
        on_my_work.register()
        privacy_errands.register()
        request_shifts.register()
        kinds.name_kinds()
