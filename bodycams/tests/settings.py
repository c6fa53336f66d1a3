"""The settings of the tests: the project's own, and one small app with a procedure on which `workflow` is tried."""

from bodycams.settings import *  # noqa: F403
from bodycams.settings import INSTALLED_APPS as INSTALLED

INSTALLED_APPS = [*INSTALLED, "workflow.tests.leave"]
