"""The app of the tests' own procedure."""

from django.apps import AppConfig


class LeaveConfig(AppConfig):
    name = "workflow.tests.leave"
