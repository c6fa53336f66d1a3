"""What Django is told of the initiatives when it starts."""

from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    name = "initiatives"

    def ready(self) -> None:
        from initiatives import followers, kinds

        followers.register()
        kinds.name_kinds()
