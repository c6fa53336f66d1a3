"""The browser of the tests: the one of CHROMIUM_PATH, or one on this machine, or on Debian one that we
install.

Not here: driving it (that is pytest-playwright's). A browser is never downloaded from elsewhere.
"""

import os
import shutil

from bodycams.embedded import debian
from bodycams.embedded.bootstrap import Failure

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """The path of a browser, if there is one."""
    given = os.environ.get("CHROMIUM_PATH")
    return shutil.which(given) if given else next(filter(None, map(shutil.which, NAMES)), None)


def ensure() -> str:
    """The path of a browser; as root on Debian it is installed when there is none."""
    found = find()
    if not found and not os.environ.get("CHROMIUM_PATH") and debian.may_install() and debian.install(["chromium"]):
        found = find()
    if not found:
        raise Failure(
            f"Voor de browserproeven is Chromium nodig: {debian.command_for(['chromium'])}\n"
            "Of wijs een browser aan met CHROMIUM_PATH."
        )
    return found
