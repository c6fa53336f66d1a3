"""What the worker does for recordings, holds and requests, when beat says so. A task can run twice or late without
harm; what it does is in the service it names.
"""

from bodycams.celery import app
from retention import privacy_reminders
from retention.clock import now
from retention.intake import deliveries


@app.task
def remind_privacy_officers() -> None:
    privacy_reminders.reminders_due(now())


@app.task
def go_through_deliveries() -> None:
    deliveries.go_through_all(now())
