from django.apps import AppConfig


class BodycamsConfig(AppConfig):
    name = "bodycams"
