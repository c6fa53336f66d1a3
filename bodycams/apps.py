"""What Django is told of the site itself when it starts."""

from django.apps import AppConfig


class BodycamsConfig(AppConfig):
    name = "bodycams"

    def ready(self) -> None:
        """A task that the web process starts goes to this project's broker, not to Celery's default."""
        from bodycams import celery  # noqa: F401
