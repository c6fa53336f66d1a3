"""What Django is told of recordings and their retention when it starts."""

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "retention"
