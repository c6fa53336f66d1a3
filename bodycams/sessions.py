"""When a session ends: some hours after log-in, and sooner when it is not used.

The moment of last use stands in the session and is written at most once a minute, so a session ends at most a minute
before the fifteen are over, never after. Typed text outlives it (`kept_forms.py`); `static/js/session.js` warns.
"""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

PRECISION = 60
BEGAN = "began"
USED = "used"


def begin(session: Any) -> None:
    """Let the hours of a session count from now. Called at log-in."""
    session[BEGAN] = session[USED] = int(time.time())


def has_ended(session: Any, now: float) -> bool:
    """Whether somebody's session is over, by its age or for lack of use."""
    if now - session[BEGAN] >= settings.SESSION_ENDS_AFTER.total_seconds():
        return True
    unused: float = now - session[USED]
    return settings.SESSION_ENDS_UNUSED is not None and unused >= settings.SESSION_ENDS_UNUSED.total_seconds()


class SessionLimits:
    """Ends the session that is over, and keeps the moment of last use of the one that is not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        session = request.session
        if settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in session:
            now = time.time()
            if BEGAN not in session:
                begin(session)
            if has_ended(session, now):
                session.flush()
            elif now - session[USED] >= PRECISION:
                session[USED] = int(now)
        return self.get_response(request)
