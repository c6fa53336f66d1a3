"""The browser of the tests: the one of CHROMIUM_PATH, or one on this machine, or on Debian one that we
install.

Not here: driving it (that is pytest-playwright's). A browser is never downloaded from elsewhere.
"""

import os
import shutil

from bodycams.embedded import debian
from bodycams.embedded.bootstrap import ROOT, Failure

LIGHT = "chromium-headless-shell"
"""The same browser without windows. A whole one draws its own tabs and menus too, which takes 2.5 times as long."""
REFUSED = ROOT / ".cache" / "no-light-browser"
NAMES = (LIGHT, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """The path of a browser, if there is one; the light one first."""
    given = os.environ.get("CHROMIUM_PATH")
    return shutil.which(given) if given else next(filter(None, map(shutil.which, NAMES)), None)


def ensure() -> str:
    """The path of a browser; as root on Debian the light one is installed when it is not there. Where another is, that
    is tried once.
    """
    found = find()
    if not os.environ.get("CHROMIUM_PATH") and not shutil.which(LIGHT) and not (found and REFUSED.exists()):
        if not debian.may_install() or not debian.install([LIGHT]):
            REFUSED.parent.mkdir(exist_ok=True)
            REFUSED.touch()
        found = find()
    if not found:
        raise Failure(
            f"Voor de browserproeven is Chromium nodig: {debian.command_for([LIGHT])}\n"
            "Of wijs een browser aan met CHROMIUM_PATH."
        )
    return found
