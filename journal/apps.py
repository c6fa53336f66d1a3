"""What Django is told of the journal when it starts."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "journal"
