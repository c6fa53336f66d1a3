"""What every template may ask about the site itself. Who somebody is stands in `organisation/context.py`."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """`demo`; and after how many seconds without use a page warns and a session ends (None: it does not)."""
    ends = settings.SESSION_ENDS_UNUSED
    return {
        "demo": settings.DEMO,
        "session_warns": int(settings.SESSION_WARNS_UNUSED.total_seconds()) if ends else None,
        "session_ends": int(ends.total_seconds()) if ends else None,
    }
