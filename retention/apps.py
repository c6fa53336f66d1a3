"""What Django is told of recordings and their retention when it starts."""

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "retention"

    def ready(self) -> None:
        from retention import heartbeat, kinds
        from retention.ledger import caught_up
        from retention.requests import shifts
        from retention.work import errands, on_my_work, privacy_errands

        caught_up.register()
        errands.register()
        heartbeat.register()
        on_my_work.register()
        privacy_errands.register()
        shifts.register()
        kinds.name_kinds()
