"""What Django is told of the machine when it starts."""

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "workflow"
