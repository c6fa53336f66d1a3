"""The settings of the tests: the project's own, one small app with a procedure on which `workflow` is tried, and a
hasher that is not slow on purpose.
"""

from bodycams.settings import *  # noqa: F403
from bodycams.settings import INSTALLED_APPS as INSTALLED

INSTALLED_APPS = [*INSTALLED, "workflow.tests.leave"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
