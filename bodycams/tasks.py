"""What the clock does for the site as a whole. A task can run twice or late without harm."""

from django.contrib.sessions.backends.db import SessionStore

from bodycams.celery import app


@app.task
def clear_ended_sessions() -> None:
    """Remove sessions that nobody can use any more, and with them the typed text that was kept in them."""
    SessionStore.clear_expired()
