"""What the worker does for recordings, holds and requests, when beat says so. A task can run twice or late without
harm; what it does is in the service it names.
"""

from datetime import timedelta

from bodycams.celery import app
from retention import administrators
from retention.clock import now
from retention.comparing import comparison
from retention.destroying import declaration_papers, declarations, destruction, review
from retention.intake import content, deliveries
from retention.reminders import to_privacy_officers
from retention.requests import letters, services
from retention.storage import recordings

COMES_IN_WITHIN = timedelta(days=1)
"""Nobody is this long about delivering one file."""

HOUR = 3600
LASTS = 50
"""Seconds that one wake-up destroys for; the next comes within a minute, and other work gets its turn in between."""


@app.task
def remind_privacy_officers() -> None:
    to_privacy_officers.reminders_due(now())


@app.task
def go_through_deliveries() -> None:
    deliveries.go_through_all(now())


@app.task
def look_for_files() -> None:
    """A file can be put in the storage by other means than the API."""
    content.look_for_all()


@app.task
def clear_unfinished_files() -> None:
    """What a process that was killed left half-written cannot be seen, and so would stay for ever."""
    recordings().clear_unfinished(now() - COMES_IN_WITHIN)


@app.task
def review_recordings() -> None:
    """Once an hour, however often beat asks; destruction is then woken at once."""
    if review.review_by_the_clock():
        destroy_recordings.delay()


@app.task
def destroy_recordings() -> None:
    """A wake-up, no more: what is to be done is in the database."""
    destruction.destroy(seconds=LASTS)


@app.task(soft_time_limit=4 * HOUR, time_limit=4 * HOUR + 300)
def compare_storage() -> None:
    """Once a night, however often beat asks; in between, what was found goes when its time has come."""
    comparison.compare_by_the_clock()
    administrators.tell()


@app.task
def make_request_letters() -> None:
    letters.make_letters(now())


@app.task
def declare_destructions() -> None:
    at = now()
    declarations.declare(at)
    declaration_papers.make_papers(at)


@app.task
def forget_requesters() -> None:
    services.forget()
