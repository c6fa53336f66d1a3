"""Slowing down who guesses passwords: five failures per number and address, then a quarter of an hour's wait.

The one room where django-axes is used, with the `AXES_…` settings. It counts failures only, so nobody is refused
because of others behind the same address, and it knows numbers as a keyed hash: what was typed may be a password.
"""

import math
import re
from ipaddress import ip_address
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

NO_ADDRESS = "0.0.0.0"  # noqa: S104  # nobody listens on it: the web server was reached through a file


def hashed(number: str) -> str:
    """A number as it may be kept when it belongs to nobody: the same each time, and never to be turned back."""
    return salted_hmac("bodycams.throttle", number, algorithm="sha256").hexdigest()[:40]


def key_of_attempt(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Under which name axes counts this attempt."""
    return hashed(str((credentials or {}).get("username", "")))


def client_address(request: HttpRequest) -> str:
    """The address of the browser. Only what our own proxies added to X-Forwarded-For is believed, counted from the
    end; the rest of that header anybody can write.
    """
    passed_on = request.headers.get("X-Forwarded-For", "").split(",")
    candidates = [request.META.get("REMOTE_ADDR", "")]
    if settings.PROXIES and len(passed_on) >= settings.PROXIES:
        candidates.insert(0, passed_on[-settings.PROXIES])
    return next(filter(None, map(_as_address, candidates)), NO_ADDRESS)


def minutes_to_wait(request: HttpRequest, number: str) -> int:
    """After how many minutes, rounded up, this number may be tried again from this address."""
    attempts = AccessAttempt.objects.filter(username=hashed(number), ip_address=client_address(request))
    last = attempts.aggregate(last=Max("attempt_time"))["last"]
    if last is None:  # forgotten meanwhile: it was just long enough ago
        return 1
    left = last + settings.AXES_COOLOFF_TIME - timezone.now()
    return max(1, math.ceil(left.total_seconds() / 60))


def _as_address(text: str) -> str:
    """An address without the port that some proxies write behind it; empty when it is none."""
    bare = re.sub(r"^\[(.+)\](:\d+)?$|^([\d.]+):\d+$", r"\1\3", text.strip())
    try:
        return str(ip_address(bare))
    except ValueError:
        return ""
