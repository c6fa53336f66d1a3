"""`script/chaos`: pulls every plug while recordings are destroyed. What does so is `retention/tests/chaos/`."""

import os
import sys

from bodycams.embedded import signals
from bodycams.embedded.bootstrap import ROOT
from bodycams.embedded.processes import foreground
from bodycams.embedded.suite import clean


def run(arguments: list[str]) -> int:
    signals.listen()
    os.chdir(ROOT)
    return foreground([sys.executable, "-m", "retention.tests.chaos", *arguments], clean(dict(os.environ)))
