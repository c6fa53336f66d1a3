"""The door for the web server.

What is imported stays as long as the process does: no garbage is looked for meanwhile, nor among it afterwards.
"""

import gc
import os
from importlib import import_module

from bodycams.checks import refuse_unsafe_settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bodycams.settings")
refuse_unsafe_settings()
gc.disable()

from django.core.wsgi import get_wsgi_application  # noqa: E402  # only after the environment is known to be sound

application = get_wsgi_application()
import_module("bodycams.urls")  # else the first request would do it
gc.freeze()
gc.enable()
