"""What Django is told of the site itself when it starts."""

from django.apps import AppConfig


class BodycamsConfig(AppConfig):
    name = "bodycams"

    def ready(self) -> None:
        """A task that the web process starts goes to this project's broker, not to Celery's default; and forms say in
        their own words what is wrong.
        """
        from bodycams import celery  # noqa: F401
        from bodycams.form_errors import say_what_to_do

        say_what_to_do()
