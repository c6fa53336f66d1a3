"""What was just done, told once on the next page: carried there by the browser, signed, so that it costs no write."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage


class Storage(CookieStorage):
    cookie_name = f"{settings.COOKIE_PREFIX}messages"
