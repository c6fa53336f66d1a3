"""The settings of the tests: the project's own, one small app with a procedure on which `workflow` is tried, and
a hasher that is not slow on purpose.

The suite runs in several processes side by side (pytest-xdist). Each has a database of its own (conftest.py), and here
gets a numbered database of Valkey and a folder of its own, by the environment, so that what a test starts has the same.
"""

import os
from urllib.parse import urlsplit

PROCESS = os.environ.get("PYTEST_XDIST_WORKER")  # gw0, gw1, …; absent in a run of one process
if PROCESS and os.path.basename(os.environ["BODYCAMS_HOME"]) != PROCESS:
    number = 1 + int(PROCESS.removeprefix("gw"))
    os.environ["REDIS_URL"] = urlsplit(os.environ["REDIS_URL"])._replace(path=f"/{number}").geturl()
    os.environ["BODYCAMS_HOME"] = os.path.join(os.environ["BODYCAMS_HOME"], PROCESS)

from bodycams.settings import *  # noqa: E402,F403
from bodycams.settings import INSTALLED_APPS as INSTALLED  # noqa: E402

INSTALLED_APPS = [*INSTALLED, "workflow.tests.leave"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
