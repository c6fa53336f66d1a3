"""What Django is told of the site itself when it starts."""

from django.apps import AppConfig


class BodycamsConfig(AppConfig):
    name = "bodycams"

    def ready(self) -> None:
        """Forms say in the house's own words what is wrong."""
        from bodycams.form_errors import say_what_to_do

        say_what_to_do()
