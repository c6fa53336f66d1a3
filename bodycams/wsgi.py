"""The door for the web server."""

import os

from bodycams.checks import refuse_unsafe_settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bodycams.settings")
refuse_unsafe_settings()

from django.core.wsgi import get_wsgi_application  # noqa: E402  # only after the environment is known to be sound

application = get_wsgi_application()
